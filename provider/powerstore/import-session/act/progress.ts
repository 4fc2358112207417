import { twoSentences } from "../../../core/errors.ts";
import type { ProgressSample } from "../../../core/reconcile/eta.ts";
import type { ProgressMarker } from "../../../core/reconcile/stall.ts";
import { type Step, stageOf } from "../../../core/reconcile/step.ts";
import type { Progress } from "../../../core/resource.ts";
import { durationText } from "../../../core/text/duration-text.ts";
import type { WireSession } from "../../wire.ts";
import { isCutOver } from "../cut-over.ts";
import type { ObservedImport } from "../observed.ts";
import { errorText } from "../plan/forward.ts";
import { forwardMove, isKnownState, isOver, stateWords, type TargetState } from "../states.ts";
import type { ImportTarget } from "../target.ts";
import { importWarnings } from "./warnings.ts";

/** What a read shows of how far things are. */
export function importProgress(observed: ObservedImport, step: Step<unknown>, target: ImportTarget): Progress {
  const { inputs, operation } = target;
  const isDelete = operation.kind === "delete";
  return {
    text: (leftMs) =>
      isDelete ? cancelText(observed, step) : progressText(observed, step, inputs.targetState, leftMs),
    sample: isDelete ? undefined : copySample(observed),
    marker: progressMarker(observed),
    shown: shownText(observed),
    // A declared force comes before the run gives up.
    patienceMs: isDelete ? inputs.forceCancelAfter : undefined,
    warnings: operation.kind === "read" ? foundWarnings(observed, step, target) : importWarnings(observed, target),
  };
}

/** What a refresh finds that somebody must decide on: a record that is kept without its session, and a session that failed. */
function foundWarnings(
  { session }: ObservedImport,
  step: Step<unknown>,
  { recorded }: ImportTarget,
): readonly string[] {
  if (session === undefined && recorded !== undefined && isCutOver(recorded.state))
    return [`session ${recorded.id} is not on the array any more; it was cut over, and its record stays`];
  return step.kind === "stuck" && session !== undefined ? [twoSentences(step.reason, step.next)] : [];
}

/** Stage, percent, rate and time left, as far as they are known; of a group how many members are where. */
export function progressText(
  observed: ObservedImport,
  step: Step<unknown>,
  targetState: TargetState,
  leftMs: number | undefined,
): string {
  const copying = copyingIn(observed);
  if (step.kind !== "wait" || (copying.length === 0 && observed.members.length === 0)) return step.reason;
  const counts = observed.members.length === 0 ? "" : `: ${countsText(observed, targetState)}`;
  const rates = copying.flatMap(({ current_transfer_rate: rate }) => rate ?? []);
  return [
    `${stageOf(step)}${percentText(copying)}${counts}`,
    ...(rates.length === 0 ? [] : [rateText(rates.reduce((sum, one) => sum + one, 0))]),
    ...(copying.length === 0 || leftMs === undefined ? [] : [`ready in ${durationText(leftMs)}`]),
  ].join(", ");
}

/** The same of a session that is cancelled. */
export function cancelText({ session, members }: ObservedImport, step: Step<unknown>): string {
  if (members.length === 0 || session === undefined) return step.reason;
  const over = members.filter(({ state }) => isOver(state)).length;
  return `${step.reason}: ${over}/${members.length} members over`;
}

/** What the remaining time is estimated by: the copy that takes longest. */
export function copySample(observed: ObservedImport): ProgressSample {
  const copying = copyingIn(observed);
  const endsMs = copying.map(({ estimated_completion_timestamp: at = "" }) => Date.parse(at));
  const isReported = endsMs.length > 0 && !endsMs.some(Number.isNaN);
  const reportedMs = isReported ? Math.max(0, Math.max(...endsMs) - observed.atMs) : undefined;
  return { nowMs: observed.atMs, reportedMs, percent: leastPercent(copying) };
}

/**
 * What shows whether an import makes progress: states, percents, and the current rate while it is above 0. The average rate and the estimate keep changing
 * while nothing is copied. Undefined while a session waits for its scheduled start, or in the queue behind other imports.
 */
export function progressMarker(observed: ObservedImport): ProgressMarker | undefined {
  const { session, members, atMs } = observed;
  if (session === undefined) return { fingerprint: "none", text: "no session" };
  const all = [session, ...members];
  const isWaitingItsTurn = all.some(({ state }) => state === "Queued");
  const isAtWork = members.some(({ state }) => state !== "Queued" && state !== "Scheduled");
  const startsLater = session.state === "Scheduled" && !(Date.parse(session.scheduled_timestamp ?? "") <= atMs);
  if ((isWaitingItsTurn || startsLater) && !isAtWork) return undefined;
  const shown = all.map((one) => [one.state, one.progress_percentage, one.current_transfer_rate, one.error?.code]);
  return { fingerprint: JSON.stringify(shown), text: shownText(observed) };
}

/** In the array's words: `Copy_In_Progress, 43%, 0 MB/s`; of a group its members by their states. */
export function shownText({ session, members }: ObservedImport): string {
  if (session === undefined) return "no session";
  const { state, progress_percentage: percent, current_transfer_rate: rate, error } = session;
  const byState = Map.groupBy(members, (member) => member.state);
  const counted = [...byState].map(([word, those]) => `${those.length} ${word}`).join(", ");
  return [
    state,
    ...(percent === undefined ? [] : [`${percent}%`]),
    ...(rate === undefined ? [] : [`${Math.round(rate / 1e6)} MB/s`]),
    ...(counted === "" ? [] : [`members: ${counted}`]),
    ...(error === undefined ? [] : [errorText(error)]),
  ].join(", ");
}

/** The session that copies, or those of its members that do: a group at work shows no copy of its own. */
function copyingIn({ session, members }: ObservedImport): readonly WireSession[] {
  const all = members.length > 0 ? members : session === undefined ? [] : [session];
  return all.filter(({ state }) => state === "Copy_In_Progress");
}

function percentText(copying: readonly WireSession[]): string {
  const percent = leastPercent(copying);
  if (percent === undefined) return "";
  return copying.length > 1 ? ` ${percent}% at least` : ` ${percent}%`;
}

function leastPercent(copying: readonly WireSession[]): number | undefined {
  const percents = copying.flatMap(({ progress_percentage: percent }) => percent ?? []);
  return percents.length === 0 || percents.length < copying.length ? undefined : Math.min(...percents);
}

/** `8/12 ready for cutover, 3 copying, 1 failed`: those that have arrived first, then the others by where they are. */
function countsText({ session, members }: ObservedImport, targetState: TargetState): string {
  // The members of a group that is not cut over yet go as far as the cutover, and no further.
  const isBefore = session?.state !== "Cutover_In_Progress" && targetState === "Import_Completed";
  const reached = isBefore ? "Ready_For_Cutover" : targetState;
  const others = members.filter(({ state }) => !isKnownState(state) || forwardMove(state, reached) !== "settled");
  const byState = Map.groupBy(others, ({ state }) => state);
  const rest = [...byState].map(([state, those]) => `${those.length} ${stateWords(state)}`);
  return [`${members.length - others.length}/${members.length} ${stateWords(reached)}`, ...rest].join(", ");
}

function rateText(bytesPerSecond: number): string {
  return bytesPerSecond >= 1e9
    ? `${(bytesPerSecond / 1e9).toFixed(1)} GB/s`
    : `${Math.round(bytesPerSecond / 1e6)} MB/s`;
}
