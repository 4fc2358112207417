import type { Modes } from "../../client.ts";
import type { CopySession } from "../../copy-session.ts";
import { classOf, meaningOf } from "../../error-codes.ts";
import { graceMs } from "../../job.ts";
import type { Failure, Sent } from "../commands/command-log.ts";
import { directionOf } from "../direction.ts";
import { type StatusClass, statusClassOf } from "../states.ts";
import { type Goal, isRestoring } from "./goal.ts";
import { isLeftSuspended } from "./history.ts";
import { differingModes, type Member, shows } from "./member.ts";
import { noSplitMode, notRec, notReported, type Stuck, stuckIn, suspendFirst, wrongPair } from "./stuck.ts";

/** What a member needs next. */
export type NextCommand =
  | { readonly kind: "reached" }
  | { readonly kind: "ready"; readonly command: Command }
  /** The array is at work, or something passes without a command. */
  | { readonly kind: "moving"; readonly why: string }
  /** A command for it failed, and this run does not try again. */
  | { readonly kind: "failed"; readonly failure: Failure }
  /** No command leads from here to the goal. */
  | Stuck;

export type Command =
  | { readonly kind: "suspend"; readonly force: boolean }
  | { readonly kind: "resume" | "reverse" }
  | { readonly kind: "modify"; readonly modes: Modes };

/** What a member needs next, given what it shows, where it is to be, and what has been sent for it. */
export function nextCommandOf(member: Member, nowMs: number): NextCommand {
  const { session, goal, sent } = member;
  if (session === undefined || member.isOtherPair) return isRestoring(goal) ? reached : wrongPair(member);
  if (session.type !== undefined && session.type !== "REC") return isRestoring(goal) ? reached : notRec(session);
  const isUntold = goal.direction !== undefined && directionOf(session.pair) === undefined;
  // Found before anything is waited for.
  if (isUntold && !isRestoring(goal)) return notReported(session, "direction");
  if (isLeftSuspended(member) && goal.target !== "Unchanged") return reached;
  const underWay = underWayOf(member, nowMs);
  if (underWay !== undefined) return moving(underWay);
  const next = byStatus[statusClassOf(session, goal.target)](session, member);
  if (next.kind !== "ready" || sent?.command !== next.command.kind) return next;
  if (sent.kind === "failed") return afterFailure(next.command, sent, goal, nowMs);
  const failure = sent.kind === "unclear" ? sent.failure : undefined;
  return failure === undefined ? next : { kind: "failed", failure };
}

const reached: NextCommand = { kind: "reached" };

function ready(command: Command): NextCommand {
  return { kind: "ready", command };
}

function moving(why: string): NextCommand {
  return { kind: "moving", why };
}

/** Why a command that was sent counts as under way; undefined when it is over. */
function underWayOf(member: Member, nowMs: number): string | undefined {
  const { sent } = member;
  if (sent === undefined || sent.kind === "failed") return undefined;
  // The session has the last word: a job that runs for ever, or in a way nobody knows, holds nothing up for long.
  if (sent.kind === "under way") {
    return sent.shownMs !== undefined && nowMs >= sent.shownMs + graceMs ? undefined : `job ${sent.jobId} runs`;
  }
  if (shows(sent.command, member)) return undefined;
  return sent.kind === "done" || nowMs < sent.untilMs ? atWork[sent.command] : undefined;
}

const atWork = {
  suspend: "the array suspends",
  resume: "the array resumes",
  reverse: "the array reverses",
  modify: "the array changes the modes",
} as const;

const byForce = (session: CopySession, member: Member) =>
  unreachable(member, session) ?? ready({ kind: "suspend", force: true });

/** What a session needs where it stands, or why it is waited for. */
const byStatus: Readonly<Record<StatusClass, (session: CopySession, member: Member) => NextCommand>> = {
  reached: (session, member) => arranged(member, session) ?? reached,
  resume: (session, member) => arranged(member, session) ?? ready({ kind: "resume" }),
  suspend: (session, member) => unreachable(member, session) ?? ready({ kind: "suspend", force: false }),
  force: byForce,
  "stack force": byForce,
  suspending: () => moving(atWork.suspend),
  copying: ({ phase }) => moving(`still copying${phase === "Copying" ? "" : ` (phase ${phase})`}`),
  "stack copying": () => moving("still copying, in Stack mode, which may never become equivalent"),
  "not started": ({ status }) => moving(`not started yet (status ${status})`),
  halted: () => moving("halted until its copy path or buffer is back"),
  unknown: ({ status }) => moving(`in status "${status}", which this release does not know`),
  ...stuckIn,
};

/** The command that arranges a suspended session the declared way; while it copies that cannot be done. */
function arranged(member: Member, session: CopySession): NextCommand | undefined {
  const { goal } = member;
  const stuck = unreachable(member, session);
  if (stuck !== undefined) return stuck;
  const modes = differingModes(session, goal.modes);
  const direction = directionOf(session.pair);
  const isTurned = goal.direction !== undefined && direction !== undefined && goal.direction !== direction;
  if (modes === undefined && !isTurned) return undefined;
  // Restoring the original modes would need a suspend: a running copy is never interrupted for that.
  if (session.status !== "Suspend") return isRestoring(goal) ? undefined : suspendFirst(session, isTurned);
  return ready(modes === undefined ? { kind: "reverse" } : { kind: "modify", modes });
}

/** What is declared of a session that it cannot have, or that cannot be seen. */
function unreachable({ goal }: Member, session: CopySession): Stuck | undefined {
  if (isRestoring(goal)) return undefined;
  const { transferMode, splitMode, recoveryMode } = goal.modes;
  if (transferMode !== undefined && session.transferMode === undefined) return notReported(session, "transferMode");
  if (recoveryMode !== undefined && session.recoveryMode === undefined) return notReported(session, "recoveryMode");
  if (splitMode === undefined || splitMode === session.splitMode) return undefined;
  // Found before anything is suspended for its sake.
  const mode = transferMode ?? session.transferMode;
  if (mode !== undefined && mode !== "Synchronous") return noSplitMode(session);
  const isReported = session.transferMode !== undefined && session.splitMode !== undefined;
  return isReported || transferMode === "Synchronous" ? undefined : notReported(session, "splitMode");
}

function afterFailure(
  command: Command,
  { failure, againMs }: Extract<Sent, { kind: "failed" }>,
  { target }: Goal,
  nowMs: number,
): NextCommand {
  const failureClass = failure.isPassing === true ? "passing" : classOf(failure.code);
  const isForced = command.kind === "suspend" && command.force;
  // By force the array does not ask for equivalence: its reason is another, and remains.
  if (failureClass === "passing" || (failureClass === "phase" && !isForced)) {
    if (nowMs >= againMs) return ready(command);
    const reason = meaningOf(failure.code)?.text ?? failure.message;
    return moving(`to be tried again after ${failure.code ?? "a rejection"}, because ${reason}`);
  }
  const mayForce = command.kind === "suspend" && !command.force && target === "Suspend by force";
  return failureClass === "force" && mayForce ? ready({ kind: "suspend", force: true }) : { kind: "failed", failure };
}
