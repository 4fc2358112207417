import type { ThrottleHint } from "../../../core/log.ts";
import type { ProgressSample } from "../../../core/reconcile/eta.ts";
import type { ProgressMarker } from "../../../core/reconcile/stall.ts";
import { type Step, stageOf } from "../../../core/reconcile/step.ts";
import { durationText } from "../../../core/text/duration-text.ts";
import type { Action } from "../plan/actions.ts";
import type { Member } from "../plan/member.ts";

/** What stands on the resource's row: the plan's reason, how far the copies are that are waited for, and how long it will still take, as far as is known. */
export function progressText(
  members: readonly Member[],
  step: Step<Action>,
  leftMs: number | undefined,
): readonly [text: string, pacing: ThrottleHint] {
  const pacing = { stage: stageOf(step), leftMs };
  if (step.kind !== "wait") return [step.reason, pacing];
  const copying = copyPercents(members);
  const percent =
    copying.length === 0 ? "" : ` (${copying.length > 1 ? "at least " : ""}${Math.min(...copying)}% copied)`;
  const left = leftMs === undefined ? "" : `, ready in ${durationText(leftMs)}`;
  return [`${step.reason}${percent}${left}`, pacing];
}

/** What shows whether the array gets on with those that are waited for. What was sent does not: a command refused again and again moves nothing. */
export function movementOf(members: readonly Member[]): ProgressMarker {
  const sign = members.map(({ session }) => [
    session?.status,
    session?.phase,
    session?.progress,
    session?.isSuspending,
    session?.suspendSecondsLeft,
    session?.transferMode,
    session?.pair,
  ]);
  return { fingerprint: JSON.stringify(sign), text: shownText(members) };
}

/** The members by what the array shows of them: `2 Active, Copying 43%; 1 Suspend, Tracking`. */
export function shownText(members: readonly Member[]): string {
  const counts = Map.groupBy(members, ({ session }) => {
    if (session === undefined) return "not there";
    const { status, phase, progress, isSuspending, errorCode } = session;
    const percent = progress === undefined || phase === "Equivalent" ? "" : ` ${progress}%`;
    const suspending = isSuspending ? ", suspending" : "";
    const error = errorCode === undefined || /^0+$/.test(errorCode) ? "" : `, copy error code ${errorCode}`;
    return `${status}, ${phase}${percent}${suspending}${error}`;
  });
  const texts = [...counts].map(([text, those]) => (members.length === 1 ? text : `${those.length} ${text}`));
  return [...texts.slice(0, mostTexts), ...(texts.length > mostTexts ? ["…"] : [])].join("; ");
}

const mostTexts = 8;

/** What a forecast of the slowest copy, or of the suspends under way, goes by. */
export function sightOf(members: readonly Member[], nowMs: number): ProgressSample {
  const copying = copyPercents(members);
  return {
    nowMs,
    reportedMs: suspendsLeftMs(members),
    percent: copying.length === 0 ? undefined : Math.min(...copying),
  };
}

function copyPercents(members: readonly Member[]): number[] {
  return members.flatMap(({ session }) => {
    const isCopying = session?.status === "Active" && session.phase !== "Equivalent";
    return isCopying && session.progress !== undefined ? [session.progress] : [];
  });
}

/** How long the suspends under way will take, in milliseconds, by what the array says; undefined where it says nothing. */
function suspendsLeftMs(members: readonly Member[]): number | undefined {
  const left = members.flatMap(({ session }) => (session?.isSuspending === true ? [session.suspendSecondsLeft] : []));
  const told = left.filter((seconds) => seconds !== undefined);
  return told.length === 0 || told.length < left.length ? undefined : Math.max(...told) * 1000;
}
