import { momentText } from "../../../core/text/moment.ts";
import { failureText } from "../../error-codes.ts";
import type { CommandLog } from "../commands/command-log.ts";
import { isRestoring } from "../plan/goal.ts";
import { directionOf, type Member } from "../plan/member.ts";
import { nextCommandOf } from "../plan/next-command.ts";
import { goneStatus, isAtRest, type RecordedGroup, type RecordedSession } from "../recorded.ts";

/** The outputs that an observation gives. Sessions that are given back leave the record; those still to be given back stay in it. */
export function recordOf(
  members: readonly Member[],
  ledger: CommandLog,
  before: RecordedGroup | undefined,
  nowMs: number,
): RecordedGroup {
  const kept = members.filter((member) => !isRestoring(member.goal) || nextCommandOf(member, nowMs).is !== "there");
  const sessions = kept.flatMap((member) => {
    const previous = before?.sessions.find(({ id }) => id === member.id);
    return recordOfMember(member, ledger, previous, nowMs) ?? [];
  });
  const declared = members.filter(({ goal }) => !isRestoring(goal)).map(({ id }) => id);
  const own = sessions.filter(({ id }) => declared.includes(id));
  const isWhole =
    own.length === declared.length && own.every((session) => isAtRest(session) && session.otherPair === undefined);
  const suspendJobs = new Set(own.map(({ suspendedBy }) => suspendedBy));
  return {
    sessions,
    failures: kept.flatMap((member) => {
      const previous = before?.failures.find(({ id }) => id === member.id);
      return recordOfFailure(member, previous, nowMs) ?? [];
    }),
    jobIds: ledger.jobIds.length === 0 ? (before?.jobIds ?? []) : [...ledger.jobIds],
    consistent: isWhole && suspendJobs.size === 1 && !suspendJobs.has(undefined),
    destinationUsable: isWhole && own.every(({ destinationUsable }) => destinationUsable),
    actions: before?.actions ?? [],
  };
}

function recordOfMember(
  member: Member,
  ledger: CommandLog,
  previous: RecordedSession | undefined,
  nowMs: number,
): RecordedSession | undefined {
  const { id, session, original: found, goal } = member;
  if (session === undefined) return previous === undefined ? undefined : { ...previous, ...gone };
  // What else another pair shows is nothing to remember under this id.
  if (member.isOtherPair) return previous && { ...previous, destinationUsable: false, otherPair: session.pair };
  if (found === undefined) return previous;
  const isSuspended = session.status === "Suspend" && !session.isSuspending;
  const isClean = session.status === "Active" && session.phase === "Equivalent";
  const suspendedBy = suspendJobOf(member, ledger, previous);
  const lacksData = !isClean && (ledger.suspect.has(id) || previous?.lacksData === true);
  return {
    id,
    status: session.status,
    phase: session.phase,
    transferMode: session.transferMode,
    splitMode: goal.modes.splitMode === undefined ? undefined : session.splitMode,
    recoveryMode: goal.modes.recoveryMode === undefined ? undefined : session.recoveryMode,
    progress: session.progress,
    pair: found.pair,
    direction: directionOf(session, found),
    foundStatus: found.status,
    foundModes: found.modes,
    destinationUsable: isSuspended && !lacksData && isWhole(session.phase, suspendedBy),
    suspending: session.isSuspending ? true : undefined,
    suspendedBy,
    suspendedAt: isSuspended ? (session.suspendedAt ?? firstSeenAt(suspendedBy, previous, nowMs)) : undefined,
    lacksData: lacksData ? true : undefined,
  };
}

/** Whether nothing was left to be transferred. `Tracking` says so only of a suspend that was made here: without force the array asks for equivalence. */
function isWhole(phase: string, suspendedBy: number | undefined): boolean {
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

/** The job that suspended the session, or is about to; undefined once it copies again, and for a suspend that was nobody's here. */
function suspendJobOf(
  { id, session, sent }: Member,
  ledger: CommandLog,
  previous: RecordedSession | undefined,
): number | undefined {
  const isOnItsWay = session?.isSuspending === true || (sent?.kind === "suspend" && sent.is !== "failed");
  if (session?.status !== "Suspend" && !isOnItsWay) return undefined;
  const hasStayed = previous !== undefined && (isAtRest(previous) || previous.suspending === true);
  const isKept = hasStayed && !isAnotherMoment(previous.suspendedAt, session?.suspendedAt);
  return ledger.suspendJobs.get(id) ?? (isKept ? previous.suspendedBy : undefined);
}

/** Whether somebody has resumed the session and suspended it again. */
function isAnotherMoment(before: string | undefined, now: string | undefined): boolean {
  return before !== undefined && now !== undefined && before !== now;
}

function firstSeenAt(
  suspendedBy: number | undefined,
  previous: RecordedSession | undefined,
  nowMs: number,
): string | undefined {
  if (suspendedBy === undefined) return undefined;
  if (previous?.suspendedBy === suspendedBy && previous.suspendedAt !== undefined) return previous.suspendedAt;
  return momentText(nowMs);
}

// An array's message, its meaning, and nothing that would make the state grow without bound.
const longestMessage = 300;

type RecordedFailure = RecordedGroup["failures"][number];

function recordOfFailure(
  member: Member,
  previous: RecordedFailure | undefined,
  nowMs: number,
): RecordedFailure | undefined {
  const { id, sent } = member;
  const position = nextCommandOf(member, nowMs);
  if (position.is === "there") return undefined;
  if (position.is === "stuck") return { id, message: position.why };
  const failure = position.is === "failed" ? position.failure : sent?.is === "failed" ? sent.failure : undefined;
  if (failure === undefined) return member.tries === 0 ? previous : undefined;
  return { id, code: failure.code, message: failureText(failure.code, failure.message).slice(0, longestMessage) };
}
