import { agree } from "../../copy-session.ts";
import type { CommandLog } from "../commands/command-log.ts";
import { directionOf } from "../direction.ts";
import { isAtRest, lastCopiedOf, type RecordedSession } from "../recorded.ts";
import { isRestoring } from "./goal.ts";
import type { Member } from "./member.ts";

/**
 * The member with what is known of how it came to be as it is.
 *
 * @param before its record
 * @param isOfResource whether the journal shows that a killed run of this resource suspended it
 */
export function withHistory(
  member: Member,
  log: CommandLog,
  before: RecordedSession | undefined,
  isOfResource: boolean,
): Member {
  const { session, original, isOtherPair } = member;
  if (session === undefined || isOtherPair) return member;
  const isKept = before !== undefined && session.status === "Suspend" && hasStayed(member, before);
  const isOurs = suspendJobOf(member, log, before) !== undefined || (isKept ? before.takenOver === true : isOfResource);
  const lastKnown = (before && lastCopiedOf(before)) ?? directionOf(original?.pair ?? {});
  return { ...member, isOurs, lastCopied: session.status === "Active" ? directionOf(session.pair) : lastKnown };
}

/** The job of this group that suspended the session, or is about to; undefined once it copies again, and for a suspend that was nobody's here. */
export function suspendJobOf(member: Member, log: CommandLog, before: RecordedSession | undefined): number | undefined {
  const { id, session } = member;
  if (session?.status !== "Suspend" && !isBeingSuspended(member)) return undefined;
  const isKept = before !== undefined && hasStayed(member, before);
  return log.suspendJobs.get(id) ?? (isKept ? before.suspendedBy : undefined);
}

/** Whether a suspend of it is under way, as the session shows or as its job does. */
export function isBeingSuspended({ session, sent }: Member): boolean {
  return session?.isSuspending === true || (sent?.command === "suspend" && sent.kind !== "failed");
}

/** Whether it is suspended as it was recorded. At another moment, or being suspended again, somebody has resumed it since. */
function hasStayed({ session }: Member, before: RecordedSession): boolean {
  if (isAtRest(before) && session?.isSuspending === true) return false;
  return (isAtRest(before) || before.suspending === true) && agree(before.suspendedAt, session?.suspendedAt);
}

/** Whether the pair was reversed since it last copied: a resume would overwrite what was the source. Where the array does not report directions, the provider has reversed nothing. */
export function isTurned({ session, lastCopied }: Member): boolean {
  const now = session && directionOf(session.pair);
  return now !== undefined && lastCopied !== undefined && now !== lastCopied;
}

/** Whether a suspended member that is no longer declared stays so: a resume is for what this group has suspended, and in the direction in which the pair last copied. */
export function isLeftSuspended(member: Member): boolean {
  const { goal, session } = member;
  if (session?.status !== "Suspend" || !isRestoring(goal)) return false;
  return goal.target === "Unchanged" || isTurned(member) || (goal.isForOursOnly === true && member.isOurs !== true);
}
