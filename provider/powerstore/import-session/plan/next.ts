import type { Step } from "../../../core/reconcile/step.ts";
import type { WireSession } from "../../wire.ts";
import { type ObservedImport, type RunMemory, runAfterRead } from "../observed.ts";
import { type ImportSessionState, isDeadEnd, isKnownState, stateAfter } from "../states.ts";
import type { ImportTarget } from "../target.ts";
import { type ImportAction, rowOf } from "./actions.ts";
import { wireMoment } from "./create-body.ts";
import { isPassing } from "./forward.ts";
import { isGroupAtWork } from "./group.ts";
import { runAfterSent } from "./sent.ts";

/** What the array will show after this step, where it goes its normal way. Undefined where nobody can tell, and where nothing more comes. */
export function nextObserved(
  observed: ObservedImport,
  step: Step<ImportAction>,
  target: ImportTarget,
): ObservedImport | undefined {
  if (step.kind === "wait") return afterWait(observed, target);
  if (step.kind !== "act") return undefined;
  return step.actions.reduce((shown, action) => afterAction(shown, action, target), observed);
}

function afterWait(observed: ObservedImport, target: ImportTarget): ObservedImport | undefined {
  const { session, members, run } = observed;
  if (session === undefined) return undefined;
  const cutsOver = session.automatic_cutover === true || target.inputs.automaticCutover === true;
  if (isGroupAtWork(observed)) return afterGroupWait(observed, session, cutsOver);
  const moved = members.map((member) => afterOwnWait(member, session));
  const end = members.length > 0 ? groupEnd(session.state, members, moved) : volumeEnd(session, run);
  const after = end ?? stateAfter(session.state);
  return after && showing(observed, inState(session, passed(after, cutsOver)), moved);
}

/** Ready for a cutover that the array begins at once. */
function passed(state: ImportSessionState, cutsOver: boolean): ImportSessionState {
  return cutsOver && state === "Ready_For_Cutover" ? "Cutover_In_Progress" : state;
}

/** An import that the array rolls back after a failure ends as failed, whatever cancel is sent meanwhile. One that a cancel ends is cancelled. */
function volumeEnd({ state, error }: WireSession, { cancels }: RunMemory): ImportSessionState | undefined {
  const { before = { state } } = cancels;
  return state === "Cancel_In_Progress" && before.state === state && error !== undefined ? "Failed" : undefined;
}

/** The members of a group at work get on one by one; the group follows when all of them are ready, or when one has failed. */
function afterGroupWait(observed: ObservedImport, group: WireSession, cutsOver: boolean): ObservedImport | undefined {
  const { members } = observed;
  const failed = members.filter(({ state }) => isKnownState(state) && isDeadEnd(state));
  if (failed.length > 0) {
    const after = failed.some(({ state }) => state === "Cancel_Required") ? "Cancel_Required" : "Cleanup_In_Progress";
    return showing(observed, inState(group, after), members);
  }
  const moved = members.map(memberAfterWait);
  if (moved.every(({ state }) => state === "Ready_For_Cutover")) {
    const after = passed("Ready_For_Cutover", cutsOver);
    const followed = moved.map((member) => inState(member, after));
    return showing(observed, inState(group, after), followed);
  }
  return moved.every((member, index) => member === members[index]) ? undefined : showing(observed, group, moved);
}

/** A member that waits for a person, for its group or for nothing stays where it is. */
function memberAfterWait(member: WireSession): WireSession {
  return inState(member, isPassing(member, false) ? stateAfter(member.state) : undefined);
}

/** A member whose group is not at work moves with it, or ends what it is at. */
function afterOwnWait(member: WireSession, group: WireSession): WireSession {
  const isEnding = ["Cutover_In_Progress", "Cancel_In_Progress", "Cleanup_In_Progress"].includes(member.state);
  return inState(member, isEnding || member.state === group.state ? stateAfter(member.state) : undefined);
}

/** Where a group ends, by what has become of its members. Undefined: as any session does. */
function groupEnd(
  state: string,
  before: readonly WireSession[],
  after: readonly WireSession[],
): ImportSessionState | undefined {
  const some = (members: readonly WireSession[], ...words: readonly ImportSessionState[]) =>
    members.some((member) => words.some((word) => word === member.state));
  const isImported = some(after, "Import_Completed");
  switch (state) {
    case "Cutover_In_Progress":
      if (some(after, "Ready_For_Cutover")) return "Import_Cutover_Incomplete";
      if (after.every((member) => member.state === "Import_Completed")) return undefined;
      return isImported ? "Import_Completed_With_Errors" : "Failed";
    case "Cancel_In_Progress":
      if (some(after, "Failed", "Cancel_Required", "Cleanup_Required")) return "Cancel_Failed";
      return isImported ? "Import_Completed_With_Errors" : undefined;
    case "Cleanup_In_Progress":
      if (!some(after, "Cleanup_Required")) return undefined;
      return some(before, "Cleanup_In_Progress") ? "Cleanup_Failed" : "Cleanup_Required";
    default:
      return undefined;
  }
}

function afterAction(observed: ObservedImport, action: ImportAction, target: ImportTarget): ObservedImport {
  const { session, members } = observed;
  const after = rowOf(action).leadsTo(action);
  const taken = { kind: "taken", made: "", nowMs: notYetMs } as const;
  const sent = { ...observed, run: runAfterSent(observed.run, session, action, taken) };
  if (action.kind === "create") return showing(sent, createdSession(target, action, after), []);
  if (session === undefined || after === undefined) return showing(sent, undefined, []);
  if (action.sessionId !== session.id) {
    const moved = members.map((member) => inState(member, member.id === action.sessionId ? after : undefined));
    return showing(sent, session, moved);
  }
  const moved = members.map((member) => inState(member, followsGroup(action, member) ? after : undefined));
  // A group that is resumed is as far as its members.
  const own = action.kind === "resume" && members.length > 0 ? "In_Progress" : after;
  const start = action.kind === "reschedule" ? { scheduled_timestamp: wireMoment(action.startMs) } : {};
  return showing(sent, { ...inState(session, own), ...start }, moved);
}

/** A session that does not exist yet has no id, and nobody knows yet whether it is a group. */
function createdSession({ inputs }: ImportTarget, { startMs }: ImportAction<"create">, state = "Queued"): WireSession {
  return {
    id: "",
    state,
    type: inputs.type,
    source_resource_id: inputs.sourceResourceId,
    automatic_cutover: inputs.automaticCutover,
    scheduled_timestamp: startMs === undefined ? undefined : wireMoment(startMs),
  };
}

/** The members that an action on their group moves. */
function followsGroup({ kind }: ImportAction, { state }: WireSession): boolean {
  if (kind === "cancel" || kind === "cleanup") return state !== "Import_Completed" && state !== "Cancelled";
  return state === followers[kind];
}

const followers: Readonly<Partial<Record<ImportAction["kind"], ImportSessionState>>> = {
  reschedule: "Scheduled",
  pause: "Copy_In_Progress",
  resume: "Paused",
  cutover: "Ready_For_Cutover",
};

/** What a run remembers of it, as if the array had been read. */
function showing(
  observed: ObservedImport,
  session: WireSession | undefined,
  members: readonly WireSession[],
): ObservedImport {
  return { ...observed, session, members, run: runAfterRead(observed.run, session, notYetMs) };
}

/** No time passes in a route, so that no cancel is ever overdue in it. */
const notYetMs = Number.POSITIVE_INFINITY;

/** The rest of what a session shows stays as it is, and so does its state where none is known. */
function inState(session: WireSession, state: ImportSessionState | undefined): WireSession {
  return state === undefined ? session : { ...session, state };
}
