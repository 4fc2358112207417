import { describe, expect, test } from "vitest";
import { refuseImport } from "../../../provider/powerstore/import-session/review.ts";
import { sampleInputs } from "./samples.ts";

const nowMs = Date.UTC(2030, 0, 1);

describe("a target that moves back", () => {
  const targets = ["Mirror_Enabled", "Ready_To_Start_Copy", "Ready_For_Cutover", "Import_Completed"] as const;
  const moves = targets.flatMap((from, before) => targets.map((to, after) => ({ from, to, isBack: after < before })));

  test.each(moves)("from $from to $to is refused: $isBack", ({ from, to, isBack }) => {
    const refused = refuseImport(sampleInputs({ targetState: from }), sampleInputs({ targetState: to }), nowMs);
    expect(refused).toEqual(
      isBack
        ? [{ property: "targetState", reason: `cannot move back from ${from} to ${to}: an import only goes forward` }]
        : [],
    );
  });

  test("is refused as well when it moves by being left out, and not when Ready_For_Cutover is only spelt out", () => {
    expect(refuseImport(sampleInputs({ targetState: "Import_Completed" }), sampleInputs(), nowMs)).toHaveLength(1);
    expect(refuseImport(sampleInputs(), sampleInputs({ targetState: "Ready_For_Cutover" }), nowMs)).toEqual([]);
    expect(refuseImport(sampleInputs({ targetState: "Ready_For_Cutover" }), sampleInputs(), nowMs)).toEqual([]);
  });

  test.each([
    { sourceResourceId: "sv_43" },
    { remoteSystemId: "rs-2" },
    { sessionName: "again" },
    { type: "Agentless" },
    { array: "east" },
  ] as const)("is taken together with %j, which means another session", (change) => {
    const before = sampleInputs({ targetState: "Import_Completed" });
    expect(refuseImport(before, sampleInputs({ targetState: "Mirror_Enabled", ...change }), nowMs)).toEqual([]);
  });

  test("is refused although the schedule changes: that is the same session", () => {
    const before = sampleInputs({ targetState: "Import_Completed", scheduledTimestamp: nowMs + 1 });
    const after = sampleInputs({ targetState: "Mirror_Enabled", scheduledTimestamp: nowMs + 2 });
    expect(refuseImport(before, after, nowMs)).toHaveLength(1);
  });

  test("means nothing to a new resource", () => {
    expect(refuseImport(undefined, sampleInputs({ targetState: "Mirror_Enabled" }), nowMs)).toEqual([]);
  });
});

describe("a start in the past", () => {
  const at = (scheduledTimestamp: number | undefined) => sampleInputs({ scheduledTimestamp });
  const refusal = [{ property: "scheduledTimestamp", reason: "lies in the past; leave it out to start at once" }];

  test("is refused for a new resource", () => {
    expect(refuseImport(undefined, at(nowMs), nowMs)).toEqual(refusal);
    expect(refuseImport(undefined, at(0), nowMs)).toEqual(refusal);
    expect(refuseImport(undefined, at(nowMs + 1), nowMs)).toEqual([]);
  });

  test("is refused when it is moved there", () => {
    expect(refuseImport(at(nowMs + 1), at(nowMs - 1), nowMs)).toEqual(refusal);
    expect(refuseImport(at(undefined), at(nowMs - 1), nowMs)).toEqual(refusal);
  });

  test("is taken when it has merely passed since", () => {
    expect(refuseImport(at(nowMs - 1), at(nowMs - 1), nowMs)).toEqual([]);
  });
});
