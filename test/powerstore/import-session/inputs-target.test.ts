import { describe, expect, test } from "vitest";
import { inputFailures, type Properties } from "../../../provider/core/inputs.ts";
import { importSessionInputs } from "../../../provider/powerstore/import-session/input-rules.ts";

const created = { remoteSystemId: "rs-1", sourceResourceId: "sv_42", type: "Non_Disruptive" };
const agentless = { ...created, type: "Agentless" };
const failures = (inputs: Properties) => inputFailures(importSessionInputs, inputs);

describe("inputs that contradict each other", () => {
  test.each(["Mirror_Enabled", "Ready_To_Start_Copy"])(
    "a rest at %s that a non-disruptive import passes",
    (targetState) => {
      expect(failures({ ...created, targetState })).toEqual([
        { property: "targetState", reason: expect.stringContaining("a non-disruptive one does not stop there") },
      ]);
      expect(failures({ ...agentless, targetState })).toEqual([]);
      expect(failures({ sessionId: "7", targetState })).toEqual([]);
    },
  );

  test.each(["Ready_For_Cutover", "Import_Completed", undefined])(
    "but not a rest of a non-disruptive import at %s",
    (targetState) => {
      expect(failures({ ...created, targetState })).toEqual([]);
    },
  );
});
