import { describe, expect, test } from "vitest";
import { refuseImport } from "../../../../provider/powerstore/import-session/preview/diff.ts";
import { sampleInputs } from "../samples.ts";

const nowMs = Date.UTC(2030, 0, 1);

test.each(["Mirror_Enabled", "Ready_To_Start_Copy", "Ready_For_Cutover", "Import_Completed"] as const)(
  "no declared target is refused for what was declared before: what the session has reached decides (%s)",
  (targetState) => {
    const before = sampleInputs({ targetState: "Import_Completed" });
    expect(refuseImport(before, sampleInputs({ targetState }), nowMs)).toEqual([]);
    expect(refuseImport(undefined, sampleInputs({ targetState }), nowMs)).toEqual([]);
  },
);

describe("a start in the past", () => {
  const at = (scheduledTimestamp: number | undefined) => sampleInputs({ scheduledTimestamp });
  test("is refused when it is moved there", () => {
    const moved = [{ property: "scheduledTimestamp", reason: "lies in the past" }];
    expect(refuseImport(at(nowMs + 1), at(nowMs - 1), nowMs)).toEqual(moved);
    expect(refuseImport(at(undefined), at(nowMs - 1), nowMs)).toEqual(moved);
  });

  test("is taken when it is left out again, or moved to the future", () => {
    expect(refuseImport(at(nowMs - 1), at(undefined), nowMs)).toEqual([]);
    expect(refuseImport(at(nowMs - 1), at(nowMs + 1), nowMs)).toEqual([]);
  });

  test("is for the array to judge when nothing is recorded: a killed run may have made the session", () => {
    expect(refuseImport(undefined, at(nowMs - 1), nowMs)).toEqual([]);
  });

  test("is taken when it has merely passed since", () => {
    expect(refuseImport(at(nowMs - 1), at(nowMs - 1), nowMs)).toEqual([]);
  });
});
