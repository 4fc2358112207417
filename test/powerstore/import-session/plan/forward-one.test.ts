import { describe, expect, test } from "vitest";
import { planForward } from "../../../../provider/powerstore/import-session/plan/forward.ts";
import { sampleForward, sampleSession } from "../samples.ts";

const alone = (state: string, changes = {}) => ({ session: sampleSession(state, changes), members: [] });
const targets = ["Mirror_Enabled", "Ready_To_Start_Copy", "Ready_For_Cutover", "Import_Completed"] as const;

describe("a session that is not there", () => {
  test.each(targets)("is created on the way to %s when none is recorded", (targetState) => {
    const step = planForward(sampleForward({ targetState, mayCreate: true }), { session: undefined, members: [] });
    expect(step).toMatchObject({ kind: "act", actions: [{ name: "create" }] });
  });

  test("is not created again when it was recorded: somebody removed it", () => {
    const step = planForward(sampleForward(), { session: undefined, members: [] });
    expect(step).toMatchObject({ kind: "stuck", reason: "the session does not exist any more" });
    expect(step).toHaveProperty("next", expect.stringContaining("pulumi refresh"));
  });
});

describe("what an earlier run of the same resource left", () => {
  test.each(["Failed", "Cancelled"])("is removed first when it is %s, so that the name is free", (state) => {
    const step = planForward(sampleForward({ mayCreate: true }), alone(state));
    expect(step).toMatchObject({ kind: "act", actions: [{ name: "remove", sessionId: "7" }] });
  });

  test("is gone on with when it is under way", () => {
    expect(planForward(sampleForward({ mayCreate: true }), alone("Copy_In_Progress"))).toMatchObject({ kind: "wait" });
  });

  test.each([
    "Import_Completed_With_Errors",
    "Cancel_Required",
    "Cancel_Failed",
    "Cleanup_Required",
    "Cleanup_Failed",
    "Invalid",
  ])("is neither removed nor taken for a success when it is %s", (state) => {
    expect(planForward(sampleForward({ mayCreate: true }), alone(state))).toMatchObject({ kind: "stuck" });
  });
});

describe("a state this release does not know", () => {
  test.each(targets)("is waited for on the way to %s, and the word is passed on", (targetState) => {
    const step = planForward(sampleForward({ targetState }), alone("Half_Way_There"));
    expect(step).toEqual({
      kind: "wait",
      reason: 'the array reports the state "Half_Way_There", which this release does not know',
    });
  });

  // Words a plain object would answer with something of its own.
  test.each(["constructor", "toString", "__proto__", "", "ready_for_cutover"])("is unknown when it is %j", (state) => {
    expect(planForward(sampleForward({ targetState: "Import_Completed" }), alone(state))).toMatchObject({
      kind: "wait",
    });
  });
});

describe("a scheduled start", () => {
  const at = "2030-01-05T22:00:00Z";
  const scheduledMs = Date.parse(at);

  test("is moved when it is declared otherwise", () => {
    const step = planForward(
      sampleForward({ scheduledMs }),
      alone("Scheduled", { scheduled_timestamp: "2030-01-04T22:00:00Z" }),
    );
    expect(step).toMatchObject({ kind: "act", actions: [{ name: "reschedule", sessionId: "7" }] });
  });

  test.each([at, "2030-01-05T23:00:00+01:00", "2030-01-05T22:00:00.000Z"])(
    "is left alone when the array says %s",
    (scheduled_timestamp) => {
      const step = planForward(sampleForward({ scheduledMs }), alone("Scheduled", { scheduled_timestamp }));
      expect(step).toEqual({ kind: "wait", reason: "scheduled" });
    },
  );

  test("is left alone when none is declared", () => {
    const step = planForward(sampleForward(), alone("Scheduled", { scheduled_timestamp: at }));
    expect(step).toEqual({ kind: "wait", reason: "scheduled" });
  });

  test.each(["Queued", "Copy_In_Progress"])("is not moved any more once the session is %s", (state) => {
    const step = planForward(
      sampleForward({ scheduledMs }),
      alone(state, { scheduled_timestamp: "2030-01-04T22:00:00Z" }),
    );
    expect(step).toMatchObject({ kind: "wait" });
  });
});

describe("the cutover", () => {
  const forward = sampleForward({ targetState: "Import_Completed" });

  test.each([
    { name: "the program", declared: true, shown: undefined },
    { name: "the array", declared: false, shown: true },
  ])("is left to the array when $name says that it is automatic", ({ declared, shown }) => {
    const session = alone("Ready_For_Cutover", { automatic_cutover: shown });
    expect(planForward({ ...forward, automaticCutover: declared }, session)).toEqual({
      kind: "wait",
      reason: "waiting for the automatic cutover",
    });
  });

  test("names the state it is sent from, so that the members that are left are another opportunity", () => {
    expect(planForward(forward, alone("Ready_For_Cutover"))).toMatchObject({
      actions: [{ name: "cutover", sessionId: "7", from: "Ready_For_Cutover" }],
    });
    expect(
      planForward({ ...forward, cutOverFrom: ["Ready_For_Cutover"] }, alone("Import_Cutover_Incomplete")),
    ).toMatchObject({
      actions: [{ name: "cutover", sessionId: "7", from: "Import_Cutover_Incomplete" }],
    });
  });

  test.each(["Ready_For_Cutover", "Import_Cutover_Incomplete"])("is not sent twice in one run from %s", (state) => {
    const error = { code: "0xE1", message_l10n: "The source did not answer." };
    const step = planForward({ ...forward, cutOverFrom: [state] }, alone(state, { error }));
    expect(step).toMatchObject({
      kind: "stuck",
      reason: `after the cutover the session is ${state}: 0xE1 The source did not answer.`,
    });
  });

  test("waits for the gate even when one was sent before", () => {
    const step = planForward(
      { ...forward, shutGate: "held: shut", cutOverFrom: ["Ready_For_Cutover"] },
      alone("Import_Cutover_Incomplete"),
    );
    expect(step).toEqual({ kind: "held", reason: "held: shut" });
  });
});

describe("a dead end", () => {
  test("says what the array says, member by member", () => {
    const session = sampleSession("Import_Completed_With_Errors", {
      error: { code: "0xE1", message_l10n: "One failed." },
    });
    const members = [
      sampleSession("Import_Completed", { id: "8" }),
      sampleSession("Cancelled", { id: "9", error: { code: "0xE2", message_l10n: "No path." } }),
      sampleSession("Failed", { id: "10" }),
    ];
    expect(planForward(sampleForward(), { session, members })).toMatchObject({
      kind: "stuck",
      reason:
        "the session is Import_Completed_With_Errors: 0xE1 One failed.; member 9 is Cancelled (0xE2 No path.); member 10 is Failed",
      next: expect.stringContaining("Import the failed ones by themselves"),
    });
  });

  test("says half of what the array left out", () => {
    const step = planForward(
      sampleForward(),
      alone("Failed", { error: { code: undefined, message_l10n: "It broke." } }),
    );
    expect(step).toMatchObject({ reason: "the session is Failed: It broke." });
  });

  test.each([
    ["Failed", /replaces a session this program created, and the copy starts again/],
    ["Cancelled", /replaces a session this program created/],
    ["Cancel_Required", /Destroy the resource to cancel it, after pointing the hosts back at the source/],
    ["Cancel_Failed", /forceCancel/],
    ["Cleanup_Required", /cleaned up/],
    ["Cleanup_Failed", /support/],
    ["Invalid", /support/],
    ["Import_Cutover_Incomplete", /Set targetState to Import_Completed/],
  ])("at %s says what a person can do", (state, next) => {
    expect(planForward(sampleForward(), alone(state))).toHaveProperty("next", expect.stringMatching(next));
  });
});
