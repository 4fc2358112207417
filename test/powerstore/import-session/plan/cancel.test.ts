import { describe, expect, test } from "vitest";
import type { Step } from "../../../../provider/core/reconcile/step.ts";
import type { CancelAction } from "../../../../provider/powerstore/import-session/plan/actions.ts";
import {
  type CancelGoal,
  planCancelling,
  type SentCancels,
} from "../../../../provider/powerstore/import-session/plan/cancel.ts";
import { sampleSession } from "../samples.ts";
import { decisionTable, rowFor } from "./decision-table.ts";

// How a session is taken back, by its kind. The REST text allows a cancel of a non-disruptive volume in few states; the import guide's tables of manual
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
  "graceful only": { forceAtOnce: false, forceAfterMs: undefined },
  "forceCancelAfter 10 min": { forceAtOnce: false, forceAfterMs: 600_000 },
  forceCancel: { forceAtOnce: true, forceAfterMs: undefined },
} as const;
const refusal = (state: string, sinceMin: number, lastMin: number) => ({
  state,
  text: "422 no",
  sinceMs: minutesAgo(sinceMin),
  atMs: minutesAgo(lastMin),
});
const sentSoFar: Readonly<Record<string, (state: string) => SentCancels>> = {
  "nothing sent": () => ({}),
  "graceful, just now": () => ({ gracefulAtMs: minutesAgo(9.9), moved: false }),
  "graceful, 10 min ago": () => ({ gracefulAtMs: minutesAgo(10), moved: false }),
  "graceful, and the session moved": () => ({ gracefulAtMs: minutesAgo(1), moved: true, leftState: true }),
  "graceful, and only its record changed": () => ({ gracefulAtMs: minutesAgo(1), moved: true, leftState: false }),
  "graceful, refused just now": (state) => ({ gracefulRefusal: refusal(state, 9.9, 0.9) }),
  "graceful, refused a minute ago": (state) => ({ gracefulRefusal: refusal(state, 9.9, 1) }),
  "graceful, refused for 10 min": (state) => ({ gracefulRefusal: refusal(state, 10, 0) }),
  "graceful, refused in another state": () => ({ gracefulRefusal: refusal("Elsewhere", 10, 0) }),
  "both, and the session moved": () => ({ gracefulAtMs: minutesAgo(11), forced: true, moved: true, leftState: true }),
  "both, the forced refused in this state": (state) => ({
    gracefulAtMs: minutesAgo(11),
    forcedRefusal: refusal(state, 1, 0),
  }),
  "both, the forced refused in another state": () => ({
    gracefulAtMs: minutesAgo(11),
    moved: true,
    leftState: true,
    forcedRefusal: refusal("Elsewhere", 1, 0),
  }),
};

const withdraw = (changes: Partial<CancelGoal> = {}): CancelGoal => ({
  ownsRecord: true,
  ...force["graceful only"],
  sent: {},
  nowMs,
  ...changes,
});
const states = table.map(({ when }) => when.state ?? "");
const kindNames = ["non-disruptive volume", "agentless volume", "group"] as const;
const forceNames = ["graceful only", "forceCancelAfter 10 min", "forceCancel"] as const;

describe.each(states)("at %s", (state) => {
  test.each(kindNames)("a %s is taken back as the tables say, whatever was sent and may be forced", (kind) => {
    const move = rowFor(table, { state: [state] }).decides[kind] ?? "";
    const isCancel = move === "cancel" || move === "being cancelled";
    const cells = forceNames.flatMap((forced) =>
      Object.entries(sentSoFar).map(([soFar, sentIn]) => {
        const row = isCancel ? rowFor(cancelling, { "so far": [soFar], "the session": [shown(state)] }) : undefined;
        const observed = { session: sampleSession(state, kinds[kind]), members: [] };
        const step = planCancelling(withdraw({ ...force[forced], sent: sentIn(state) }), observed);
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
      const observed = { session: sampleSession(state, kinds[kind]), members: [] };
      expect(planCancelling(withdraw(force.forceCancel), observed)).toMatchObject({ actions: [{ name: "remove" }] });
    }
  }
});

test.each(["Import_Completed", "Import_Completed_With_Errors", "Cancelled", "Failed"])(
  "the record of a session that was adopted stays where it is: %s",
  (state) => {
    const step = planCancelling(withdraw({ ownsRecord: false }), { session: sampleSession(state), members: [] });
    expect(step).toMatchObject({ kind: "settled", reason: expect.stringContaining(state) });
  },
);

test("a session that was adopted is cancelled all the same", () => {
  const step = planCancelling(withdraw({ ownsRecord: false }), {
    session: sampleSession("Copy_In_Progress"),
    members: [],
  });
  expect(step).toMatchObject({ actions: [{ name: "cancel", force: false }] });
});

test("a session that is gone is taken back", () => {
  expect(planCancelling(withdraw(), { session: undefined, members: [] })).toMatchObject({ kind: "settled" });
});

test("a group is known by its members before the array says what its destination is", () => {
  const session = sampleSession("In_Progress");
  expect(planCancelling(withdraw(), { session, members: [sampleSession("Queued", { id: "8" })] })).toMatchObject({
    actions: [{ name: "cancel", sessionId: "7" }],
  });
});

describe("a failed group", () => {
  const failed = sampleSession("Failed", kinds.group);
  const left = {
    session: failed,
    members: [sampleSession("Cancelled", { id: "8" }), sampleSession("Paused", { id: "9" })],
  };

  test("of which members are not over is cancelled before its record is removed", () => {
    expect(planCancelling(withdraw(), left)).toMatchObject({
      actions: [{ name: "cancel", sessionId: "7", force: false }],
    });
    const forced = planCancelling(withdraw(force.forceCancel), left);
    expect(forced).toMatchObject({ actions: [{ name: "cancel", force: true }] });
    const over = ["Failed", "Cancelled", "Import_Completed"].map((state) => sampleSession(state, { id: state }));
    expect(planCancelling(withdraw(), { session: failed, members: over })).toMatchObject({
      actions: [{ name: "remove" }],
    });
  });

  test.each<SentCancels>([
    { gracefulAtMs: nowMs, moved: true },
    { gracefulRefusal: refusal("Failed", 0, 0) },
    { forcedRefusal: refusal("Failed", 0, 0) },
  ])("is cancelled once, and its record is removed whatever came of it: %j", (sent) => {
    expect(planCancelling(withdraw({ sent }), left)).toMatchObject({ actions: [{ name: "remove" }] });
  });
});

test("a state this release does not know is waited for, and the word is passed on", () => {
  expect(
    planCancelling(withdraw(force.forceCancel), { session: sampleSession("Half_Way_There"), members: [] }),
  ).toEqual({
    kind: "wait",
    reason: 'the array reports the state "Half_Way_There", which this release does not know',
  });
});

test("a cleanup is sent once: one that ends where it began has failed", () => {
  const session = sampleSession("Cleanup_Required");
  expect(planCancelling(withdraw(), { session, members: [] })).toMatchObject({
    actions: [{ name: "cleanup", sessionId: "7" }],
  });
  expect(planCancelling(withdraw({ sent: { cleanedUp: true } }), { session, members: [] })).toMatchObject({
    kind: "stuck",
    reason: expect.stringContaining("the cleanup failed"),
  });
});

test("a cancel that failed says why, and how it could be forced", () => {
  const sent = { gracefulRefusal: { ...refusal("Paused", 0, 0), text: "the array answered 422 0xE1: No path." } };
  expect(planCancelling(withdraw({ sent }), { session: sampleSession("Paused"), members: [] })).toMatchObject({
    kind: "stuck",
    reason: "the graceful cancel failed: the array answered 422 0xE1: No path.",
    next: expect.stringMatching(/forceCancel or forceCancelAfter/),
  });
});

function shown(state: string): string {
  if (state === "Cancel_In_Progress") return "is being cancelled";
  return state === "Cancel_Failed" || state === "Cancel_Required" ? "shows a failed cancel" : "can be cancelled";
}

function brief(step: Step<CancelAction>): string {
  if (step.kind !== "act") return step.kind;
  return step.actions.map(nameOf).join(", ");
}

function nameOf(act: CancelAction): string {
  switch (act.name) {
    case "cancel":
      return act.force ? "forced cancel" : "graceful cancel";
    case "cleanup":
      return "clean up";
    case "remove":
      return "over";
  }
}
