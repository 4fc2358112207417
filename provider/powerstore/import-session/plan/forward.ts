import type { Step } from "../../../core/reconcile/step.ts";
import type { WireSession } from "../../wire.ts";
import type { ObservedImport } from "../observed.ts";
import {
  forwardMove,
  type ImportSessionState,
  isKnownState,
  isPartlyCutOver,
  notObservedYet,
  stateAfter,
  stateTexts,
} from "../states.ts";
import { type ImportAction, rowOf } from "./actions.ts";
import type { ForwardGoal } from "./goal.ts";
import { heldAt, hostWork, pausedAsDeclared, pausedByOthers } from "./held.ts";

/** What to do next to bring a session forward that says itself where it is. */
export function planSession(
  goal: ForwardGoal,
  session: WireSession,
  { members, run }: Pick<ObservedImport, "members" | "run">,
): Step<ImportAction> {
  const { id: sessionId, state } = session;
  if (!isKnownState(state)) return { kind: "wait", reason: unknownText(state) };
  const { working: reason = state } = stateTexts(state);
  const working = { kind: "wait", reason } as const;
  if (goal.isCutOverElsewhere && isPartlyCutOver(state)) return settledAt(state, true);
  const { scheduledMs: startMs } = goal;
  if (state === "Scheduled" && startMs !== undefined && Date.parse(session.scheduled_timestamp ?? "") !== startMs)
    return actOn({ kind: "reschedule", sessionId, startMs });
  switch (forwardMove(state, goal.targetState)) {
    case "wait":
      return working;
    case "settled":
      return settledAt(state, !isPassing(session, isAutomatic(goal, session)));
    case "enable":
      if (!isAgentless(session)) return working;
      if (!goal.sourceStopped) return heldAt("sourceStopped", [hostWork.sourceStopped], goal.ahead);
      return actOn({ kind: "enable_destination_volume", sessionId });
    case "start":
      if (!isAgentless(session)) return working;
      if (!goal.destinationStarted) return heldAt("destinationStarted", [hostWork.destinationStarted], goal.ahead);
      return actOn({ kind: "start_copy", sessionId });
    case "copy":
      return goal.paused ? actOn({ kind: "pause", sessionId }) : working;
    case "resume":
      if (goal.paused === false) return actOn({ kind: "resume", sessionId });
      return heldAt("paused", [goal.paused ? pausedAsDeclared : pausedByOthers], goal.ahead);
    case "cutover":
      if (isAutomatic(goal, session) && state === "Ready_For_Cutover") return working;
      return cutover(goal, session, state, { members, run });
    case "stuck":
      return stuckAt(goal, session, { members, run });
  }
}

function cutover(
  goal: ForwardGoal,
  session: WireSession,
  state: ImportSessionState,
  { members, run }: Pick<ObservedImport, "members" | "run">,
): Step<ImportAction> {
  const closed = [...(goal.paused ? [pausedAsDeclared] : []), ...goal.closed];
  if (closed.length > 0) return heldAt("cutover", closed, goal.ahead);
  if (goal.mayBeGone === "Import_Completed") return wasComplete(session.id, state);
  if (run.cutOverFrom.includes(state))
    return { kind: "stuck", reason: `after the cutover ${failureText(session, members)}`, next: cutOverAgain };
  return actOn({ kind: "cutover", sessionId: session.id, from: state });
}

/** No array goes back from there, and what the hosts have written since would be lost. */
function wasComplete(id: string, state: string): Step<ImportAction> {
  return {
    kind: "stuck",
    reason: `the session is on record as Import_Completed, and the array shows ${state}: a cutover is for ever`,
    next: `Check on the array what became of it. To import the source again all the same, set copyAgain: "${id}".`,
  };
}

/** Where nothing goes forward any more. */
export function stuckAt(
  goal: ForwardGoal,
  session: WireSession,
  { members, run }: Pick<ObservedImport, "members" | "run">,
) {
  const { id, state } = session;
  const hasEnded = state === "Failed" || state === "Cancelled";
  const remedy = isKnownState(state) ? stateTexts(state).remedy.replaceAll("<id>", id) : "";
  const wayOut = hasEnded && goal.isAdopted ? adoptAnother : remedy;
  const isCutOver = goal.isCutOver || run.cutOver !== undefined;
  const next = hasEnded && isCutOver ? `${checkTheHosts} ${wayOut}` : wayOut;
  return { kind: "stuck", reason: failureText(session, members), next } as const;
}

/** One action, in the words of its row. */
export function actOn(action: ImportAction): Step<ImportAction> {
  return { kind: "act", actions: [action], reason: rowOf(action).doing(action) };
}

/** As far as it is wanted, or further. A complete import needs no word of where it rests. */
export function settledAt(state: string, rests: boolean): Step<ImportAction> {
  return { kind: "settled", reason: state, rests: rests && state !== "Import_Completed" ? state : undefined };
}

/** Whether the array itself takes a session out of the state that it shows. */
export function isPassing(session: WireSession, cutsOver: boolean): boolean {
  const { state } = session;
  if (state === "Ready_For_Cutover") return cutsOver;
  if (isAgentless(session) && (state === "Mirror_Enabled" || state === "Ready_To_Start_Copy")) return false;
  return stateAfter(state) !== undefined;
}

/** What is wrong with a session that cannot continue, and with which of its members. */
export function failureText(session: WireSession, members: readonly WireSession[]): string {
  const own = session.error === undefined ? "" : `: ${errorText(session.error)}`;
  const failed = members.filter(
    ({ error, state }) => error !== undefined || state === "Failed" || state === "Cancelled",
  );
  const each = failed.map(
    ({ id, state, error }) => `member ${id} is ${state}${error === undefined ? "" : ` (${errorText(error)})`}`,
  );
  return [`the session is ${session.state}${own}`, ...each].join("; ");
}

/** A state that no plan may take for one it knows. */
export function unknownText(state: string): string {
  if (state === notObservedYet) return "the session was not read yet";
  return `the array reports the state "${state}", which this release does not know`;
}

export function isAgentless({ type }: WireSession): boolean {
  return type === "Agentless";
}

function isAutomatic({ automaticCutover }: ForwardGoal, session: WireSession): boolean {
  return automaticCutover || session.automatic_cutover === true;
}

/** In the array's words, after its code. */
export function errorText({ code, message_l10n }: NonNullable<WireSession["error"]>): string {
  return [code, message_l10n].filter(Boolean).join(" ");
}

const adoptAnother =
  "Adopt another session, or declare the source instead of sessionId to create one. To give the import up, destroy the resource.";
const checkTheHosts = "A cutover was sent before: check first which side the hosts use.";
const cutOverAgain =
  "Check what it names and the array's alerts. Then run `pulumi up` to cut over again, or destroy the resource to cancel what is left.";
