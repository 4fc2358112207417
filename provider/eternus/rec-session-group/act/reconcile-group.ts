import { etaEstimator, shownLeftMs } from "../../../core/reconcile/eta.ts";
import { pollIntervalMs } from "../../../core/reconcile/pause.ts";
import { reconcile } from "../../../core/reconcile/reconcile.ts";
import type { Run } from "../../../core/reconcile/run.ts";
import { stallLimitsOf } from "../../../core/reconcile/stall.ts";
import type { EternusArray } from "../../connect.ts";
import { graceMs, openCommandLog } from "../commands/command-log.ts";
import { afterLook, withSent } from "../commands/enter-sessions.ts";
import { observeJobs, observeSessions } from "../observe/sessions.ts";
import { type Action, actionsText, dedupeKeyOf } from "../plan/actions.ts";
import type { Goal } from "../plan/goal.ts";
import { planGroup } from "../plan/group.ts";
import { type Member, memberOf } from "../plan/member.ts";
import { leftovers, warningsOf } from "../preview/warnings.ts";
import { originalOf, type RecordedGroup, unfinishedSuspends } from "../recorded.ts";
import { trailFrom } from "./group-log.ts";
import { recordOf } from "./outputs.ts";
import { movementOf, progressText, shownText, sightOf } from "./progress.ts";
import { send } from "./send.ts";

/** What a run is about. */
export interface Task {
  /** As a verb phrase, for errors: `suspend copy sessions 1, 2`. */
  readonly attempted: string;
  readonly goals: ReadonlyMap<number, Goal>;
  /** What is recorded; undefined for a new group. */
  readonly before: RecordedGroup | undefined;
}

/** Brings every session to its goal, from wherever it is. Suspending, resuming, going on after an interruption and giving back: all the same loop. */
export async function reconcileGroup(
  array: EternusArray,
  { attempted, goals, before }: Task,
  run: Run,
  record: (state: RecordedGroup) => void,
): Promise<RecordedGroup> {
  const ids = [...goals.keys()];
  const found = new Map((before?.sessions ?? []).map((session) => [session.id, originalOf(session)]));
  let ledger = openCommandLog(unfinishedSuspends(before?.sessions ?? []), before === undefined);
  let state = before;
  const forecast = etaEstimator();
  const trail = trailFrom(before?.actions ?? []);
  let leftMs: number | undefined;
  const announced = new Set<number>();

  const remember = (members: readonly Member[]) => {
    state = { ...recordOf(members, ledger, state, run.clock.nowMs()), actions: [...trail.actions] };
    record(state);
    return state;
  };

  const { observed } = await reconcile<readonly Member[], Action>(
    {
      attempted,
      on: array.title,
      lostAnswerGraceMs: graceMs,
      async observe(signal) {
        trail.looked();
        ledger = await observeJobs(array.client, ledger, ids, signal, run.clock);
        const sessions = await observeSessions(array.client, ids, signal);
        const seen = [...goals].map(([id, goal]) => memberOf(id, goal, sessions.get(id), found.get(id)));
        ledger = afterLook(ledger, seen, run.clock.nowMs());
        const members = withSent(ledger, seen);
        for (const member of members) if (member.original !== undefined) found.set(member.id, member.original);
        leftMs = forecast(sightOf(members, run.clock.nowMs()));
        return members;
      },
      plan: (members) => planGroup(members, run.clock.nowMs()),
      dedupeKey: dedupeKeyOf,
      async send(act, members, confirm) {
        const { entered, remark, error } = await send(array.client, act, members, run.clock, confirm);
        ledger = entered(ledger);
        trail.sent(act, members, run.clock.nowMs(), remark);
        // The number of a job must not be lost, whatever happens before the next look.
        remember(withSent(ledger, members));
        if (error !== undefined) throw error;
      },
      pollIntervalMs: (_, looks) => pollIntervalMs(array.settings, looks, leftMs),
      // A command becomes a job, and that takes a moment.
      showsAfterMs: array.settings.pollMinimumMs,
      waitForNextPoll: array.polls.waitForNextPoll,
      semaphore: array.semaphore,
      shown: shownText,
      actionsText: actionsText,
      progressMarker: movementOf,
      stallLimits: stallLimitsOf(array.settings),
      onStep(members, step) {
        run.progress(...progressText(members, step, shownLeftMs(sightOf(members, run.clock.nowMs()), leftMs)));
        // A group that could not come to be in the first place leaves nothing to remember.
        if (step.kind !== "stuck" || state !== undefined) remember(members);
        const acts = step.kind === "act" ? step.actions : [];
        const concerned = members.filter(
          ({ id }) => !announced.has(id) && acts.some(({ ids }) => ids.some((one) => one === id)),
        );
        for (const { id } of concerned) announced.add(id);
        for (const stake of warningsOf(concerned, state?.sessions ?? [])) run.warn(stake);
      },
    },
    run,
  );
  const last = remember(observed);
  for (const leftover of leftovers(observed, last, before === undefined)) run.warn(leftover);
  return last;
}
