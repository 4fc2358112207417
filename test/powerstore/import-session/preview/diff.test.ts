import { describe, expect, test } from "vitest";
import { hostWork } from "../../../../provider/powerstore/import-session/plan/forward.ts";
import { reviewImport } from "../../../../provider/powerstore/import-session/preview/diff.ts";
import { sampleInputs, sampleRecord } from "../samples.ts";
import { review, reviewedAtMs } from "./diffing.ts";

const noWayBack = "irreversible; source sv_42 no longer kept in sync";
const irreversible = `cutover: ${noWayBack}`;

test("what is held is a change when it is not recorded so: a refresh may have met a state that it did not know", () => {
  const held = sampleRecord({ held: 'held until approved: set cutoverApproval to "7"' });
  const inputs = sampleInputs({ targetState: "Import_Completed", cutoverApproval: "" });
  const reviewed = { recorded: { id: "7", state: held }, isGone: false, inputs, changed: [], nowMs: reviewedAtMs };
  expect(reviewImport({ ...reviewed, earlier: sampleRecord({ state: "Frozen" }) })).toMatchObject({ changes: true });
  expect(reviewImport({ ...reviewed, earlier: held })).toMatchObject({ changes: false });
});

const unapproved =
  'held until approved: set cutoverApproval to "7"; once nothing holds it, an `up` cuts over: irreversible; source sv_42 no longer kept in sync';

describe("nothing to do", () => {
  test.each([
    ["Ready_For_Cutover", undefined],
    ["Ready_For_Cutover", "Mirror_Enabled"],
    ["Import_Completed", "Import_Completed"],
    ["Import_Completed", undefined],
  ] as const)("is no change: %s, wanted %s", (state, targetState) => {
    expect(review({ state }, { targetState }, [])).toEqual({
      changes: false,
      replaces: [],
      plan: undefined,
      warnings: [],
    });
  });

  test("is no change although destroy would use force: it was announced when it was declared", () => {
    expect(review({}, { forceCancel: true }, [])).toMatchObject({ changes: false, warnings: [] });
  });

  test("is no change while a gate holds, and says so", () => {
    const held = review({}, { targetState: "Import_Completed", cutoverApproval: "" }, []);
    expect(held).toEqual({
      changes: false,
      replaces: [],
      plan: unapproved,
      warnings: [unapproved],
    });
  });
});

describe("a gate that holds stands in the warnings", () => {
  test.each([
    [{}, { targetState: "Import_Completed", cutoverApproval: "no" }, unapproved],
    [{ state: "Paused" }, {}, "held: paused on the array; set paused to false to resume the copy"],
    [{ state: "Paused" }, { paused: true }, "held: paused as declared; set paused to false to go on"],
    [{ state: "Mirror_Enabled", sessionType: "Agentless" }, {}, hostWork.sourceStopped],
  ] as const)("%j with %j", (state, inputs, reason) => {
    expect(review(state, inputs, [])).toMatchObject({ changes: false, plan: reason, warnings: [reason] });
    expect(review(state, inputs, ["timeouts"])).toMatchObject({ changes: true, plan: reason, warnings: [reason] });
  });
});

describe("something to do is a change although no input changed", () => {
  test("a gate that has opened meanwhile", () => {
    const gate = { targetState: "Import_Completed", cutoverWindow: { notBefore: reviewedAtMs } } as const;
    expect(review({ held: "held until then" }, gate, [])).toEqual({
      changes: true,
      replaces: [],
      plan: irreversible,
      warnings: [irreversible],
    });
  });

  test("a session left on its way by a run that did not finish", () => {
    expect(review({ state: "Copy_In_Progress" }, {}, [])).toEqual({
      changes: true,
      replaces: [],
      plan: "wait: copying; then rest at Ready_For_Cutover",
      warnings: [],
    });
  });

  test("a session that was made and not looked at since", () => {
    expect(review({ state: "Not_Observed_Yet" }, {}, [])).toMatchObject({ changes: true, replaces: [] });
  });

  test("a state this release does not know", () => {
    expect(review({ state: "Half_Way_There" }, {}, [])).toMatchObject({
      changes: true,
      replaces: [],
      plan: expect.stringContaining("Half_Way_There"),
    });
  });

  test.each([
    "Cancel_Required",
    "Cancel_Failed",
    "Cleanup_Required",
    "Cleanup_Failed",
    "Invalid",
    "Import_Completed_With_Errors",
    "Import_Cutover_Incomplete",
  ])("a dead end that is not replaced: %s", (state) => {
    const plan = expect.stringMatching(`^would fail: the session is ${state}\\. [A-Z]`);
    expect(review({ state }, {}, [])).toMatchObject({ changes: true, replaces: [], plan, warnings: [plan] });
  });
});

describe("what an update would send", () => {
  test("is shown, with what is at stake", () => {
    expect(review({}, { targetState: "Import_Completed" })).toEqual({
      changes: true,
      replaces: [],
      plan: irreversible,
      warnings: [irreversible],
    });
  });

  test.each([
    [{ state: "Paused" }, { paused: false }, "resume the copy; then rest at Ready_For_Cutover"],
    [{ state: "Copy_In_Progress" }, { paused: true }, "pause the copy"],
    [
      { state: "Mirror_Enabled", sessionType: "Agentless" },
      { hostSteps: { sourceStopped: true } },
      `enable the destination volume; then ${hostWork.destinationStarted}`,
    ],
    [
      { state: "Ready_To_Start_Copy", sessionType: "Agentless" },
      { hostSteps: { destinationStarted: true } },
      "start the copy; then rest at Ready_For_Cutover",
    ],
    [
      { state: "Scheduled" },
      { scheduledTimestamp: reviewedAtMs + 60_000 },
      "move the start to 2030-01-01T00:01:00Z; then rest at Ready_For_Cutover",
    ],
    [
      { state: "Import_Cutover_Incomplete" },
      { targetState: "Import_Completed" },
      `cutover of the members that are left: ${noWayBack}`,
    ],
    [{}, { targetState: "Ready_For_Cutover" }, "Ready_For_Cutover: nothing to send"],
  ] as const)("from %j with %j: %s", (state, inputs, plan) => {
    expect(review(state, inputs)).toMatchObject({ changes: true, replaces: [], plan });
  });

  test("does not move a start to where it would have passed already", () => {
    expect(review({ state: "Scheduled" }, { scheduledTimestamp: reviewedAtMs })).toMatchObject({
      plan: "wait: scheduled; then rest at Ready_For_Cutover",
    });
  });

  test("does not pretend that a schedule is moved which nobody moved", () => {
    expect(review({ state: "Scheduled" }, { scheduledTimestamp: reviewedAtMs + 1 }, [])).toMatchObject({
      plan: "wait: scheduled; then rest at Ready_For_Cutover",
    });
  });

  test("says that destroy would use force from now on, also when nothing is sent", () => {
    expect(review({}, { forceCancel: true })).toMatchObject({
      changes: true,
      warnings: ["destroy: force cancel, no rollback if the source or the hosts cannot be reached"],
    });
    expect(review({}, { forceCancelAfter: 60_000 })).toMatchObject({
      changes: true,
      warnings: [
        "destroy: force cancel if the graceful cancel fails or takes too long, no rollback if the source or the hosts cannot be reached",
      ],
    });
  });

  test("does not threaten with a cutover that a shut gate keeps back", () => {
    expect(
      review({ state: "Copy_In_Progress" }, { targetState: "Import_Completed", cutoverApproval: "" }),
    ).toMatchObject({ warnings: [] });
  });

  test("is not known while an input is not known, but that there is something is", () => {
    const reviewed = reviewImport({
      recorded: { id: "7", state: sampleRecord() },
      isGone: false,
      inputs: undefined,
      changed: ["targetState"],
      nowMs: reviewedAtMs,
    });
    expect(reviewed).toEqual({ changes: true, replaces: [], warnings: [] });
  });
});

test("a gate whose value is not known yet is no change to an import that is complete", () => {
  const unknown = (state: string, changed: readonly string[]) =>
    reviewImport({
      recorded: { id: "7", state: sampleRecord({ state }) },
      isGone: false,
      inputs: undefined,
      changed,
      nowMs: reviewedAtMs,
    });
  expect(unknown("Import_Completed", ["wave", "cutoverWindow"]).changes).toBe(false);
  expect(unknown("Import_Completed", ["wave", "paused"]).changes).toBe(true);
  expect(unknown("Ready_For_Cutover", ["wave"]).changes).toBe(true);
});
