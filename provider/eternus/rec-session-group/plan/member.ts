import type { Modes } from "../../client.ts";
import { type CopySession, isSamePair } from "../../copy-session.ts";
import type { CommandKind } from "../../job.ts";
import { type CommandLog, type Failure, failing, type Sent, sending, without } from "../commands/command-log.ts";
import { type Direction, directionOf } from "../direction.ts";
import { foundIn, type Original } from "../observe/original.ts";
import type { Goal } from "./goal.ts";

/** One session of the group as it is now, with all that a plan needs to know of it. */
export interface Member {
  readonly id: number;
  readonly goal: Goal;
  /** Undefined when the array has no such session. */
  readonly session: CopySession | undefined;
  /** Nobody has read it: it is taken to be such that most has to be sent for it. @default false */
  readonly isAssumed?: boolean;
  /** How it was found; undefined while it was never seen. */
  readonly original: Original | undefined;
  /** The direction in which it was last seen to copy; undefined where nobody knows. */
  readonly lastCopied?: Direction | undefined;
  /** It is suspended, and a job of this group did that. @default false */
  readonly isOurs?: boolean;
  /** The id names another pair of volumes than it did. */
  readonly isOtherPair: boolean;
  readonly sent: Sent | undefined;
  /** Commands sent for it in this run. */
  readonly tries: number;
}

/** A member as a read shows it, before what was sent for it is known. */
export function memberOf(
  id: number,
  goal: Goal,
  session: CopySession | undefined,
  before: Original | undefined,
): Member {
  const unsent = { id, goal, session, sent: undefined, tries: 0 };
  if (session === undefined) return { ...unsent, original: before, isOtherPair: false };
  const original = foundIn(session, goal.modes, before);
  return { ...unsent, original, isOtherPair: !isSamePair(original.pair, session.pair) };
}

/** The modes that are declared and differ. Those the array does not report are not among them. */
export function differingModes(session: CopySession, modes: Modes): Modes | undefined {
  const differs = (wanted: string | undefined, has: string | undefined) =>
    wanted !== undefined && has !== undefined && wanted !== has ? wanted : undefined;
  const transferMode = differs(modes.transferMode, session.transferMode);
  // On the way to Synchronous mode the split mode is whatever is sent with it; on the way out of it none may be.
  const along = transferMode === "Synchronous" ? modes.splitMode : undefined;
  const splitMode = transferMode === undefined ? differs(modes.splitMode, session.splitMode) : along;
  const recoveryMode = differs(modes.recoveryMode, session.recoveryMode);
  if ((transferMode ?? splitMode ?? recoveryMode) === undefined) return undefined;
  return { transferMode, splitMode, recoveryMode };
}

/** Whether the session shows that a command has been carried out. */
export function shows(command: CommandKind, { session, goal }: Member): boolean {
  if (session === undefined) return true;
  switch (command) {
    case "suspend":
      return session.status === "Suspend" && !session.isSuspending;
    case "resume":
      return session.status !== "Suspend";
    case "reverse":
      return directionOf(session.pair) === goal.direction;
    case "modify":
      return differingModes(session, goal.modes) === undefined;
  }
}

/** The log after a read of the sessions: what they show to be carried out needs no further thought. */
export function afterRead(log: CommandLog, members: readonly Member[], nowMs: number): CommandLog {
  let changed = log;
  for (const member of members) {
    const sent = log.sent.get(member.id);
    if (sent === undefined) continue;
    const isShown = shows(sent.command, member);
    if (sent.kind === "under way") {
      changed = sending(changed, member.id, { ...sent, shownMs: isShown ? (sent.shownMs ?? nowMs) : undefined });
    } else if (isShown) {
      changed = { ...changed, sent: without(changed.sent, member.id) };
    } else if (sent.kind === "done" && sent.command === "suspend") {
      const failure = suspendGivenUp(member);
      if (failure !== undefined) changed = failing(changed, "suspend", member.id, failure, nowMs);
    }
  }
  return changed;
}

/** The members with what has come so far of what was sent for them, by this run or by one that was killed. */
export function withSent(log: CommandLog, members: readonly Member[]): Member[] {
  return members.map((member) => ({
    ...member,
    original:
      member.original !== undefined && log.orphans.has(member.id)
        ? { ...member.original, status: "Active" }
        : member.original,
    sent: log.sent.get(member.id),
    tries: log.tries.get(member.id) ?? 0,
  }));
}

/** In Synchronous and Consistency mode a suspend continues after its job's success, and may end without having suspended. */
function suspendGivenUp({ session }: Member): Failure | undefined {
  const { isSuspending, suspendResult } = session ?? {};
  // The words for an end are not documented; a word that does not sound like a failure is none.
  if (isSuspending === true || !/err|fail|abort|cancel|time/i.test(suspendResult ?? "")) return undefined;
  return { message: `the array gave the suspend up (concurrent_suspend_result "${suspendResult}")` };
}
