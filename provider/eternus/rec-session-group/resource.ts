import type { Lifecycle, Recorded } from "../../core/lifecycle.ts";
import { readWithRetry } from "../../core/reconcile/read-with-retry.ts";
import { resourceNameOf } from "../../core/text/urn.ts";
import { sessionsText } from "../client.ts";
import type { EternusArray } from "../connect.ts";
import { recordOf } from "./act/outputs.ts";
import { reconcileGroup } from "./act/reconcile-group.ts";
import { openCommandLog } from "./commands/command-log.ts";
import { withSent } from "./commands/enter-sessions.ts";
import {
  type RecSessionGroupInputs,
  recordedGroupInputs,
  recSessionGroupInputNames,
  recSessionGroupInputs,
} from "./inputs.ts";
import { observeSessions } from "./observe/sessions.ts";
import { attemptedText, goalsOf, restoring } from "./plan/goal.ts";
import { memberOf } from "./plan/member.ts";
import { announceGroup } from "./preview/announce.ts";
import { reviewGroup } from "./preview/diff.ts";
import { partlyKnownStakes } from "./preview/partly-known.ts";
import { preflightGroup } from "./preview/preflight.ts";
import { originalOf, type RecordedGroup, recordedText, recSessionGroupState, unfinishedSuspends } from "./recorded.ts";

/** How a REC session group lives: suspended or resumed together, read, changed, and given back the way it was found. */
export function recSessionGroupLifecycle(
  arrays: (name: string | undefined) => EternusArray,
): Lifecycle<RecSessionGroupInputs, RecordedGroup> {
  return {
    inputs: recSessionGroupInputs,
    inputNames: recSessionGroupInputNames,
    recordedInputs: recordedGroupInputs,
    state: recSessionGroupState,
    recordedText: ({ state }) => recordedText(state),
    preflightMode: ({ array }) => arrays(array).settings.preflight,
    preflight: (inputs, ...when) => preflightGroup(arrays(inputs.array), inputs, ...when),
    announce: announceGroup,
    announcePartly: ({ known }) => ({ warnings: partlyKnownStakes(known) }),
    review: reviewGroup,

    async create(inputs, run, record) {
      const { name: id } = resourceNameOf(inputs.resourceUrn);
      const task = { attempted: attemptedText(inputs), goals: goalsOf(inputs, []), before: undefined };
      return { id, state: await reconcileGroup(arrays(inputs.array), task, run, (state) => record({ id, state })) };
    },

    observe: (recorded, inputs, signal) => observeGroup(arrays(inputs.array), recorded, inputs, signal),

    read(recorded, inputs, run) {
      const array = arrays(inputs.array);
      const what = { attempted: `read ${sessionsText(inputs.copySessionIds)}`, on: array.title };
      return readWithRetry(what, (signal) => observeGroup(array, recorded, inputs, signal), run);
    },

    async update({ id, state }, inputs, run, record) {
      const task = {
        attempted: attemptedText(inputs),
        goals: goalsOf(inputs, state.sessions),
        before: state,
      };
      const remember = (changed: RecordedGroup) => record({ id, state: changed });
      return { id, state: await reconcileGroup(arrays(inputs.array), task, run, remember) };
    },

    async delete({ state }, inputs, run) {
      const goals = restoring(state.sessions);
      const task = { attempted: `give back ${sessionsText([...goals.keys()])}`, goals, before: state };
      await reconcileGroup(arrays(inputs.array), task, run, () => {});
    },
  };
}

/** What is recorded, brought up to now. @returns undefined when the array has none of the sessions any more */
async function observeGroup(
  array: EternusArray,
  { id, state }: Recorded<RecordedGroup>,
  inputs: RecSessionGroupInputs,
  signal: AbortSignal,
): Promise<Recorded<RecordedGroup> | undefined> {
  const goals = goalsOf(inputs, state.sessions);
  const sessions = await observeSessions(array.client, [...goals.keys()], signal);
  if (sessions.size === 0) return undefined;
  const found = new Map(state.sessions.map((session) => [session.id, originalOf(session)]));
  const members = [...goals].map(([sessionId, goal]) =>
    memberOf(sessionId, goal, sessions.get(sessionId), found.get(sessionId)),
  );
  const ledger = openCommandLog(unfinishedSuspends(state.sessions));
  return { id, state: recordOf(withSent(ledger, members), ledger, state, array.nowMs()) };
}
