import { isSameAddress } from "../../core/array/connection.ts";
import type { ArrayObject } from "../../core/array-object.ts";
import type { Findings, Recorded, Resource } from "../../core/resource.ts";
import { resourceNameOf } from "../../core/text/urn.ts";
import type { EternusArray } from "../connect.ts";
import { outputsOf } from "./act/outputs.ts";
import { progressOf } from "./act/progress.ts";
import { send } from "./act/send.ts";
import { openCommandLog } from "./commands/command-log.ts";
import { observeJobs, tidyUp } from "./commands/observe-jobs.ts";
import {
  type RecSessionGroupInputs,
  recordedGroupInputs,
  recSessionGroupInputNames,
  recSessionGroupInputs,
} from "./inputs.ts";
import { allNamed, sessionKey, unnamedId } from "./naming.ts";
import { watchBothSides } from "./observe/both-sides.ts";
import { confirmArray } from "./observe/same-array.ts";
import { observeSessions } from "./observe/sessions.ts";
import { actionsText, dedupeKeyOf, entriesOf, type GroupAction } from "./plan/actions.ts";
import { nextGroup } from "./plan/next.ts";
import { type ObservedGroup, planObserved } from "./plan/observed.ts";
import { concernedIds, goalsFor, observedGroup } from "./plan/sight.ts";
import { type GroupTarget, recordFor } from "./plan/target.ts";
import { warningsOf } from "./plan/warnings.ts";
import { diffGroup, meantAlready } from "./preview/diff.ts";
import { findingsOf } from "./preview/preflight.ts";
import { isAtRest, type RecordedGroup, recordedText, recSessionGroupState, sessionOf, visibleOf } from "./recorded.ts";

type GroupResource = Resource<RecSessionGroupInputs, RecordedGroup, ObservedGroup, GroupAction>;

/** A REC session group: suspended or resumed together, read, changed, and restored to the way it was found. */
export function recSessionGroupResource(arrays: (name: string | undefined) => EternusArray): GroupResource {
  const arrayOf = ({ inputs }: GroupTarget) => arrays(inputs.array);
  const observe = observing(arrayOf, watchBothSides());
  return {
    schemas: {
      inputs: recSessionGroupInputs,
      inputNames: recSessionGroupInputNames,
      recordedInputs: recordedGroupInputs,
      recorded: recSessionGroupState,
      meaning: (inputs) => ({ ...inputs, copySessionIds: inputs.copySessionIds.toSorted((one, other) => one - other) }),
      visible: visibleOf,
      recordedText: ({ state }) => recordedText(state),
      attempted: attemptedText,
    },
    actions: {
      dedupeKey: dedupeKeyOf,
      planText: (actions) => actionsText(actions),
      warnings: warningsOf,
      entries: (actions, { members }, { inputs }) => entriesOf(actions, members, inputs.change),
      about: ({ ids }) => ids.map(sessionKey),
      send: (action, observed, target, sending) => send(arrayOf(target).client, action, observed, sending),
    },
    objects: async (target) => groupObjects(target),
    open: ({ array }) => arrays(array),
    observe,
    assume: assumeGroup,
    plan: (_, observed, { nowMs }) => planObserved(observed, nowMs),
    planDelete: (_, observed, { nowMs }) => planObserved(observed, nowMs),
    next: (observed, step) => nextGroup(observed, step),
    record: recordGroup,
    progress: progressOf,
    preview: {
      async preflight(target, reading): Promise<Findings<ObservedGroup>> {
        // What is certain to fail of an update its diff shows, which knows how the sessions were found.
        if (target.operation.kind === "update") return { refusals: [], warnings: [] };
        return findingsOf(await observe(target, undefined, reading), target);
      },
      meantAlready: async (question) => meantAlready(question),
      diff(question) {
        const { target } = question;
        return diffGroup(question, { attempted: attemptedText(target), on: arrays(question.before.array).title });
      },
      keeps: (recorded, inputs, successor) =>
        isSameAddress(arrays, inputs.array, successor.array) ? keptOf(recorded, successor) : [],
    },
  };
}

/** The copy sessions that a group drives, one by one: those of its record for a delete, otherwise those that it lists, and those on record that are to be resumed. */
function groupObjects({ inputs, operation, recorded }: GroupTarget): ArrayObject[] {
  const recordedIds = recorded?.state.sessions.map(({ id }) => id) ?? [];
  const objectOf = (property: string) => (id: number, index: number) => {
    return { key: sessionKey(id), text: sessionKey(id), property: `${property}[${index}]` };
  };
  if (operation.kind === "delete") return recordedIds.map(objectOf("copySessionIds"));
  const resumed = inputs.resume.map(objectOf("resume")).filter((_, index) => {
    return recordedIds.some((id) => id === inputs.resume[index]);
  });
  return [...inputs.copySessionIds.map(objectOf("copySessionIds")), ...resumed];
}

/** What the group that replaces another on the same array keeps of it: all that it does not say to resume. What it does not list is let go. */
const keptOf = ({ state }: Recorded<RecordedGroup>, successor: RecSessionGroupInputs): string[] => {
  return state.sessions.flatMap(({ id }) => (successor.resume.includes(id) ? [] : [sessionKey(id)]));
};

/** One read of the jobs that concern the group, then of its sessions. */
const observing =
  (
    arrayOf: (target: GroupTarget) => EternusArray,
    mirrorsOf: ReturnType<typeof watchBothSides>,
  ): GroupResource["observe"] =>
  async (target, before, reading) => {
    const { client, title, settings } = arrayOf(target);
    const driven = [...goalsFor(target).keys()].filter((id) => id !== unnamedId);
    const ids = before === undefined ? concernedIds(target) : driven;
    const log = before?.log ?? recordedLog(target);
    // Whose a job is shows only when a run continues it: a refresh records none.
    const jobs =
      target.operation.kind === "read" ? { log, ended: [] } : await observeJobs(client, log, driven, reading);
    if (!target.isPreview) await tidyUp(client, jobs.ended, reading.signal);
    const sessions = await observeSessions(client, ids, reading.signal);
    confirmArray(knownOf(target, ids), sessions, { attempted: attemptedText(target), on: title });
    const own = driven.flatMap((id) => sessions.get(id) ?? []);
    const mirrors = target.operation.kind === "delete" ? [] : mirrorsOf(target.urn, settings.origin, own);
    const observed = observedGroup(target, {
      log: jobs.log,
      previous: before === undefined ? recordFor(target) : outputsOf(before, before.readMs),
      readMs: reading.nowMs,
      sessionFor: (id) => (id === unnamedId ? "not read" : sessions.get(id)),
      before: before?.members ?? [],
      leaving: before?.leaving,
    });
    return { ...observed, mirrors };
  };

/** The sessions whose pairs show whether this is the array of the group. A record without sessions knows that those listed were there. */
function knownOf(target: GroupTarget, ids: readonly number[]) {
  const recorded = recordFor(target)?.sessions ?? [];
  if (recorded.length > 0) return recorded.filter(({ id }) => ids.includes(id));
  return target.operation.kind === "read" ? ids.map((id) => ({ id, pair: {} })) : [];
}

/** The group as it was recorded. What is not recorded is taken to need what is declared. */
function assumeGroup(target: GroupTarget): ObservedGroup {
  const previous = recordFor(target);
  const recorded = previous?.sessions ?? [];
  return observedGroup(target, {
    log: recordedLog(target),
    previous,
    readMs: 0,
    sessionFor(id, { modes }) {
      const known = recorded.find((session) => session.id === id);
      if (known === undefined) return "not read";
      const session = sessionOf(known);
      // Modes are recorded only where they were declared.
      const { splitMode = modes.splitMode, recoveryMode = modes.recoveryMode } = session ?? {};
      return session && { ...session, splitMode, recoveryMode };
    },
    before: [],
  });
}

const recordGroup: GroupResource["record"] = (observed, target, { entries, step, nowMs }) => {
  // A group that could not come to be in the first place leaves nothing to remember.
  if (step?.kind === "stuck" && observed.previous === undefined) return undefined;
  const id = target.recorded?.id ?? resourceNameOf(target.urn).name;
  return { id, state: { ...outputsOf(observed, nowMs), actions: [...entries] } };
};

/** What an earlier run has begun: suspends that it started, and did not see the end of. */
function recordedLog(target: GroupTarget) {
  const recorded = recordFor(target);
  const goals = goalsFor(target);
  const unfinished = (recorded?.sessions ?? []).flatMap((session) => {
    if (session.suspendedBy === undefined || isAtRest(session) || !goals.has(session.id)) return [];
    return [[session.id, session.suspendedBy] as const];
  });
  return openCommandLog(unfinished, recorded === undefined);
}

function attemptedText(target: GroupTarget): string {
  const { operation, inputs } = target;
  const ids = allNamed(operation.kind === "delete" ? [...goalsFor(target).keys()] : inputs.copySessionIds);
  if (operation.kind === "read") return `read ${ids}`;
  if (operation.kind === "delete") return `restore ${ids}`;
  return `${inputs.targetState === "Suspend" ? "suspend" : "resume"} ${ids}`;
}
