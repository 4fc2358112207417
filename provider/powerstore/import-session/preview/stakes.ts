import { declaredMomentText } from "../../../core/text/moment.ts";
import type { ImportSessionInputs } from "../inputs.ts";
import { closedGate } from "../plan/gate.ts";
import type { RecordedImport } from "../recorded.ts";
import { isOver } from "../states.ts";

/** A cutover that is declared and not sent yet, in words. */
export interface CutoverAhead {
  readonly text: string;
  /** Whether a run that starts now may come to send it. */
  readonly isAtStake: boolean;
}

/**
 * What becomes of a declared cutover in a run that starts now.
 *
 * @param isReady whether the session waits for nothing but the cutover, so that a run does not last until a window opens
 * @param doubts what may hold it and is not known yet
 * @returns undefined when no cutover is declared, or a declared pause keeps the session before it
 */
export function cutoverAhead(
  inputs: ImportSessionInputs,
  sessionId: string,
  nowMs: number,
  isReady: boolean,
  doubts: readonly string[] = [],
): CutoverAhead | undefined {
  const { cutoverWindow, cutoverApproval, wave } = inputs;
  if (inputs.targetState !== "Import_Completed" || inputs.paused === true) return undefined;
  const { notBefore, notAfter } = cutoverWindow ?? {};
  const unapproved = closedGate({ cutoverApproval, wave }, sessionId, nowMs);
  const isClosed = notAfter !== undefined && nowMs >= notAfter;
  const isAhead = notBefore !== undefined && nowMs < notBefore;
  const shut = isClosed || (isAhead && isReady) ? closedGate({ cutoverWindow }, sessionId, nowMs) : unapproved;
  if (shut !== undefined) {
    const later = isClosed ? "" : `; once nothing holds it, an \`up\` cuts over: ${noWayBack(inputs)}`;
    return { text: `${shut}${later}`, isAtStake: false };
  }
  const limits = [
    ...(isAhead ? [`not before ${declaredMomentText(notBefore)}`] : []),
    ...(notAfter === undefined ? [] : [`not after ${declaredMomentText(notAfter)}`]),
  ];
  const within = limits.length === 0 ? "" : ` (${limits.join(", ")})`;
  const unless = doubts.length === 0 ? "" : `, unless ${doubts.join(" or ")} holds it`;
  return { text: `cutover${within}${unless}: ${noWayBack(inputs)}`, isAtStake: true };
}

/** What becomes of a session that the array cuts over by itself: no gate and no target holds it. */
export function automaticCutover(inputs: ImportSessionInputs): CutoverAhead {
  return { text: `automatic cutover: ${noWayBack(inputs)}`, isAtStake: true };
}

/** What a cutover means: it cannot be undone, and the source goes stale. */
export function noWayBack({ sourceResourceId }: ImportSessionInputs): string {
  return `irreversible; ${sourceResourceId === undefined ? "the source" : `source ${sourceResourceId}`} no longer kept in sync`;
}

/** The warnings that go with {@link cutoverAhead}: of a cutover that may be sent, and of one that no later run will send either. */
export function cutoverWarnings(
  inputs: ImportSessionInputs,
  nowMs: number,
  ahead: CutoverAhead | undefined,
): readonly string[] {
  const { notAfter = Number.POSITIVE_INFINITY } = inputs.cutoverWindow ?? {};
  if (ahead?.isAtStake === true) return [ahead.text];
  return ahead !== undefined && nowMs >= notAfter ? [ahead.text] : [];
}

const loss = "no rollback if the source or the hosts cannot be reached";

/** What destroy would do that a preview of a destroy cannot say. */
export function forceWarnings({ forceCancel, forceCancelAfter }: ImportSessionInputs): string[] {
  if (forceCancel === true) return [`destroy: force cancel, ${loss}`];
  if (forceCancelAfter === undefined) return [];
  return [`destroy: force cancel if the graceful cancel fails or takes too long, ${loss}`];
}

/** Why another session takes the place of the recorded one, and what becomes of that. */
export function replacementText(
  causes: readonly string[],
  { sessionId, state, adopted }: RecordedImport,
  isGone: boolean,
  before: ImportSessionInputs | undefined,
): string {
  if (isGone) return `session ${sessionId} is not there any more: another one is made, and the copy starts again`;
  const cause = `replaced because of ${causes.join(", ")}`;
  if (isOver(state)) return `${cause}: another session is made, and the copy starts again`;
  const cancelled = `${adopted ? "adopted session" : "session"} ${sessionId} is cancelled${forced(before)}`;
  return `${cause}: ${cancelled}, and the copy starts again`;
}

/** The old session is taken back with the inputs it was made with. */
function forced(before: ImportSessionInputs | undefined): string {
  if (before?.forceCancel === true) return ` by force (${loss})`;
  return before?.forceCancelAfter === undefined ? "" : `, by force if need be (${loss})`;
}
