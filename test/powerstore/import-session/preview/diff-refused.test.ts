import { describe, expect, test } from "vitest";
import { creationInputs } from "../../../../provider/powerstore/import-session/inputs.ts";
import { reviewImport } from "../../../../provider/powerstore/import-session/preview/diff.ts";
import { sampleInputs, sampleRecord } from "../samples.ts";
import { review, reviewedAtMs } from "./diffing.ts";

const targets = ["Mirror_Enabled", "Ready_To_Start_Copy", "Ready_For_Cutover", "Import_Completed"] as const;

describe("a target behind what the session has reached", () => {
  // The targets that a session in this state is beyond.
  const beyond: Readonly<Record<string, readonly string[]>> = {
    Scheduled: [],
    Queued: [],
    In_Progress: [],
    Mirror_Enabled: [],
    Ready_To_Start_Copy: ["Mirror_Enabled"],
    Copy_In_Progress: ["Mirror_Enabled"],
    Paused: ["Mirror_Enabled"],
    Ready_For_Cutover: ["Mirror_Enabled", "Ready_To_Start_Copy"],
    Import_Completed: ["Mirror_Enabled", "Ready_To_Start_Copy", "Ready_For_Cutover"],
    Half_Way_There: [],
  };

  test.each(Object.entries(beyond))("is refused: a session that is %s cannot go back to %j", (state, refused) => {
    expect(targets.filter((targetState) => review({ state }, { targetState }).refusal !== undefined)).toEqual(refused);
  });

  test("is refused with the session, where it is, and what to do", () => {
    expect(review({ state: "Import_Completed" }, { targetState: "Ready_For_Cutover" }).refusal).toMatchObject({
      kind: "input",
      message: expect.stringMatching(
        /bring import session 7 back to Ready_For_Cutover .*the session is Import_Completed already/,
      ),
    });
  });

  test("is refused as well when it comes by leaving targetState out", () => {
    expect(review({ state: "Import_Completed" }, {}, ["targetState"]).refusal).toMatchObject({ kind: "input" });
    expect(review({ state: "Ready_For_Cutover" }, {}, ["targetState"]).refusal).toBeUndefined();
  });

  test("is no retreat when it is further than what was declared before", () => {
    const [before, inputs] = [sampleInputs({ targetState: "Mirror_Enabled" }), sampleInputs({})];
    const recorded = { id: "7", state: sampleRecord({ state: "Import_Completed" }) };
    const reviewed = { recorded, isGone: false, before, inputs, changed: ["targetState"], nowMs: reviewedAtMs };
    expect(reviewImport(reviewed).refusal).toBeUndefined();
  });

  test("is left alone where nobody changed it: the array was brought on by hand", () => {
    for (const targetState of targets)
      expect(review({ state: "Import_Completed" }, { targetState }, []).refusal).toBeUndefined();
  });

  test("but before what is declared is taken: a cutover that is held can be called off", () => {
    const held = { state: "Ready_For_Cutover", held: "held until approved" };
    expect(review(held, { targetState: "Ready_For_Cutover" }, ["targetState", "cutoverApproval"])).toEqual({
      changes: true,
      replaces: [],
      plan: "Ready_For_Cutover: nothing to send",
      warnings: [],
      refusal: undefined,
    });
  });
});

describe("another session in the place of a completed import", () => {
  const names = ["array", "sessionId", ...creationInputs.filter((name) => name !== "scheduledTimestamp")];

  test.each(names)("is refused: %s", (name) => {
    expect(review({ state: "Import_Completed" }, {}, [name]).refusal).toMatchObject({
      kind: "input",
      message: expect.stringMatching(
        new RegExp(`make another session because of ${name} .*import session 7 is complete.*declare another resource`),
      ),
    });
  });

  test.each(["Ready_For_Cutover", "Copy_In_Progress", "Failed", "Cancelled"])("but not of one that is %s", (state) => {
    expect(review({ state }, {}, ["sessionName"])).toMatchObject({ replaces: ["sessionName"], refusal: undefined });
  });

  test("is refused also when its record was removed from the array", () => {
    expect(review({ state: "Import_Completed" }, {}, ["sessionName"], true).refusal).toMatchObject({ kind: "input" });
  });
});

describe("a session that is gone", () => {
  const again = "session 7 is not there any more: another one is made, and the copy starts again";

  test.each(["Ready_For_Cutover", "Copy_In_Progress", "Cancelled", "Not_Observed_Yet"])(
    "is replaced where this program made it: last seen %s",
    (state) => {
      expect(review({ state }, {}, [], true)).toEqual({
        changes: true,
        replaces: ["state"],
        plan: again,
        warnings: [again],
        refusal: undefined,
      });
    },
  );

  test("is replaced also while inputs are not known", () => {
    const recorded = { id: "7", state: sampleRecord() };
    expect(reviewImport({ recorded, isGone: true, inputs: undefined, changed: [], nowMs: reviewedAtMs })).toMatchObject(
      {
        changes: true,
        replaces: ["state"],
      },
    );
  });

  test("is not replaced where it was adopted: an update says that it is gone", () => {
    const adopted = { adopted: true, state: "Ready_For_Cutover" };
    expect(review(adopted, {}, [], true)).toMatchObject({
      changes: true,
      replaces: [],
      plan: expect.stringContaining("would fail: the session does not exist any more"),
    });
  });
});
