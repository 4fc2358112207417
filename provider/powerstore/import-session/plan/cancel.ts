import type { Step } from "../../../core/reconcile/step.ts";
import type { WireSession } from "../../wire.ts";
import { type ImportSessionState, isKnownState, isOver } from "../states.ts";
import type { CancelAction } from "./actions.ts";
import type { ObservedImport } from "./forward.ts";

/** What taking a session back is decided by, besides what is observed. */
export interface CancelGoal {
  /** Whether this program created the session: only then is its record removed. */
  readonly ownsRecord: boolean;
  /** Send `force` with the first cancel. */
  readonly forceAtOnce: boolean;
  /** Send `force` when the graceful cancel has failed, or was refused or did not end for this long, in milliseconds. */
  readonly forceAfterMs: number | undefined;
  /** What this run has sent so far. */
  readonly sent: SentCancels;
  readonly nowMs: number;
}

export interface SentCancels {
  readonly gracefulAtMs?: number;
  /** Whether the session has changed since: before that, what it shows is no outcome of the cancel. */
  readonly moved?: boolean;
  /** Whether it has shown another state since. A record may also change while the array has not begun: that alone allows no force. */
  readonly leftState?: boolean;
  readonly gracefulRefusal?: RefusedCancel;
  readonly forced?: boolean;
  readonly forcedRefusal?: RefusedCancel;
  /** Whether a cleanup was sent and the session has changed since. */
  readonly cleanedUp?: boolean;
}

/** A refusal counts for the state it was given in: in another one the same cancel may be taken. */
export interface RefusedCancel {
  readonly state: string;
  /** The array's words. */
  readonly text: string;
  /** When it was refused first, and last. */
  readonly sinceMs: number;
  readonly atMs: number;
}

type Move = "wait" | "cancel" | "cancelling" | "cleanup" | "leftovers" | "over" | "stuck";
type Row = readonly [nonDisruptive: Move, agentless: Move, group: Move];

/**
 * The way back, for every state and kind of session. Wider than the list in the REST text, after the import guide's tables of manual operations:
 * a state in which cancel is not allowed is waited through, and what is complete is never cancelled. A failed group may have members that are not over:
 * those `leftovers` are cancelled first.
 */
export const cancelMoves: Readonly<Record<ImportSessionState, Row>> = {
  Scheduled: ["cancel", "cancel", "cancel"],
  Queued: ["cancel", "cancel", "cancel"],
  In_Progress: ["wait", "wait", "cancel"],
  Mirror_Enabled: ["wait", "cancel", "cancel"],
  Ready_To_Start_Copy: ["wait", "cancel", "cancel"],
  Copy_In_Progress: ["cancel", "cancel", "cancel"],
  Paused: ["cancel", "cancel", "cancel"],
  Ready_For_Cutover: ["cancel", "cancel", "cancel"],
  Cutover_In_Progress: ["wait", "wait", "wait"],
  Import_Completed: ["over", "over", "over"],
  Import_Completed_With_Errors: ["over", "over", "over"],
  Import_Cutover_Incomplete: ["cancel", "cancel", "cancel"],
  Cancel_In_Progress: ["cancelling", "cancelling", "cancelling"],
  Cancel_Required: ["cancel", "cancel", "cancel"],
  Cancel_Failed: ["cancel", "cancel", "cancel"],
  Cancelled: ["over", "over", "over"],
  Cleanup_In_Progress: ["wait", "wait", "wait"],
  Cleanup_Required: ["cleanup", "cleanup", "cleanup"],
  Cleanup_Failed: ["stuck", "stuck", "stuck"],
  Failed: ["over", "over", "leftovers"],
  Invalid: ["stuck", "stuck", "stuck"],
};

/** What to do next to take a session back. */
export function planCancelling(withdraw: CancelGoal, observed: ObservedImport): Step<CancelAction> {
  const { session, members } = observed;
  if (session === undefined) return { kind: "settled", reason: "the array has no record of the session any more" };
  const { id: sessionId, state } = session;
  if (!isKnownState(state))
    return { kind: "wait", reason: `the array reports the state "${state}", which this release does not know` };
  const isGroup = members.length > 0 || session.destination_resource_type === "volume_group";
  const move = cancelMoves[state][isGroup ? 2 : session.type === "Agentless" ? 1 : 0];
  switch (move) {
    case "wait":
      return { kind: "wait", reason: `waiting for ${state} to end` };
    case "cancel":
      return planCancel(withdraw, sessionId, state);
    case "cancelling":
      return planCancelUnderWay(withdraw, sessionId, state);
    case "cleanup":
      if (withdraw.sent.cleanedUp === true)
        return { kind: "stuck", reason: `the cleanup failed: the session is ${state} again`, next: askTheArray };
      return { kind: "act", actions: [{ name: "cleanup", sessionId }], reason: "cleaning up the source volume" };
    case "leftovers":
      return mayCancelLeftovers(withdraw.sent, state, members)
        ? cancel(withdraw, sessionId, withdraw.forceAtOnce)
        : planOver(withdraw, sessionId, state);
    case "over":
      return planOver(withdraw, sessionId, state);
    case "stuck":
      return {
        kind: "stuck",
        reason: `the session is ${state}`,
        next: "Bring it out of this state on the array, or take the resource out of the stack with `pulumi state delete`.",
      };
  }
}

function planOver({ ownsRecord }: CancelGoal, sessionId: string, state: ImportSessionState): Step<CancelAction> {
  if (!ownsRecord) return { kind: "settled", reason: `${state}; the record is not this program's to remove` };
  return { kind: "act", actions: [{ name: "remove", sessionId }], reason: "removing the record" };
}

/** Once only: the array also lets the record of a failed group be removed whose members it will not cancel. */
function mayCancelLeftovers(sent: SentCancels, state: ImportSessionState, members: readonly WireSession[]): boolean {
  const isTried = sent.moved === true || refusalIn(state, sent.gracefulRefusal ?? sent.forcedRefusal) !== undefined;
  return !isTried && members.some((member) => !isOver(member.state));
}

function planCancel(withdraw: CancelGoal, sessionId: string, state: ImportSessionState): Step<CancelAction> {
  const { sent, forceAfterMs } = withdraw;
  // An agentless volume shows a failed cancel as Cancel_Required, a group as Cancel_Failed.
  const hasFailed = sent.moved === true && (state === "Cancel_Failed" || state === "Cancel_Required");
  const ended = hasFailed ? `the session is ${state}` : undefined;
  const gracefulEnd = sent.gracefulAtMs === undefined ? undefined : ended;
  const hasForceableEnd = gracefulEnd !== undefined && sent.leftState === true;
  const refused = refusalIn(state, sent.gracefulRefusal);
  const forcedFailure = refusalIn(state, sent.forcedRefusal)?.text ?? (sent.forced === true ? ended : undefined);
  const isForceDue = hasForceableEnd || isOverdue(withdraw, refused?.sinceMs ?? sent.gracefulAtMs);
  if (forcedFailure !== undefined) {
    return {
      kind: "stuck",
      reason: `cancelling with force failed: ${forcedFailure}`,
      next: askTheArray,
    };
  }
  if (withdraw.forceAtOnce || (forceAfterMs !== undefined && isForceDue)) return cancel(withdraw, sessionId, true);
  if (forceAfterMs !== undefined && refused !== undefined && withdraw.nowMs - refused.atMs < tryAgainMs)
    return { kind: "wait", reason: `the graceful cancel was refused, and is tried again: ${refused.text}` };
  const gracefulFailure = refused?.text ?? gracefulEnd;
  if (gracefulFailure === undefined || forceAfterMs !== undefined) return cancel(withdraw, sessionId, false);
  return {
    kind: "stuck",
    reason: `the graceful cancel failed: ${gracefulFailure}`,
    next: 'Mend what it names and destroy again. To end the import without rolling back, set forceCancel or forceCancelAfter, and with it paused: true and cutoverApproval: "" so that nothing moves forward; run `pulumi up` (it takes note of them, even where it fails), then destroy.',
  };
}

// Refused in passing perhaps, as by another action that is still at work: nothing to answer with force.
const tryAgainMs = 60_000;

/** A cancel under way is waited for; force is tried once when it is declared or the cancel has taken too long, and not insisted on. */
function planCancelUnderWay(withdraw: CancelGoal, sessionId: string, state: ImportSessionState): Step<CancelAction> {
  const { forced, forcedRefusal } = withdraw.sent;
  const isTried = forced === true || refusalIn(state, forcedRefusal) !== undefined;
  if ((withdraw.forceAtOnce || isOverdue(withdraw, withdraw.sent.gracefulAtMs)) && !isTried)
    return cancel(withdraw, sessionId, true);
  return { kind: "wait", reason: "cancelling" };
}

function refusalIn(state: string, refused: RefusedCancel | undefined): RefusedCancel | undefined {
  return refused?.state === state ? refused : undefined;
}

const askTheArray = "Look at the session and its alerts on the array.";

function isOverdue({ forceAfterMs, nowMs }: CancelGoal, sinceMs: number | undefined): boolean {
  return forceAfterMs !== undefined && sinceMs !== undefined && nowMs - sinceMs >= forceAfterMs;
}

function cancel({ sent }: CancelGoal, sessionId: string, force: boolean): Step<CancelAction> {
  const refusedIn = (force ? sent.forcedRefusal : sent.gracefulRefusal)?.state;
  return {
    kind: "act",
    actions: [{ name: "cancel", sessionId, force, ...(refusedIn === undefined ? {} : { refusedIn }) }],
    reason: force ? "cancelling with force" : "cancelling",
  };
}
