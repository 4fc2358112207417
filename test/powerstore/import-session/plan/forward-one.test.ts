import { describe, expect, test } from "vitest";
import { newRun } from "../../../../provider/powerstore/import-session/observed.ts";
import { planStep } from "../../../../provider/powerstore/import-session/plan/plan.ts";
import { sampleGoal, sampleObserved, sampleSession } from "../samples.ts";

const alone = (state: string, changes = {}) => sampleObserved(sampleSession(state, changes));
/** What a run sees that has no session of its own yet. */
const unowned = (state: string) => sampleObserved(sampleSession(state), [], { run: newRun(undefined) });
/** What a run sees that has cut over from these states, and has seen the session leave them. */
const cutOverFrom = (states: readonly string[], session = sampleSession("Ready_For_Cutover")) =>
  sampleObserved(session, [], { run: { ...newRun("7"), cutOverFrom: states } });
const targets = ["Mirror_Enabled", "Ready_To_Start_Copy", "Ready_For_Cutover", "Import_Completed"] as const;

describe("a session that is not there", () => {
  test.each(targets)("is created on the way to %s when none is recorded", (targetState) => {
    const step = planStep(sampleGoal({ targetState }), sampleObserved(undefined, [], { run: newRun(undefined) }));
    expect(step).toMatchObject({ kind: "act", actions: [{ kind: "create" }] });
  });

  test("is not created again when it was recorded: somebody removed it", () => {
    const step = planStep(sampleGoal(), sampleObserved(undefined));
    expect(step).toMatchObject({ kind: "stuck", reason: "the session does not exist any more" });
    expect(step).toHaveProperty("next", expect.stringContaining("pulumi refresh"));
  });

  test("is no loss where this run has cut it over", () => {
    const run = { ...newRun("7"), cutOver: { atMs: 0, from: "Ready_For_Cutover", by: "sent" } } as const;
    expect(planStep(sampleGoal(), sampleObserved(undefined, [], { run }))).toMatchObject({ kind: "settled" });
  });

  test.each(["Import_Completed", "Ready_For_Cutover"])(
    "is where it was recorded if nothing is lost with it: %s",
    (state) => {
      const step = planStep(sampleGoal({ mayBeGone: state }), sampleObserved(undefined));
      expect(step).toMatchObject({ kind: "settled", reason: state });
    },
  );
});

describe("what an earlier run of the same resource left", () => {
  test.each(["Failed", "Cancelled"])("is removed when it is %s only where copyAgain names it", (state) => {
    expect(planStep(sampleGoal({ copyAgain: "7" }), unowned(state))).toMatchObject({
      kind: "act",
      actions: [{ kind: "remove", sessionId: "7" }],
    });
    for (const copyAgain of [undefined, "6"])
      expect(planStep(sampleGoal({ copyAgain }), unowned(state))).toMatchObject({
        kind: "stuck",
        reason: `an earlier run of this resource has left session 7: the session is ${state}`,
        next: expect.stringContaining('set copyAgain: "7"'),
      });
  });

  test("is gone on with when it is under way", () => {
    expect(planStep(sampleGoal(), unowned("Copy_In_Progress"))).toMatchObject({ kind: "wait" });
  });

  test.each([
    "Import_Completed_With_Errors",
    "Cancel_Required",
    "Cancel_Failed",
    "Cleanup_Required",
    "Cleanup_Failed",
    "Invalid",
  ])("is neither removed nor taken for a success when it is %s", (state) => {
    expect(planStep(sampleGoal(), unowned(state))).toMatchObject({ kind: "stuck" });
  });
});

describe("a state this release does not know", () => {
  test.each(targets)("is waited for on the way to %s, and the word is passed on", (targetState) => {
    const step = planStep(sampleGoal({ targetState }), alone("Half_Way_There"));
    expect(step).toEqual({
      kind: "wait",
      reason: 'the array reports the state "Half_Way_There", which this release does not know',
    });
  });

  // Words a plain object would answer with something of its own.
  test.each(["constructor", "toString", "__proto__", "", "ready_for_cutover"])("is unknown when it is %j", (state) => {
    expect(planStep(sampleGoal({ targetState: "Import_Completed" }), alone(state))).toMatchObject({
      kind: "wait",
    });
  });
});

describe("a scheduled start", () => {
  const at = "2030-01-05T22:00:00Z";
  const scheduledMs = Date.parse(at);

  test("is moved when it is declared otherwise", () => {
    const step = planStep(
      sampleGoal({ scheduledMs }),
      alone("Scheduled", { scheduled_timestamp: "2030-01-04T22:00:00Z" }),
    );
    expect(step).toMatchObject({ kind: "act", actions: [{ kind: "reschedule", sessionId: "7" }] });
  });

  test.each([at, "2030-01-05T23:00:00+01:00", "2030-01-05T22:00:00.000Z"])(
    "is left alone when the array says %s",
    (scheduled_timestamp) => {
      const step = planStep(sampleGoal({ scheduledMs }), alone("Scheduled", { scheduled_timestamp }));
      expect(step).toEqual({ kind: "wait", reason: "scheduled" });
    },
  );

  test("is left alone when none is declared", () => {
    const step = planStep(sampleGoal(), alone("Scheduled", { scheduled_timestamp: at }));
    expect(step).toEqual({ kind: "wait", reason: "scheduled" });
  });

  test.each(["Queued", "Copy_In_Progress"])("is not moved any more once the session is %s", (state) => {
    const step = planStep(sampleGoal({ scheduledMs }), alone(state, { scheduled_timestamp: "2030-01-04T22:00:00Z" }));
    expect(step).toMatchObject({ kind: "wait" });
  });
});

describe("the cutover", () => {
  const forward = sampleGoal({ targetState: "Import_Completed" });

  test.each([
    { name: "the program", declared: true, shown: undefined },
    { name: "the array", declared: false, shown: true },
  ])("is left to the array when $name says that it is automatic", ({ declared, shown }) => {
    const session = alone("Ready_For_Cutover", { automatic_cutover: shown });
    expect(planStep({ ...forward, automaticCutover: declared }, session)).toEqual({
      kind: "wait",
      reason: "waiting for the automatic cutover",
    });
  });

  test("names the state it is sent from, so that the members that are left are another opportunity", () => {
    expect(planStep(forward, alone("Ready_For_Cutover"))).toMatchObject({
      actions: [{ kind: "cutover", sessionId: "7", from: "Ready_For_Cutover" }],
    });
    const left = cutOverFrom(["Ready_For_Cutover"], sampleSession("Import_Cutover_Incomplete"));
    expect(planStep(forward, left)).toMatchObject({
      actions: [{ kind: "cutover", sessionId: "7", from: "Import_Cutover_Incomplete" }],
    });
  });

  test.each(["Ready_For_Cutover", "Import_Cutover_Incomplete"])("is not sent twice in one run from %s", (state) => {
    const error = { code: "0xE1", message_l10n: "The source did not answer." };
    const step = planStep(forward, cutOverFrom([state], sampleSession(state, { error })));
    expect(step).toMatchObject({
      kind: "stuck",
      reason: `after the cutover the session is ${state}: 0xE1 The source did not answer.`,
    });
  });

  test("waits for every gate, even when one was sent before", () => {
    const left = cutOverFrom(["Ready_For_Cutover"], sampleSession("Import_Cutover_Incomplete"));
    const step = planStep({ ...forward, closed: ["held: closed", "held until later"] }, left);
    expect(step).toEqual({ kind: "held", reason: "held: closed; held until later" });
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
    expect(planStep(sampleGoal(), sampleObserved(session, members))).toMatchObject({
      kind: "stuck",
      reason:
        "the session is Import_Completed_With_Errors: 0xE1 One failed.; member 9 is Cancelled (0xE2 No path.); member 10 is Failed",
      next: expect.stringContaining("Import the failed ones on their own"),
    });
  });

  test("says half of what the array left out", () => {
    const step = planStep(sampleGoal(), alone("Failed", { error: { code: undefined, message_l10n: "It broke." } }));
    expect(step).toMatchObject({ reason: "the session is Failed: It broke." });
  });

  test.each([
    ["Failed", /^To throw its copy away and copy again from the beginning, set copyAgain: "7" and run `pulumi up`/],
    ["Cancelled", /set copyAgain: "7"/],
    ["Cancel_Required", /Point the hosts back at the source, then destroy the resource/],
    ["Cancel_Failed", /forceCancel/],
    ["Cleanup_Required", /cleaned up/],
    ["Cleanup_Failed", /support/],
    ["Invalid", /support/],
    ["Import_Cutover_Incomplete", /Set targetState to Import_Completed/],
  ])("at %s says what a person can do", (state, next) => {
    expect(planStep(sampleGoal(), alone(state))).toHaveProperty("next", expect.stringMatching(next));
  });

  test.each(["Failed", "Cancelled"])("at %s after a cutover sends a person to the hosts first", (state) => {
    const run = { ...newRun("7"), cutOver: { atMs: 0, by: "sent" } } as const;
    const steps = [
      planStep(sampleGoal({ isCutOver: true }), alone(state)),
      planStep(sampleGoal(), sampleObserved(sampleSession(state), [], { run })),
    ];
    for (const step of steps) expect(step).toHaveProperty("next", expect.stringMatching(/^A cutover was sent before/));
  });

  test.each(["Failed", "Cancelled"])("at %s of an adopted session names what takes its place", (state) => {
    const step = planStep(sampleGoal({ isAdopted: true }), alone(state));
    expect(step).toHaveProperty("next", expect.stringMatching(/^Adopt another session, or declare the source/));
  });
});
