import type { ProgressSample } from "../../../core/reconcile/eta.ts";
import type { ProgressMarker } from "../../../core/reconcile/stall.ts";
import type { Step } from "../../../core/reconcile/step.ts";
import type { Progress } from "../../../core/resource.ts";
import { durationText } from "../../../core/text/duration-text.ts";
import type { GroupAction } from "../plan/actions.ts";
import type { Member } from "../plan/member.ts";
import type { ObservedGroup } from "../plan/observed.ts";
import type { GroupTarget } from "../plan/possibilities.ts";
import { otherWarnings } from "../plan/sight.ts";
import { waitWarnings } from "../plan/warnings.ts";
import { leftBehind } from "./left-behind.ts";

/** What a read shows of how far the group is. */
export function progressOf(observed: ObservedGroup, step: Step<GroupAction>, target: GroupTarget): Progress {
  const { members, readMs } = observed;
  const isOver = step.kind === "settled" && !target.isPreview;
  return {
    text: (leftMs) => rowText(members, step, leftMs),
    sample: sampleOf(members, readMs),
    marker: markerOf(members),
    shown: shownText(members),
    warnings: isOver ? leftBehind(observed, target) : [...waitWarnings(members), ...otherWarnings(observed, target)],
  };
}

/** The plan's reason, how far the copies are that are waited for, and how long it will still take, as far as is known. */
function rowText(members: readonly Member[], step: Step<GroupAction>, leftMs: number | undefined): string {
  if (step.kind !== "wait") return step.reason;
  const copying = copyPercents(members);
  const percent =
    copying.length === 0 ? "" : ` (${copying.length > 1 ? "at least " : ""}${Math.min(...copying)}% copied)`;
  const left = leftMs === undefined ? "" : `, ready in ${durationText(leftMs)}`;
  return `${step.reason}${percent}${left}`;
}

/** What shows whether those that are waited for make progress. What was sent does not: a command rejected again and again moves nothing. */
function markerOf(members: readonly Member[]): ProgressMarker {
  const shown = members.map(({ session }) => [
    session?.status,
    session?.phase,
    session?.progress,
    session?.isSuspending,
    session?.suspendSecondsLeft,
    session?.transferMode,
    session?.pair,
  ]);
  return { fingerprint: JSON.stringify(shown), text: shownText(members) };
}

/** The members by what the array shows of them: `2 Active, Copying 43%; 1 Suspend, Tracking`. */
function shownText(members: readonly Member[]): string {
  const counts = Map.groupBy(members, ({ session }) => {
    if (session === undefined) return "not found";
    const { status, phase, progress, isSuspending, errorCode } = session;
    const percent = progress === undefined || phase === "Equivalent" ? "" : ` ${progress}%`;
    const suspending = isSuspending ? ", suspending" : "";
    const error = errorCode === undefined || /^0+$/.test(errorCode) ? "" : `, copy error code ${errorCode}`;
    return `${status}, ${phase}${percent}${suspending}${error}`;
  });
  const texts = [...counts].map(([text, those]) => (members.length === 1 ? text : `${those.length} ${text}`));
  return [...texts.slice(0, maxTexts), ...(texts.length > maxTexts ? ["…"] : [])].join("; ");
}

const maxTexts = 8;

/** The remaining time is estimated by the slowest copy, or by the suspends under way. */
function sampleOf(members: readonly Member[], nowMs: number): ProgressSample {
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

/** How long the suspends under way will take, in milliseconds, by what the array reports; undefined where it reports nothing. */
function suspendsLeftMs(members: readonly Member[]): number | undefined {
  const left = members.flatMap(({ session }) => (session?.isSuspending === true ? [session.suspendSecondsLeft] : []));
  const reported = left.filter((seconds) => seconds !== undefined);
  return reported.length === 0 || reported.length < left.length ? undefined : Math.max(...reported) * 1000;
}
