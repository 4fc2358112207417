import { describe, expect, test } from "vitest";
import type { ForwardGoal } from "../../../../provider/powerstore/import-session/plan/goal.ts";
import { hostWork } from "../../../../provider/powerstore/import-session/plan/held.ts";
import { planStep } from "../../../../provider/powerstore/import-session/plan/plan.ts";
import { importSessionStates } from "../../../../provider/powerstore/import-session/states.ts";
import type { WireSession } from "../../../../provider/powerstore/wire.ts";
import { sampleGoal, sampleObserved, sampleSession } from "../samples.ts";

const group = sampleSession("In_Progress", { type: "Agentless", destination_resource_type: "volume_group" });
const at = (...states: string[]) => ({
  session: group,
  members: states.map((state, index) => sampleSession(state, { id: `m${index + 1}`, type: "Agentless" })),
});
const planned = (goal: ForwardGoal, { session, members }: { session: WireSession; members: readonly WireSession[] }) =>
  planStep(goal, sampleObserved(session, members));
const toCutover = (changes = {}) => sampleGoal({ targetState: "Import_Completed", ...changes });

describe("a group at work is as far as its members", () => {
  test.each(["Queued", "In_Progress", "Copy_In_Progress", "Cutover_In_Progress"])(
    "it waits for a member that is %s and says how many are there",
    (state) => {
      expect(planned(toCutover(), at(state, "Ready_For_Cutover", "Ready_For_Cutover"))).toMatchObject({
        kind: "wait",
        reason: expect.stringContaining("(2 of 3 members there)"),
      });
    },
  );

  test("its gates are passed member by member, all that are there at once", () => {
    const forward = toCutover({ sourceStopped: true, destinationStarted: true });
    expect(planned(forward, at("Mirror_Enabled", "In_Progress", "Ready_To_Start_Copy"))).toEqual({
      kind: "act",
      actions: [
        { kind: "enable_destination_volume", sessionId: "m1" },
        { kind: "start_copy", sessionId: "m3" },
      ],
      reason: "enabling the destination volume (2 of 3 members)",
    });
  });

  test("it is held at a gate only when no member is at work any more", () => {
    expect(planned(toCutover(), at("Mirror_Enabled", "In_Progress"))).toMatchObject({ kind: "wait" });
    expect(planned(toCutover(), at("Mirror_Enabled", "Mirror_Enabled"))).toEqual({
      kind: "held",
      reason: hostWork.sourceStopped,
    });
    expect(planned(toCutover({ sourceStopped: true }), at("Ready_To_Start_Copy", "Copy_In_Progress"))).toMatchObject({
      kind: "wait",
    });
  });

  test("members whose gate is open go on while others are held", () => {
    expect(planned(toCutover({ sourceStopped: true }), at("Mirror_Enabled", "Ready_To_Start_Copy"))).toMatchObject({
      actions: [{ kind: "enable_destination_volume", sessionId: "m1" }],
    });
  });

  test.each(["Mirror_Enabled", "Ready_To_Start_Copy"] as const)("it rests at %s when all members do", (targetState) => {
    const forward = sampleGoal({ targetState, sourceStopped: true });
    expect(planned(forward, at(targetState, "Copy_In_Progress"))).toMatchObject({
      kind: "settled",
      reason: `all members at ${targetState}`,
    });
    expect(planned(forward, at(targetState, "Queued"))).toMatchObject({ kind: "wait" });
  });

  test.each(["Ready_For_Cutover", "Import_Completed"] as const)(
    "on the way to %s it says itself when it is ready, whatever its members show",
    (targetState) => {
      expect(planned(sampleGoal({ targetState }), at("Ready_For_Cutover", "Ready_For_Cutover"))).toMatchObject({
        kind: "wait",
        reason: "waiting for the group (2 of 2 members there)",
      });
    },
  );

  test("a schedule is never moved by way of a member", () => {
    expect(planned(sampleGoal({ scheduledMs: 1 }), at("Scheduled", "Queued"))).toMatchObject({ kind: "wait" });
  });

  test("a member in a state this release does not know is waited for by that word", () => {
    expect(planned(toCutover(), at("Ready_For_Cutover", "Half_Way_There"))).toMatchObject({
      kind: "wait",
      reason: expect.stringContaining('"Half_Way_There"'),
    });
  });
});

describe("a group is paused as a whole", () => {
  const paused = toCutover({ paused: true, sourceStopped: true, destinationStarted: true });

  test.each([[["Copy_In_Progress", "Copy_In_Progress"]], [["Copy_In_Progress", "Ready_For_Cutover"]]])(
    "once all members copy or have copied: %j",
    (states) => {
      expect(planned(paused, at(...states))).toEqual({
        kind: "act",
        actions: [{ kind: "pause", sessionId: "7" }],
        reason: "pausing the copy",
      });
    },
  );

  test("not while a member has yet to begin", () => {
    expect(planned(paused, at("Copy_In_Progress", "Queued"))).toMatchObject({
      kind: "wait",
      reason: "waiting for all members to copy before the group is paused",
    });
  });

  test("not before the members at a gate have passed it", () => {
    expect(planned(paused, at("Copy_In_Progress", "Mirror_Enabled"))).toMatchObject({
      actions: [{ kind: "enable_destination_volume", sessionId: "m2" }],
    });
  });

  test("and resumed as a whole", () => {
    const { members } = at("Paused", "Ready_For_Cutover");
    const session = { ...group, state: "Paused" };
    expect(planned(paused, { session, members })).toMatchObject({ kind: "held" });
    expect(planned(toCutover(), { session, members })).toMatchObject({
      actions: [{ kind: "resume", sessionId: "7" }],
    });
  });
});

describe("whatever two members show", () => {
  const deadEnds = [
    "Import_Completed_With_Errors",
    "Import_Cutover_Incomplete",
    "Cancel_Required",
    "Cancel_Failed",
    "Cancelled",
    "Cleanup_Required",
    "Cleanup_Failed",
    "Failed",
    "Invalid",
  ];
  const pairs = importSessionStates.flatMap((one) => importSessionStates.map((other) => [one, other] as const));
  const forwards = (
    ["Mirror_Enabled", "Ready_To_Start_Copy", "Ready_For_Cutover", "Import_Completed"] as const
  ).flatMap((targetState) =>
    [false, true].flatMap((done) =>
      [false, true].map((paused) => sampleGoal({ targetState, paused, sourceStopped: done, destinationStarted: done })),
    ),
  );
  const cells = pairs.flatMap((states) =>
    forwards.map((forward) => ({ states, forward, step: planned(forward, at(...states)) })),
  );

  test("a member is never cut over, paused, rescheduled or removed by itself", () => {
    const sent = new Set(
      cells
        .flatMap(({ step }) => (step.kind === "act" ? step.actions : []))
        .map((action) => `${action.kind}${action.kind !== "create" && action.sessionId === "7" ? " group" : ""}`),
    );
    expect([...sent].sort()).toEqual(["enable_destination_volume", "pause group", "resume", "start_copy"]);
  });

  test("while one of them is at a dead end nothing is sent, held or taken for a success", () => {
    const struck = cells.filter(({ states }) => states.some((state) => deadEnds.includes(state)));
    expect(struck.filter(({ step }) => step.kind !== "wait")).toEqual([]);
  });

  test("nothing is held or settled while one of them is at work", () => {
    const atWork = [
      "Scheduled",
      "Queued",
      "In_Progress",
      "Cutover_In_Progress",
      "Cancel_In_Progress",
      "Cleanup_In_Progress",
    ];
    const busy = cells.filter(({ states }) => states.some((state) => atWork.includes(state)));
    expect(busy.filter(({ step }) => step.kind === "held" || step.kind === "settled")).toEqual([]);
  });

  test("only the group itself says that it is ready for its cutover", () => {
    const beyond = cells.filter(
      ({ forward }) => forward.targetState === "Ready_For_Cutover" || forward.targetState === "Import_Completed",
    );
    expect(beyond.filter(({ step }) => step.kind === "settled")).toEqual([]);
  });

  test("no plan is ever stuck: the array rolls a group back by itself and says so", () => {
    expect(cells.filter(({ step }) => step.kind === "stuck")).toEqual([]);
  });
});
