import type { Step } from "../../../core/reconcile/step.ts";
import type { Progress } from "../../../core/resource.ts";
import { durationText } from "../../../core/text/duration-text.ts";
import { resourceNameOf } from "../../../core/text/urn.ts";
import type { GroupAction } from "../plan/actions.ts";
import type { Member } from "../plan/member.ts";
import { membershipWarnings } from "../plan/membership.ts";
import type { ObservedGroup } from "../plan/observed.ts";
import { otherWarnings } from "../plan/sight.ts";
import type { GroupTarget } from "../plan/target.ts";
import { waitWarnings } from "../plan/warnings.ts";
import { leftBehind } from "./left-behind.ts";

/** What a read shows of how far the group is. The remaining time is estimated by the slowest copy, or by the suspends under way. */
export function progressOf(observed: ObservedGroup, step: Step<GroupAction>, target: GroupTarget): Progress {
  const { members, readMs } = observed;
  const percents = copyPercents(members);
  const percent = percents.length === 0 ? undefined : Math.min(...percents);
  const shown = shownText(members);
  const isOver = step.kind === "settled" && !target.isPreview;
  return {
    text(leftMs) {
      if (step.kind !== "wait") return step.reason;
      const copied = percent === undefined ? "" : ` (${percents.length > 1 ? "at least " : ""}${percent}% copied)`;
      return `${step.reason}${copied}${leftMs === undefined ? "" : `, ready in ${durationText(leftMs)}`}`;
    },
    sample: { nowMs: readMs, reportedMs: suspendsLeftMs(members), percent },
    marker: { fingerprint: fingerprintOf(members), text: shown },
    shown,
    warnings: [
      ...membershipWarnings(observed, target),
      ...(observed.mirrors ?? []).map(({ id, urn, idThere }) => {
        return `copy session ${id} is copy session ${idThere} of "${resourceNameOf(urn).name}", seen from the other array: let one group drive it`;
      }),
      ...(isOver ? leftBehind(observed, target) : [...waitWarnings(members), ...otherWarnings(observed, target)]),
    ],
  };
}

/** What shows whether those that are waited for make progress. What was sent does not: a command rejected again and again moves nothing. */
function fingerprintOf(members: readonly Member[]): string {
  const shown = members.map(({ session }) => {
    const { status, phase, progress, isSuspending, suspendSecondsLeft, transferMode, pair } = session ?? {};
    return [status, phase, progress, isSuspending, suspendSecondsLeft, transferMode, pair];
  });
  return JSON.stringify(shown);
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
