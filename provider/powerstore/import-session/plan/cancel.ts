import type { Step } from "../../../core/reconcile/step.ts";
import type { WireSession } from "../../wire.ts";
import {
  attemptIn,
  type CancelAttempt,
  type CancelHistory,
  type FailedAttempt,
  rejectedIn,
} from "../cancel-history.ts";
import type { ImportSessionInputs } from "../inputs.ts";
import type { ObservedImport } from "../observed.ts";
import { cancelMove, isKnownState, isOver, type SessionKind } from "../states.ts";
import type { ImportTarget } from "../target.ts";
import type { ImportAction } from "./actions.ts";
import { whyKept } from "./consent.ts";
import { actOn, isAgentless, unknownText } from "./forward.ts";

/** What cancelling a session is decided by, besides what is observed. */
export interface CancelGoal extends Pick<ImportSessionInputs, "forceCancel" | "forceCancelAfter"> {
  /** Whether this program created the session: only then is its record removed. */
  readonly ownsRecord: boolean;
  readonly nowMs: number;
}

/** What to do next in a delete: for good, or to make room for another session. */
export function planDelete(
  { inputs, recorded, operation }: ImportTarget,
  observed: ObservedImport,
  nowMs: number,
): Step<ImportAction> {
  const successor = operation.kind === "delete" ? operation.successor : undefined;
  const cancelled = () => planCancel({ ...inputs, nowMs, ownsRecord: recorded?.state.adopted === false }, observed);
  const { session, members } = observed;
  if (successor === undefined || recorded === undefined) return cancelled();
  const { id, state } = recorded;
  const old = { id, session, members, recorded: state, sourceResourceId: inputs.sourceResourceId };
  const kept = whyKept(old, successor);
  if (kept !== undefined) return { kind: "stuck", ...kept };
  if (session === undefined || !state.adopted) return cancelled();
  return { kind: "settled", reason: `adopted session ${id} is released as it is (${session.state})` };
}

/** What to do next to cancel a session, and to remove its record. */
export function planCancel(goal: CancelGoal, { session, members, run }: ObservedImport): Step<ImportAction> {
  if (session === undefined) return { kind: "settled", reason: "the array has no record of the session any more" };
  const { id: sessionId, state } = session;
  const history = run.cancels;
  if (!isKnownState(state)) return { kind: "wait", reason: unknownText(state) };
  switch (cancelMove(state, kindOf(session, members))) {
    case "wait":
      return { kind: "wait", reason: `waiting for ${state} to end` };
    case "cancel":
      return cancel(goal, history, session);
    case "cancelling":
      return cancelling(goal, history, session);
    case "cleanup":
      if (history.cleanup?.isDone === true)
        return { kind: "stuck", reason: `the cleanup failed: the session is ${state} again`, next: askTheArray };
      return actOn({ kind: "cleanup", sessionId });
    case "leftovers":
      return mayCancelLeftovers(history, state, members)
        ? send(history, sessionId, goal.forceCancel)
        : over(goal, session);
    case "over":
      return over(goal, session);
    case "stuck":
      return {
        kind: "stuck",
        reason: `the session is ${state}`,
        next: "Bring it out of this state on the array, or take the resource out of the stack with `pulumi state delete`.",
      };
  }
}

/** Where a cancel may be sent: what is sent depends on what has come of those before it. */
function cancel(goal: CancelGoal, history: CancelHistory, { id, state }: WireSession): Step<ImportAction> {
  const [graceful, forced] = [attemptIn(history.graceful, state), attemptIn(history.forced, state)];
  if (hasFailed(forced)) return failed("cancelling with force failed", forced, askTheArray);
  if (goal.forceCancel || isForceDue(goal, graceful)) return send(history, id, true);
  if (goal.forceCancelAfter === undefined && hasFailed(graceful))
    return failed("the graceful cancel failed", graceful, forceIt);
  if (graceful.kind === "rejected" && goal.nowMs - graceful.atMs < retryAfterMs)
    return { kind: "wait", reason: `retrying the graceful cancel, which was rejected: ${graceful.text}` };
  return send(history, id, false);
}

/** A cancel under way is waited for. Force is sent once when it is declared or the cancel has taken too long, and not insisted on. */
function cancelling(goal: CancelGoal, history: CancelHistory, { id, state }: WireSession): Step<ImportAction> {
  const isForced = attemptIn(history.forced, state).kind !== "none";
  const graceful = attemptIn(history.graceful, state);
  const isDue = goal.forceCancel || (graceful.kind === "sent" && isOverdue(goal, graceful.sinceMs));
  return isDue && !isForced ? send(history, id, true) : { kind: "wait", reason: "cancelling" };
}

function over({ ownsRecord }: CancelGoal, { id: sessionId, state }: WireSession): Step<ImportAction> {
  if (ownsRecord) return actOn({ kind: "remove", sessionId });
  return { kind: "settled", reason: `${state}; this program did not create the record, and leaves it` };
}

/** Once only: the array also lets the record of a failed group be removed whose members it will not cancel. */
function mayCancelLeftovers(history: CancelHistory, state: string, members: readonly WireSession[]): boolean {
  const isRejected = [history.graceful, history.forced].some((one) => one.kind === "rejected" && one.state === state);
  return !history.hasMoved && !isRejected && members.some((member) => !isOver(member.state));
}

function hasFailed(attempt: CancelAttempt): attempt is FailedAttempt {
  return attempt.kind === "rejected" || attempt.kind === "failed";
}

/** A graceful cancel that the array was seen to begin and to fail is answered with force at once, any other one after the time that is declared. */
function isForceDue(goal: CancelGoal, graceful: CancelAttempt): boolean {
  if (goal.forceCancelAfter === undefined || graceful.kind === "none") return false;
  return (graceful.kind === "failed" && graceful.hasLeftState) || isOverdue(goal, graceful.sinceMs);
}

function isOverdue({ forceCancelAfter, nowMs }: CancelGoal, sinceMs: number): boolean {
  return forceCancelAfter !== undefined && nowMs - sinceMs >= forceCancelAfter;
}

function send({ graceful, forced }: CancelHistory, sessionId: string, force: boolean): Step<ImportAction> {
  return actOn({ kind: "cancel", sessionId, force, rejectedIn: rejectedIn(force ? forced : graceful) });
}

function failed(what: string, attempt: FailedAttempt, next: string): Step<ImportAction> {
  const why = attempt.kind === "rejected" ? attempt.text : `the session is ${attempt.state}`;
  return { kind: "stuck", reason: `${what}: ${why}`, next };
}

function kindOf(session: WireSession, members: readonly WireSession[]): SessionKind {
  if (members.length > 0 || session.destination_resource_type === "volume_group") return "group";
  return isAgentless(session) ? "Agentless" : "Non_Disruptive";
}

// Rejected in passing perhaps, because of another operation that is still at work: nothing to answer with force.
const retryAfterMs = 60_000;

const askTheArray = "Check the session and its alerts on the array.";
const forceIt =
  "Fix what it names and destroy again. To end the import without a rollback, set forceCancel or forceCancelAfter, and with it paused: true and cutoverApproval: {} so that nothing moves forward; run `pulumi up` (it records them, even where it fails), then destroy.";
