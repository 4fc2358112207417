import { describe, expect, test } from "vitest";
import type { Step } from "../../../../provider/core/reconcile/step.ts";
import {
  type CancelHistory,
  cancelRead,
  cancelRejected,
  cancelSent,
  cancelUnclear,
  cleanupSent,
  nothingCancelled,
} from "../../../../provider/powerstore/import-session/cancel-history.ts";
import type { ImportSessionInputs } from "../../../../provider/powerstore/import-session/inputs.ts";
import { newRun } from "../../../../provider/powerstore/import-session/observed.ts";
import type { ImportAction } from "../../../../provider/powerstore/import-session/plan/actions.ts";
import { type CancelGoal, planCancel, planDelete } from "../../../../provider/powerstore/import-session/plan/cancel.ts";
import type { RecordedImport } from "../../../../provider/powerstore/import-session/recorded.ts";
import type { WireSession } from "../../../../provider/powerstore/wire.ts";
import { sampleInputs, sampleObserved, sampleRecord, sampleSession, sampleTarget } from "../samples.ts";
import { decisionTable, rowFor } from "./decision-table.ts";

// How a session is cancelled, by its kind. The REST text allows a cancel of a non-disruptive volume in few states; the import guide's tables of manual
// operations allow more for agentless volumes and for groups. What can't be cancelled now is waited through.
const table = decisionTable(`
state                        || non-disruptive volume | agentless volume | group
Scheduled                    || cancel                | cancel           | cancel
Queued                       || cancel                | cancel           | cancel
In_Progress                  || wait                  | wait             | cancel
Mirror_Enabled               || wait                  | cancel           | cancel
Ready_To_Start_Copy          || wait                  | cancel           | cancel
Copy_In_Progress             || cancel                | cancel           | cancel
Paused                       || cancel                | cancel           | cancel
Ready_For_Cutover            || cancel                | cancel           | cancel
Cutover_In_Progress          || wait                  | wait             | wait
Import_Completed             || over                  | over             | over
Import_Completed_With_Errors || over                  | over             | over
Import_Cutover_Incomplete    || cancel                | cancel           | cancel
Cancel_In_Progress           || being cancelled       | being cancelled  | being cancelled
Cancel_Required              || cancel                | cancel           | cancel
Cancel_Failed                || cancel                | cancel           | cancel
Cancelled                    || over                  | over             | over
Cleanup_In_Progress          || wait                  | wait             | wait
Cleanup_Required             || clean up              | clean up         | clean up
Cleanup_Failed               || stuck                 | stuck            | stuck
Failed                       || over                  | over             | over
Invalid                      || stuck                 | stuck            | stuck
`);

// The same for a session that can be cancelled, by what this run has sent so far and what the session shows now. A graceful or forced cancel that was
// sent and is planned again is not sent again: its opportunity lasts.
const cancelling = decisionTable(`
so far                                    | the session           || graceful only   | forceCancelAfter 10 min | forceCancel
nothing sent                              | can be cancelled      || graceful cancel | graceful cancel         | forced cancel
nothing sent                              | shows a failed cancel || graceful cancel | graceful cancel         | forced cancel
nothing sent                              | is being cancelled    || wait            | wait                    | forced cancel
graceful, just now                        | can be cancelled      || graceful cancel | graceful cancel         | forced cancel
graceful, just now                        | shows a failed cancel || graceful cancel | graceful cancel         | forced cancel
graceful, just now                        | is being cancelled    || wait            | wait                    | forced cancel
graceful, 10 min ago                      | can be cancelled      || graceful cancel | forced cancel           | forced cancel
graceful, 10 min ago                      | shows a failed cancel || graceful cancel | forced cancel           | forced cancel
graceful, 10 min ago                      | is being cancelled    || wait            | forced cancel           | forced cancel
graceful, and the session moved           | can be cancelled      || graceful cancel | graceful cancel         | forced cancel
graceful, and the session moved           | shows a failed cancel || stuck           | forced cancel           | forced cancel
graceful, and the session moved           | is being cancelled    || wait            | wait                    | forced cancel
graceful, and only its record changed     | can be cancelled      || graceful cancel | graceful cancel         | forced cancel
graceful, and only its record changed     | shows a failed cancel || stuck           | graceful cancel         | forced cancel
graceful, and only its record changed     | is being cancelled    || wait            | wait                    | forced cancel
graceful, refused just now                | can be cancelled      || stuck           | wait                    | forced cancel
graceful, refused just now                | shows a failed cancel || stuck           | wait                    | forced cancel
graceful, refused just now                | is being cancelled    || wait            | wait                    | forced cancel
graceful, refused a minute ago            | can be cancelled      || stuck           | graceful cancel         | forced cancel
graceful, refused a minute ago            | shows a failed cancel || stuck           | graceful cancel         | forced cancel
graceful, refused a minute ago            | is being cancelled    || wait            | wait                    | forced cancel
graceful, refused for 10 min              | can be cancelled      || stuck           | forced cancel           | forced cancel
graceful, refused for 10 min              | shows a failed cancel || stuck           | forced cancel           | forced cancel
graceful, refused for 10 min              | is being cancelled    || wait            | wait                    | forced cancel
graceful, refused in another state        | can be cancelled      || graceful cancel | graceful cancel         | forced cancel
graceful, refused in another state        | shows a failed cancel || graceful cancel | graceful cancel         | forced cancel
graceful, refused in another state        | is being cancelled    || wait            | wait                    | forced cancel
both, and the session moved               | can be cancelled      || -               | forced cancel           | forced cancel
both, and the session moved               | shows a failed cancel || -               | stuck                   | stuck
both, and the session moved               | is being cancelled    || -               | wait                    | wait
both, the forced refused in this state    | can be cancelled      || -               | stuck                   | stuck
both, the forced refused in this state    | shows a failed cancel || -               | stuck                   | stuck
both, the forced refused in this state    | is being cancelled    || -               | wait                    | wait
both, the forced refused in another state | can be cancelled      || -               | forced cancel           | forced cancel
both, the forced refused in another state | shows a failed cancel || -               | forced cancel           | forced cancel
both, the forced refused in another state | is being cancelled    || -               | forced cancel           | forced cancel
`);

const nowMs = Date.UTC(2030, 0, 1);
const minutesAgo = (minutes: number) => nowMs - minutes * 60_000;
const kinds = {
  "non-disruptive volume": { type: "Non_Disruptive", destination_resource_type: "volume" },
  "agentless volume": { type: "Agentless", destination_resource_type: "volume" },
  group: { type: "Agentless", destination_resource_type: "volume_group" },
} as const;
const force = {
  "graceful only": { forceCancel: false, forceCancelAfter: undefined },
  "forceCancelAfter 10 min": { forceCancel: false, forceCancelAfter: 600_000 },
  forceCancel: { forceCancel: true, forceCancelAfter: undefined },
} as const;
/** What a run has sent, step by step, and what it has read in between. */
interface Story {
  history: CancelHistory;
  readonly state: string;
}
const story = (state: string): Story => ({ history: nothingCancelled, state });
const before = (state: string) => sampleSession(state, { last_update_timestamp: "before" });
const sent = (force: boolean, minutes: number, from?: string) => (so: Story) => ({
  ...so,
  history: cancelSent(so.history, before(from ?? so.state), force, minutesAgo(minutes)),
});
const rejected = (force: boolean, minutes: number, from?: string) => (so: Story) => ({
  ...so,
  history: cancelRejected(so.history, before(from ?? so.state), force, { text: "422 no", nowMs: minutesAgo(minutes) }),
});
const reads = (session: WireSession) => (so: Story) => ({
  ...so,
  history: cancelRead(so.history, session, nowMs),
});
const readsNow = (so: Story) => reads(before(so.state))(so);
/** It was seen in another state, and is back. */
const moves = (so: Story) => readsNow(reads(sampleSession("Elsewhere"))(so));
/** Only its record has changed. */
const changes = (so: Story) => reads(sampleSession(so.state, { last_update_timestamp: "after" }))(so);
const told =
  (...steps: readonly ((so: Story) => Story)[]) =>
  (state: string) =>
    steps.reduce((so, step) => step(so), story(state)).history;

const sentSoFar: Readonly<Record<string, (state: string) => CancelHistory>> = {
  "nothing sent": told(),
  "graceful, just now": told(sent(false, 9.9), readsNow),
  "graceful, 10 min ago": told(sent(false, 10), readsNow),
  "graceful, and the session moved": told(sent(false, 1), moves),
  "graceful, and only its record changed": told(sent(false, 1), changes),
  "graceful, refused just now": told(rejected(false, 9.9), rejected(false, 0.9)),
  "graceful, refused a minute ago": told(rejected(false, 9.9), rejected(false, 1)),
  "graceful, refused for 10 min": told(rejected(false, 10), rejected(false, 0)),
  "graceful, refused in another state": told(rejected(false, 10, "Elsewhere"), rejected(false, 0, "Elsewhere")),
  "both, and the session moved": told(sent(false, 11), sent(true, 1), moves),
  "both, the forced refused in this state": told(sent(false, 11), rejected(true, 0)),
  "both, the forced refused in another state": told(sent(false, 11), moves, rejected(true, 0, "Elsewhere"), moves),
};

const goal = (changes: Partial<CancelGoal> = {}): CancelGoal => ({
  ownsRecord: true,
  ...force["graceful only"],
  nowMs,
  ...changes,
});
const planned = (
  changes: Partial<CancelGoal>,
  session: WireSession | undefined,
  members: readonly WireSession[] = [],
  cancels: CancelHistory = nothingCancelled,
) => planCancel(goal(changes), sampleObserved(session, members, { run: { ...newRun("7"), cancels } }));
const states = table.map(({ when }) => when.state ?? "");
const kindNames = ["non-disruptive volume", "agentless volume", "group"] as const;
const forceNames = ["graceful only", "forceCancelAfter 10 min", "forceCancel"] as const;

describe.each(states)("at %s", (state) => {
  test.each(kindNames)("a %s is cancelled as the tables say, whatever was sent and may be forced", (kind) => {
    const move = rowFor(table, { state: [state] }).decides[kind] ?? "";
    const isCancel = move === "cancel" || move === "being cancelled";
    const cells = forceNames.flatMap((forced) =>
      Object.entries(sentSoFar).map(([soFar, sentIn]) => {
        const row = isCancel ? rowFor(cancelling, { "so far": [soFar], "the session": [shown(state)] }) : undefined;
        const step = planned(force[forced], sampleSession(state, kinds[kind]), [], sentIn(state));
        return { forced, soFar, expected: row?.decides[forced] ?? move, found: brief(step) };
      }),
    );
    expect(cells.filter((cell) => cell.expected !== "-" && cell.expected !== cell.found)).toEqual([]);
    expect(cells).toHaveLength(36);
  });
});

test("the table knows the array's 21 states", () => {
  expect(new Set(states).size).toBe(21);
});

test("what is complete is never cancelled, with whatever force", () => {
  for (const state of ["Import_Completed", "Import_Completed_With_Errors"]) {
    for (const kind of kindNames) {
      expect(planned(force.forceCancel, sampleSession(state, kinds[kind]))).toMatchObject({
        actions: [{ kind: "remove" }],
      });
    }
  }
});

test.each(["Import_Completed", "Import_Completed_With_Errors", "Cancelled", "Failed"])(
  "the record of a session that was adopted stays where it is: %s",
  (state) => {
    const step = planned({ ownsRecord: false }, sampleSession(state));
    expect(step).toMatchObject({ kind: "settled", reason: expect.stringContaining(state) });
  },
);

test("a session that was adopted is cancelled all the same", () => {
  const step = planned({ ownsRecord: false }, sampleSession("Copy_In_Progress"));
  expect(step).toMatchObject({ actions: [{ kind: "cancel", force: false }] });
});

test("a session that is gone is cancelled", () => {
  expect(planned({}, undefined)).toMatchObject({ kind: "settled" });
});

test("a group is known by its members before the array says what its destination is", () => {
  const session = sampleSession("In_Progress");
  expect(planned({}, session, [sampleSession("Queued", { id: "8" })])).toMatchObject({
    actions: [{ kind: "cancel", sessionId: "7" }],
  });
});

describe("a failed group", () => {
  const failed = sampleSession("Failed", kinds.group);
  const left = [sampleSession("Cancelled", { id: "8" }), sampleSession("Paused", { id: "9" })];

  test("of which members are not over is cancelled before its record is removed", () => {
    expect(planned({}, failed, left)).toMatchObject({ actions: [{ kind: "cancel", sessionId: "7", force: false }] });
    expect(planned(force.forceCancel, failed, left)).toMatchObject({ actions: [{ kind: "cancel", force: true }] });
    const over = ["Failed", "Cancelled", "Import_Completed"].map((state) => sampleSession(state, { id: state }));
    expect(planned({}, failed, over)).toMatchObject({ actions: [{ kind: "remove" }] });
  });

  test.each<[string, (state: string) => CancelHistory]>([
    ["it was tried", told(sent(false, 0), moves)],
    ["it was rejected", told(rejected(false, 0))],
    ["it was rejected with force", told(rejected(true, 0))],
  ])("is cancelled once, and its record is removed whatever came of it: %s", (_, soFar) => {
    expect(planned({}, failed, left, soFar("Failed"))).toMatchObject({ actions: [{ kind: "remove" }] });
  });
});

test("a state this release does not know is waited for, and the word is passed on", () => {
  expect(planned(force.forceCancel, sampleSession("Half_Way_There"))).toEqual({
    kind: "wait",
    reason: 'the array reports the state "Half_Way_There", which this release does not know',
  });
});

test("a cleanup is sent once: one that ends where it began has failed, and one that does not show yet has not", () => {
  const session = before("Cleanup_Required");
  expect(planned({}, session)).toMatchObject({ actions: [{ kind: "cleanup", sessionId: "7" }] });
  const underWay = cancelRead(cleanupSent(nothingCancelled, session), session, nowMs);
  expect(planned({}, session, [], underWay)).toMatchObject({ actions: [{ kind: "cleanup" }] });
  const back = cancelRead(cancelRead(underWay, sampleSession("Cleanup_In_Progress"), nowMs), session, nowMs);
  expect(planned({}, session, [], back)).toMatchObject({
    kind: "stuck",
    reason: expect.stringContaining("the cleanup failed"),
  });
});

test("a cancel that failed says why, and how it could be forced", () => {
  const text = "the array answered 422 0xE1: No path.";
  const history = cancelRejected(nothingCancelled, before("Paused"), false, { text, nowMs });
  expect(planned({}, sampleSession("Paused"), [], history)).toMatchObject({
    kind: "stuck",
    reason: "the graceful cancel failed: the array answered 422 0xE1: No path.",
    next: expect.stringMatching(/forceCancel or forceCancelAfter/),
  });
});

describe("a cancel that this run does not know to have been taken", () => {
  const atWork = sampleSession("Cancel_In_Progress");

  test("counts from when the array is first seen at it: of an earlier run, or with a lost answer", () => {
    for (const history of [nothingCancelled, cancelUnclear(nothingCancelled, before("Paused"))]) {
      const seen = cancelRead(cancelRead(history, atWork, minutesAgo(10)), atWork, nowMs);
      expect(seen.graceful).toMatchObject({ kind: "sent", sinceMs: minutesAgo(10) });
      expect(planned(force["forceCancelAfter 10 min"], atWork, [], seen)).toMatchObject({
        actions: [{ kind: "cancel", force: true }],
      });
    }
  });

  test("and that fails is tried again by this run, if it is that of an earlier one", () => {
    const failed = sampleSession("Cancel_Failed");
    const seen = cancelRead(cancelRead(nothingCancelled, atWork, nowMs), failed, nowMs);
    expect(planned({}, failed, [], seen)).toMatchObject({ actions: [{ kind: "cancel", force: false }] });
  });
});

test("a cancel that is tried again after a rejection is another opportunity, and stays that one once it is taken", () => {
  const session = before("Paused");
  const after = cancelRejected(nothingCancelled, session, false, { text: "no", nowMs: minutesAgo(2) });
  const again = planned(force["forceCancelAfter 10 min"], session, [], after);
  expect(again).toMatchObject({ actions: [{ kind: "cancel", rejectedIn: "Paused" }] });
  const taken = cancelRead(cancelSent(after, session, false, nowMs), session, nowMs);
  expect(planned(force["forceCancelAfter 10 min"], session, [], taken)).toEqual(again);
});

function shown(state: string): string {
  if (state === "Cancel_In_Progress") return "is being cancelled";
  return state === "Cancel_Failed" || state === "Cancel_Required" ? "shows a failed cancel" : "can be cancelled";
}

function brief(step: Step<ImportAction>): string {
  if (step.kind !== "act") return step.kind;
  return step.actions.map(nameOf).join(", ");
}

function nameOf(action: ImportAction): string {
  if (action.kind === "cancel") return action.force ? "forced cancel" : "graceful cancel";
  if (action.kind === "cleanup") return "clean up";
  return action.kind === "remove" ? "over" : action.kind;
}

describe("a delete that makes room for another session", () => {
  const deleted = (
    state: string,
    record: Partial<RecordedImport>,
    successor: Partial<ImportSessionInputs> | undefined,
  ) => {
    const operation = {
      kind: "delete",
      successor: successor === undefined ? undefined : sampleInputs(successor),
    } as const;
    const recorded = { id: "7", state: sampleRecord({ state: "Ready_For_Cutover", ...record }) };
    const target = sampleTarget({}, { operation, recorded });
    return planDelete(target, sampleObserved(sampleSession(state)), 0);
  };
  const consent = { copyAgain: "7" };

  test.each(["Copy_In_Progress", "Ready_For_Cutover", "Failed", "Cancelled"])(
    "sends nothing without consent: %s",
    (state) => {
      expect(deleted(state, {}, {})).toMatchObject({ kind: "stuck", next: expect.stringContaining('copyAgain: "7"') });
      expect(deleted(state, {}, consent)).toMatchObject({ kind: "act" });
      expect(deleted(state, {}, undefined)).toMatchObject({ kind: "act" });
    },
  );

  test.each(["Import_Completed", "Import_Completed_With_Errors", "Cutover_In_Progress", "Import_Cutover_Incomplete"])(
    "stops where it sees the import cut over, although there was consent to throw a copy away: %s",
    (state) => {
      expect(deleted(state, {}, consent)).toMatchObject({ kind: "stuck" });
      expect(deleted("Import_Completed", {}, consent)).toHaveProperty("next", expect.stringContaining("copyAgain"));
    },
  );

  test("removes the record of a completed import only with consent to that", () => {
    expect(deleted("Import_Completed", { state: "Import_Completed" }, {})).toMatchObject({ kind: "stuck" });
    expect(deleted("Import_Completed", { state: "Import_Completed" }, consent)).toMatchObject({
      actions: [{ kind: "remove" }],
    });
    expect(deleted("Import_Completed", {}, undefined)).toMatchObject({ actions: [{ kind: "remove" }] });
  });

  test.each(["Copy_In_Progress", "Ready_For_Cutover", "Failed"])(
    "releases an adopted session as it is: %s",
    (state) => {
      for (const successor of [{}, consent, { sessionId: "7" }])
        expect(deleted(state, { adopted: true }, successor)).toEqual({
          kind: "settled",
          reason: `adopted session 7 is released as it is (${state})`,
        });
      expect(deleted("Copy_In_Progress", { adopted: true }, undefined)).toMatchObject({
        actions: [{ kind: "cancel" }],
      });
    },
  );
});
