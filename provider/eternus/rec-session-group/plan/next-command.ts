import type { Modes } from "../../client.ts";
import type { CopySession } from "../../copy-session.ts";
import { classOf, meaningOf } from "../../error-codes.ts";
import { graceMs } from "../commands/command-log.ts";
import { type StatusClass, statusClassOf } from "../states.ts";
import { isRestoring } from "./goal.ts";
import { differingModes, directionOf, type Failure, type Member, shows } from "./member.ts";
import { noSplitMode, notRec, notReported, type Stuck, stuckBy, suspendFirst, wrongPair } from "./stuck.ts";

/** What a member needs next. */
export type NextCommand =
  | { readonly is: "there" }
  | { readonly is: "ready"; readonly for: Command }
  /** The array is at work, or something passes by itself. */
  | { readonly is: "moving"; readonly why: string }
  /** A command for it failed, and this run does not try again. */
  | { readonly is: "failed"; readonly failure: Failure }
  /** No command leads from here to the goal. */
  | Stuck;

export type Command =
  | { readonly kind: "suspend"; readonly force: boolean }
  | { readonly kind: "resume" | "reverse" }
  | { readonly kind: "modify"; readonly modes: Modes };

/** What a member needs next, given what it shows, where it is to be, and what has been sent for it. */
export function nextCommandOf(member: Member, nowMs: number): NextCommand {
  const { session, goal, sent } = member;
  if (session === undefined || member.isOtherPair) return isRestoring(goal) ? there : wrongPair(member);
  if (session.type !== undefined && session.type !== "REC") return isRestoring(goal) ? there : notRec(session);
  const underWay = underWayOf(member, nowMs);
  if (underWay !== undefined) return { is: "moving", why: underWay };
  const position = byStanding(member, session, statusClassOf(session, goal.target));
  if (position.is !== "ready" || sent?.kind !== position.for.kind) return position;
  switch (sent.is) {
    case "failed":
      return afterFailure(position.for, sent.failure, sent.againMs, member, nowMs);
    case "unclear":
      return sent.failure === undefined ? position : { is: "failed", failure: sent.failure };
    case "under way":
    case "done":
      return position;
  }
}

const there: NextCommand = { is: "there" };

/** Why a command that was sent counts as going on; undefined when it is over. */
function underWayOf(member: Member, nowMs: number): string | undefined {
  const { sent } = member;
  if (sent === undefined || sent.is === "failed") return undefined;
  // The session has the last word: a job that goes on for ever, or in a way nobody knows, holds nothing up for long.
  if (sent.is === "under way") {
    return sent.shownMs !== undefined && nowMs >= sent.shownMs + graceMs ? undefined : `job ${sent.jobId} runs`;
  }
  if (shows(sent.kind, member)) return undefined;
  return sent.is === "done" || nowMs < sent.untilMs ? atWork[sent.kind] : undefined;
}

const atWork = {
  suspend: "the array suspends",
  resume: "the array resumes",
  reverse: "the array reverses",
  modify: "the array changes the modes",
} as const;

function byStanding(member: Member, session: CopySession, standing: StatusClass): NextCommand {
  switch (standing) {
    case "there":
      return arranged(member, session) ?? there;
    case "resume":
      return arranged(member, session) ?? { is: "ready", for: { kind: "resume" } };
    case "suspend":
    case "force":
      return unattainable(member, session) ?? { is: "ready", for: { kind: "suspend", force: standing === "force" } };
    case "suspending":
      return { is: "moving", why: atWork.suspend };
    case "copying":
      return { is: "moving", why: `still copying${session.phase === "Copying" ? "" : ` (phase ${session.phase})`}` };
    case "stack copying":
      return { is: "moving", why: "still copying, in Stack mode, which may never become equivalent" };
    case "not started":
      return { is: "moving", why: `not started yet (status ${session.status})` };
    case "halted":
      return { is: "moving", why: "halted until its copy path or buffer is back" };
    case "unknown":
      return { is: "moving", why: `in status "${session.status}", which this release does not know` };
    case "through":
    case "halted for good":
    case "failed":
      return stuckBy(standing, session);
  }
}

/** The step that turns a suspended session the declared way; on one that copies it cannot be done. */
function arranged(member: Member, session: CopySession): NextCommand | undefined {
  const { goal } = member;
  const obstacle = unattainable(member, session);
  if (obstacle !== undefined) return obstacle;
  const modes = differingModes(session, goal.modes);
  const direction = directionOf(session, member.original);
  const isTurned = goal.direction !== undefined && direction !== undefined && goal.direction !== direction;
  if (modes === undefined && !isTurned) return undefined;
  // Nobody's replication is interrupted just to leave it the way it was found.
  if (session.status !== "Suspend") return isRestoring(goal) ? undefined : suspendFirst(session, isTurned);
  return { is: "ready", for: modes === undefined ? { kind: "reverse" } : { kind: "modify", modes } };
}

/** What is declared of a session and it cannot have, or cannot be seen to have. */
function unattainable({ goal, original: found }: Member, session: CopySession): Stuck | undefined {
  if (isRestoring(goal)) return undefined;
  const { transferMode, splitMode, recoveryMode } = goal.modes;
  if (goal.direction !== undefined && directionOf(session, found) === undefined)
    return notReported(session, "direction");
  if (transferMode !== undefined && session.transferMode === undefined) return notReported(session, "transferMode");
  if (recoveryMode !== undefined && session.recoveryMode === undefined) return notReported(session, "recoveryMode");
  if (splitMode === undefined || splitMode === session.splitMode) return undefined;
  // Said before anything is suspended for its sake.
  const mode = transferMode ?? session.transferMode;
  if (mode !== undefined && mode !== "Synchronous") return noSplitMode(session);
  const isTold = session.transferMode !== undefined && session.splitMode !== undefined;
  return isTold || transferMode === "Synchronous" ? undefined : notReported(session, "splitMode");
}

function afterFailure(command: Command, failure: Failure, againMs: number, member: Member, nowMs: number): NextCommand {
  const again: NextCommand =
    nowMs < againMs
      ? { is: "moving", why: `to be tried again after ${failure.code ?? "a refusal"}, because ${reasonText(failure)}` }
      : { is: "ready", for: command };
  switch (failure.isPassing === true ? "passing" : classOf(failure.code)) {
    case "passing":
      return again;
    case "phase":
      // By force the array does not ask for equivalence: it means something else, and will go on meaning it.
      return command.kind === "suspend" && command.force ? { is: "failed", failure } : again;
    case "force":
      if (command.kind === "suspend" && !command.force && member.goal.target === "Suspend by force") {
        return { is: "ready", for: { kind: "suspend", force: true } };
      }
      return { is: "failed", failure };
    case "final":
      return { is: "failed", failure };
  }
}

function reasonText({ code, message }: Failure): string {
  return meaningOf(code)?.text ?? message;
}
