import { describe, expect, test } from "vitest";
import { newRun } from "../../../../provider/powerstore/import-session/observed.ts";
import { type ImportAction, rowOf } from "../../../../provider/powerstore/import-session/plan/actions.ts";
import { nextObserved } from "../../../../provider/powerstore/import-session/plan/next.ts";
import { importSessionStates, stateAfter } from "../../../../provider/powerstore/import-session/states.ts";
import { automaticTransitions, lawfulActions } from "../../../arrays/powerstore/import-states.ts";
import { sampleNew, sampleObserved, sampleSession, sampleTarget } from "../samples.ts";

const wait = { kind: "wait", reason: "" } as const;
const act = (...actions: readonly ImportAction[]) => ({ kind: "act", actions, reason: "" }) as const;
const group = (state: string, ...members: readonly string[]) =>
  sampleObserved(
    sampleSession(state, { type: "Agentless", destination_resource_type: "volume_group" }),
    members.map((word, index) => sampleSession(word, { id: `m${index}`, type: "Agentless" })),
  );
const shownAfter = (observed: ReturnType<typeof group>, step: Parameters<typeof nextObserved>[1]) => {
  const next = nextObserved(observed, step, sampleTarget());
  return next && [next.session?.state, ...next.members.map(({ state }) => state)];
};

describe("what the array shows next", () => {
  test("is a transition that the simulated array makes, from every state that it leaves by itself", () => {
    const ours = importSessionStates.flatMap((from) => {
      const to = stateAfter(from);
      return to === undefined ? [] : [{ from, to }];
    });
    const its = automaticTransitions.map(({ from, to }) => ({ from, to }));
    expect(its).toEqual(expect.arrayContaining(ours));
    expect(new Set(ours.map(({ from }) => from))).toEqual(new Set(its.map(({ from }) => from)));
  });

  const onSession = [
    "enable_destination_volume",
    "start_copy",
    "pause",
    "resume",
    "cutover",
    "cancel",
    "cleanup",
  ] as const;

  test.each(onSession)("after %s is what the simulated array comes to", (kind) => {
    const action: ImportAction =
      kind === "cutover"
        ? { kind, sessionId: "7", from: "Ready_For_Cutover" }
        : kind === "cancel"
          ? { kind, sessionId: "7", force: false, rejectedIn: undefined }
          : { kind, sessionId: "7" };
    const possible = Object.values(lawfulActions[kind]).map(({ to }) => to);
    expect(possible).toContain(rowOf(action).leadsTo(action));
  });

  test("of a session that ends nowhere by itself, or in a state nobody knows, is not told", () => {
    for (const state of ["Paused", "Failed", "Import_Completed", "Half_Way_There"])
      expect(nextObserved(sampleObserved(sampleSession(state)), wait, sampleTarget()), state).toBeUndefined();
    expect(nextObserved(sampleObserved(undefined), wait, sampleTarget())).toBeUndefined();
  });

  test.each(["settled", "held"] as const)("is nothing where a run is %s", (kind) => {
    const observed = sampleObserved(sampleSession("Queued"));
    expect(nextObserved(observed, { kind, reason: "" }, sampleTarget())).toBeUndefined();
  });
});

describe("a session that is created", () => {
  const nothing = sampleObserved(undefined, [], { run: newRun(undefined) });

  test("is queued, or scheduled, and is the run's own though its id is not known", () => {
    const target = sampleNew({ automaticCutover: true });
    const made = nextObserved(nothing, act({ kind: "create", startMs: undefined }), target);
    expect(made?.session).toMatchObject({
      id: "",
      state: "Queued",
      type: "Non_Disruptive",
      source_resource_id: "sv_42",
      automatic_cutover: true,
    });
    expect(made?.run.sessionId).toBe("");
    const later = nextObserved(nothing, act({ kind: "create", startMs: 0 }), target);
    expect(later?.session).toMatchObject({ state: "Scheduled", scheduled_timestamp: "1970-01-01T00:00:00.000Z" });
  });

  test("takes the place of what was left of another, when that is removed", () => {
    const left = sampleObserved(sampleSession("Failed"), [], { run: newRun(undefined) });
    const removed = nextObserved(left, act({ kind: "remove", sessionId: "7" }), sampleNew());
    expect(removed).toMatchObject({ session: undefined, run: { sessionId: undefined } });
  });
});

test("an import that the array takes back after a failure ends as failed, and one that is cancelled as cancelled", () => {
  const error = { code: "0xE1", message_l10n: "A path was lost." };
  const ended = (changes: object, run = newRun("7")) =>
    nextObserved(sampleObserved(sampleSession("Cancel_In_Progress", changes), [], { run }), wait, sampleTarget())
      ?.session?.state;
  expect(ended({ error })).toBe("Failed");
  expect(ended({})).toBe("Cancelled");
  const cancel: ImportAction = { kind: "cancel", sessionId: "7", force: false, rejectedIn: undefined };
  const paused = sampleObserved(sampleSession("Paused", { error }));
  const cancelling = nextObserved(paused, act(cancel), sampleTarget());
  expect(cancelling && nextObserved(cancelling, wait, sampleTarget())?.session?.state).toBe("Cancelled");
});

test("a session that the array cuts over is not shown ready for it: it does not rest there", () => {
  const copying = sampleObserved(sampleSession("Copy_In_Progress", { automatic_cutover: true }));
  expect(nextObserved(copying, wait, sampleTarget())?.session?.state).toBe("Cutover_In_Progress");
  const group = sampleObserved(sampleSession("In_Progress", { automatic_cutover: true }), [
    sampleSession("Copy_In_Progress", { id: "8" }),
  ]);
  const next = nextObserved(group, wait, sampleTarget());
  expect([next?.session?.state, next?.members[0]?.state]).toEqual(["Cutover_In_Progress", "Cutover_In_Progress"]);
});

test("a start that is moved shows where it was moved to", () => {
  const observed = sampleObserved(sampleSession("Scheduled", { scheduled_timestamp: "2030-01-01T00:00:00Z" }));
  const moved = nextObserved(observed, act({ kind: "reschedule", sessionId: "7", startMs: 0 }), sampleTarget());
  expect(moved?.session).toMatchObject({ state: "Scheduled", scheduled_timestamp: "1970-01-01T00:00:00.000Z" });
});

test("a cutover is remembered once the session has left the state it was sent from", () => {
  const ready = sampleObserved(sampleSession("Ready_For_Cutover"));
  const next = nextObserved(ready, act({ kind: "cutover", sessionId: "7", from: "Ready_For_Cutover" }), sampleTarget());
  expect(next?.run).toMatchObject({ cuttingOverFrom: undefined, cutOverFrom: ["Ready_For_Cutover"] });
});

describe("a group", () => {
  test.each<[readonly string[], readonly string[] | undefined]>([
    [
      ["Queued", "In_Progress"],
      ["In_Progress", "In_Progress", "Mirror_Enabled"],
    ],
    // It waits for people.
    [
      ["Mirror_Enabled", "Copy_In_Progress"],
      ["In_Progress", "Mirror_Enabled", "Ready_For_Cutover"],
    ],
    [
      ["Ready_For_Cutover", "Copy_In_Progress"],
      ["Ready_For_Cutover", "Ready_For_Cutover", "Ready_For_Cutover"],
    ],
    [
      ["Ready_For_Cutover", "Ready_For_Cutover"],
      ["Ready_For_Cutover", "Ready_For_Cutover", "Ready_For_Cutover"],
    ],
    // The array rolls a group back whose member has failed, unless a person has to cancel it.
    [
      ["Failed", "Copy_In_Progress"],
      ["Cleanup_In_Progress", "Failed", "Copy_In_Progress"],
    ],
    [
      ["Cancel_Required", "Copy_In_Progress"],
      ["Cancel_Required", "Cancel_Required", "Copy_In_Progress"],
    ],
    [["Half_Way_There", "Ready_For_Cutover"], undefined],
  ])("at work goes on member by member: %j", (members, expected) => {
    expect(shownAfter(group("In_Progress", ...members), wait)).toEqual(expected);
  });

  test.each<[string, readonly string[], string]>([
    ["Cutover_In_Progress", ["Cutover_In_Progress", "Import_Completed"], "Import_Completed"],
    ["Cutover_In_Progress", ["Cutover_In_Progress", "Cancelled"], "Import_Completed_With_Errors"],
    ["Cutover_In_Progress", ["Cutover_In_Progress", "Ready_For_Cutover"], "Import_Cutover_Incomplete"],
    ["Cutover_In_Progress", ["Cancelled", "Cancelled"], "Failed"],
    ["Cancel_In_Progress", ["Cancel_In_Progress", "Cancelled"], "Cancelled"],
    ["Cancel_In_Progress", ["Cancel_In_Progress", "Import_Completed"], "Import_Completed_With_Errors"],
    ["Cancel_In_Progress", ["Cancel_In_Progress", "Cancel_Required"], "Cancel_Failed"],
    ["Cleanup_In_Progress", ["Cancel_In_Progress", "Failed"], "Failed"],
    ["Cleanup_In_Progress", ["Cancel_In_Progress", "Import_Completed"], "Failed"],
    ["Cleanup_In_Progress", ["Cancel_In_Progress", "Cleanup_Required"], "Cleanup_Required"],
    ["Cleanup_In_Progress", ["Cleanup_In_Progress", "Cleanup_Required"], "Cleanup_Failed"],
    ["Scheduled", ["Scheduled", "Scheduled"], "Queued"],
  ])("that is %s with members %j comes to %s", (state, members, expected) => {
    expect(shownAfter(group(state, ...members), wait)?.[0]).toBe(expected);
  });

  test("takes its members along when it is paused, resumed or cut over", () => {
    const on = (kind: "pause" | "resume") => act({ kind, sessionId: "7" });
    expect(shownAfter(group("In_Progress", "Copy_In_Progress", "Ready_For_Cutover"), on("pause"))).toEqual([
      "Paused",
      "Paused",
      "Ready_For_Cutover",
    ]);
    expect(shownAfter(group("Paused", "Paused", "Ready_For_Cutover"), on("resume"))).toEqual([
      "In_Progress",
      "Copy_In_Progress",
      "Ready_For_Cutover",
    ]);
    const cutover = act({ kind: "cutover", sessionId: "7", from: "Import_Cutover_Incomplete" });
    expect(shownAfter(group("Import_Cutover_Incomplete", "Ready_For_Cutover", "Import_Completed"), cutover)).toEqual([
      "Cutover_In_Progress",
      "Cutover_In_Progress",
      "Import_Completed",
    ]);
  });

  test("stays where it is while its members pass a gate", () => {
    const enable = act({ kind: "enable_destination_volume", sessionId: "m0" }, { kind: "start_copy", sessionId: "m1" });
    expect(shownAfter(group("In_Progress", "Mirror_Enabled", "Ready_To_Start_Copy"), enable)).toEqual([
      "In_Progress",
      "Ready_To_Start_Copy",
      "Copy_In_Progress",
    ]);
  });
});
