import type { Lifecycle } from "../../core/lifecycle.ts";
import { look } from "../../core/look.ts";
import { resourceNameOf } from "../../core/resource-name.ts";
import { sessionsText } from "../client.ts";
import type { EternusArray } from "../connect.ts";
import { driveGroup } from "./drive.ts";
import { givingBack, goalsOf } from "./goal.ts";
import {
  type RecSessionGroupInputs,
  recordedGroupInputs,
  recSessionGroupInputNames,
  recSessionGroupInputs,
} from "./inputs.ts";
import { openLedger } from "./ledger.ts";
import { withSent } from "./ledger-look.ts";
import { memberOf } from "./member.ts";
import { observeSessions } from "./observe.ts";
import { preflightGroup } from "./preflight.ts";
import { recordOf } from "./record.ts";
import { announceGroup, recordedStakes, reviewGroup } from "./review.ts";
import { foundOf, type RecordedGroup, recSessionGroupState, unfinishedSuspends } from "./state.ts";

/** How a REC session group lives: suspended or resumed together, read, changed, and given back the way it was found. */
export function recSessionGroupLifecycle(
  arrays: (name: string | undefined) => EternusArray,
): Lifecycle<RecSessionGroupInputs, RecordedGroup> {
  return {
    inputs: recSessionGroupInputs,
    inputNames: recSessionGroupInputNames,
    recordedInputs: recordedGroupInputs,
    state: recSessionGroupState,
    preflight: (inputs, nowMs, signal) => preflightGroup(arrays(inputs.array), inputs, nowMs, signal),
    announce: announceGroup,
    review: reviewGroup,

    async create(inputs, run, record) {
      const { name: id } = resourceNameOf(inputs.resourceUrn);
      const task = { attempted: attempted(inputs), goals: goalsOf(inputs, []), before: undefined, said: [] };
      return { id, state: await driveGroup(arrays(inputs.array), task, run, (state) => record({ id, state })) };
    },

    async read({ id, state }, inputs, run) {
      const array = arrays(inputs.array);
      const goals = goalsOf(inputs, state.sessions);
      const ids = [...goals.keys()];
      const what = { attempted: `read ${sessionsText(ids)}`, on: array.title };
      const sessions = await look(what, (signal) => observeSessions(array.client, ids, signal), run);
      if (sessions.size === 0) return undefined;
      const found = new Map(state.sessions.map((session) => [session.id, foundOf(session)]));
      const members = [...goals].map(([sessionId, goal]) =>
        memberOf(sessionId, goal, sessions.get(sessionId), found.get(sessionId)),
      );
      const ledger = openLedger(unfinishedSuspends(state.sessions));
      return { id, state: recordOf(withSent(ledger, members), ledger, state, run.clock.nowMs()) };
    },

    async update({ id, state }, inputs, run, record) {
      const task = {
        attempted: attempted(inputs),
        goals: goalsOf(inputs, state.sessions),
        before: state,
        said: recordedStakes(inputs, state),
      };
      const remember = (changed: RecordedGroup) => record({ id, state: changed });
      return { id, state: await driveGroup(arrays(inputs.array), task, run, remember) };
    },

    async delete({ state }, inputs, run) {
      const goals = givingBack(state.sessions);
      const task = { attempted: `give back ${sessionsText([...goals.keys()])}`, goals, before: state, said: [] };
      await driveGroup(arrays(inputs.array), task, run, () => {});
    },
  };
}

function attempted(inputs: RecSessionGroupInputs): string {
  const verb = (inputs.targetState ?? "Suspend") === "Suspend" ? "suspend" : "resume";
  return `${verb} ${sessionsText(inputs.copySessionIds)}`;
}
