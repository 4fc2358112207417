import { momentText } from "../../../core/text/moment.ts";
import { failureText } from "../../error-codes.ts";
import { directionOf } from "../direction.ts";
import { isRestoring } from "../plan/goal.ts";
import { isLeftSuspended, isTurned, suspendJobOf } from "../plan/history.ts";
import type { Member } from "../plan/member.ts";
import { nextCommandOf } from "../plan/next-command.ts";
import type { ObservedGroup } from "../plan/observed.ts";
import { goneStatus, isAtRest, type RecordedGroup, type RecordedSession } from "../recorded.ts";
import { isEquivalent } from "../states.ts";

/** The outputs that an observation gives. Sessions that are restored leave the record; those still to be restored, and those that could not be resumed, stay in it. */
export function outputsOf(observed: ObservedGroup, nowMs: number): RecordedGroup {
  const { members, log, previous } = observed;
  const kept = members.filter((member) => {
    const isLeft = member.goal.target === "Restored" && isLeftSuspended(member);
    return !isRestoring(member.goal) || isLeft || nextCommandOf(member, nowMs).kind !== "reached";
  });
  const sessions = kept.flatMap((member) => recordOfMember(member, observed, nowMs) ?? []);
  const declared = members.filter(({ goal }) => !isRestoring(goal)).map(({ id }) => id);
  const own = sessions.filter(({ id }) => declared.includes(id));
  const isWhole =
    own.length === declared.length && own.every((session) => isAtRest(session) && session.otherPair === undefined);
  const suspendJobs = new Set(own.map(({ suspendedBy }) => suspendedBy));
  return {
    sessions,
    failures: kept.flatMap((member) => recordOfFailure(member, observed, nowMs) ?? []),
    jobIds: log.jobIds.length === 0 ? (previous?.jobIds ?? []) : [...log.jobIds],
    consistent: isWhole && suspendJobs.size === 1 && !suspendJobs.has(undefined),
    destinationUsable: isWhole && own.every(({ destinationUsable }) => destinationUsable),
    actions: previous?.actions ?? [],
  };
}

function recordOfMember(member: Member, { log, previous }: ObservedGroup, nowMs: number): RecordedSession | undefined {
  const { id, session, original, goal } = member;
  const before = previous?.sessions.find((one) => one.id === id);
  if (session === undefined) return before && { ...before, ...gone };
  // What else another pair shows is nothing to remember under this id.
  if (member.isOtherPair) return before && { ...before, destinationUsable: false, otherPair: session.pair };
  if (original === undefined) return before;
  const isSuspended = session.status === "Suspend" && !session.isSuspending;
  const suspendedBy = suspendJobOf(member, log, before);
  const lacksData = !isEquivalent(session) && (log.suspect.has(id) || before?.lacksData === true);
  return {
    id,
    status: session.status,
    phase: session.phase,
    transferMode: session.transferMode,
    splitMode: goal.modes.splitMode === undefined ? undefined : session.splitMode,
    recoveryMode: goal.modes.recoveryMode === undefined ? undefined : session.recoveryMode,
    progress: session.progress,
    pair: original.pair,
    direction: directionOf(session.pair),
    lastCopied: isTurned(member) ? member.lastCopied : undefined,
    foundStatus: original.status,
    foundModes: original.modes,
    destinationUsable: isSuspended && !lacksData && isTransferred(session.phase, suspendedBy),
    suspending: session.isSuspending ? true : undefined,
    suspendedBy,
    takenOver: member.isOurs === true && suspendedBy === undefined ? true : undefined,
    suspendedAt: isSuspended ? (session.suspendedAt ?? firstSeenAt(suspendedBy, before, nowMs)) : undefined,
    lacksData: lacksData ? true : undefined,
  };
}

/** Whether nothing was left to be transferred. `Tracking` means so only of a suspend that was made here: without force the array asks for equivalence. */
function isTransferred(phase: string, suspendedBy: number | undefined): boolean {
  return phase === "Equivalent" || (phase === "Tracking" && suspendedBy !== undefined);
}

const gone = {
  status: goneStatus,
  phase: "",
  otherPair: undefined,
  destinationUsable: false,
  progress: undefined,
  suspending: undefined,
  suspendedBy: undefined,
  suspendedAt: undefined,
};

function firstSeenAt(suspendedBy: number | undefined, before: RecordedSession | undefined, nowMs: number) {
  if (suspendedBy === undefined) return undefined;
  return (before?.suspendedBy === suspendedBy ? before.suspendedAt : undefined) ?? momentText(nowMs);
}

// An array's message, its meaning, and nothing that would make the state grow without bound.
const maxMessageLength = 300;

function recordOfFailure(member: Member, { previous }: ObservedGroup, nowMs: number) {
  const { id, sent } = member;
  const next = nextCommandOf(member, nowMs);
  if (next.kind === "reached") return undefined;
  if (next.kind === "stuck") return { id, message: next.why };
  const failure = next.kind === "failed" ? next.failure : sent?.kind === "failed" ? sent.failure : undefined;
  const before = member.tries === 0 ? previous?.failures.find((one) => one.id === id) : undefined;
  if (failure === undefined) return before;
  return { id, code: failure.code, message: failureText(failure.code, failure.message).slice(0, maxMessageLength) };
}
