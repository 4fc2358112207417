import type { ThrottleHint } from "../../../core/log.ts";
import type { ProgressSample } from "../../../core/reconcile/eta.ts";
import { type Step, stageOf } from "../../../core/reconcile/step.ts";
import { durationText } from "../../../core/text/duration-text.ts";
import type { WireSession } from "../../wire.ts";
import type { ObservedImport } from "../plan/forward.ts";
import { isKnownState, isOver, type TargetState, targetStates } from "../states.ts";
import { forwardMoves } from "../way-forward.ts";

/** A text for the resource's row, and how soon the next one is worth a line. */
export type Shown = readonly [text: string, pacing: ThrottleHint];

/** What a person watching sees: stage, percent, rate and time left, as far as they are known; of a group how many members are where. */
export function progressText(
  observed: ObservedImport,
  step: Step<unknown>,
  targetState: TargetState,
  leftMs: number | undefined,
): Shown {
  const copying = copyingIn(observed);
  const pacing = { stage: stageOf(step), leftMs };
  if (step.kind !== "wait" || (copying.length === 0 && observed.members.length === 0)) return [step.reason, pacing];
  const counts = observed.members.length === 0 ? "" : `: ${countsText(observed, targetState)}`;
  const details = copying.length === 0 ? [] : copyTexts(copying, leftMs);
  return [[`${stageOf(step)}${percentText(copying)}${counts}`, ...details].join(", "), pacing];
}

/** The same of a session that is taken back. */
export function withdrawText({ session, members }: ObservedImport, step: Step<unknown>): Shown {
  const pacing = { stage: stageOf(step) };
  if (members.length === 0 || session === undefined) return [step.reason, pacing];
  const over = members.filter(({ state }) => isOver(state)).length;
  return [`${step.reason}: ${over}/${members.length} members over`, pacing];
}

/** What a forecast of the copies goes by: the one that takes longest. */
export function copySight(observed: ObservedImport, nowMs: number): ProgressSample {
  const copying = copyingIn(observed);
  const left = copying.flatMap((session) => copyLeftMs(session, nowMs) ?? []);
  const toldMs = left.length === 0 || left.length < copying.length ? undefined : Math.max(...left);
  return { nowMs, reportedMs: toldMs, percent: leastPercent(copying) };
}

/** The session that copies, or those of its members that do: a group at work shows no copy of its own. */
function copyingIn({ session, members }: ObservedImport): readonly WireSession[] {
  const all = members.length > 0 ? members : session === undefined ? [] : [session];
  return all.filter(({ state }) => state === "Copy_In_Progress");
}

function copyTexts(copying: readonly WireSession[], leftMs: number | undefined): string[] {
  const rates = copying.flatMap(({ current_transfer_rate: rate }) => rate ?? []);
  const rate = rates.reduce((sum, one) => sum + one, 0);
  return [
    ...(rates.length === 0 ? [] : [rateText(rate)]),
    ...(leftMs === undefined ? [] : [`ready in ${durationText(leftMs)}`]),
  ];
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

/** `8/12 ready for cutover, 3 copying, 1 failed`: those that are there first, then the others by where they are. */
function countsText({ session, members }: ObservedImport, targetState: TargetState): string {
  // The members of a group that is not cut over yet go as far as the cutover, and no further.
  const isBefore = session?.state !== "Cutover_In_Progress" && targetState === "Import_Completed";
  const reached = isBefore ? "Ready_For_Cutover" : targetState;
  const column = targetStates.indexOf(reached);
  const others = members.filter(({ state }) => !isKnownState(state) || forwardMoves[state][column] !== "settled");
  const byState = Map.groupBy(others, ({ state }) => state);
  const rest = [...byState].map(([state, those]) => `${those.length} ${stateText(state)}`);
  return [`${members.length - others.length}/${members.length} ${stateText(reached)}`, ...rest].join(", ");
}

/** PowerStore's own word, as one reads it: `ready for cutover`. */
function stateText(state: string): string {
  return plainWords[state] ?? state.toLowerCase().replaceAll("_", " ");
}

const plainWords: Readonly<Record<string, string>> = {
  Copy_In_Progress: "copying",
  Cutover_In_Progress: "cutting over",
  In_Progress: "setting up",
  Import_Completed: "imported",
  Cancel_In_Progress: "being cancelled",
  Cleanup_In_Progress: "being rolled back",
};

/** How long the array says the copy still takes, in milliseconds; undefined while nothing is copied. */
function copyLeftMs(session: WireSession, nowMs: number): number | undefined {
  const atMs = Date.parse(session.estimated_completion_timestamp ?? "");
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

function rateText(bytesPerSecond: number): string {
  return bytesPerSecond >= 1e9
    ? `${(bytesPerSecond / 1e9).toFixed(1)} GB/s`
    : `${Math.round(bytesPerSecond / 1e6)} MB/s`;
}
