import type { Sight } from "../../core/forecast.ts";
import type { Step } from "../../core/settle.ts";
import type { Act } from "./acts.ts";
import type { Member } from "./member.ts";

/** What stands on the resource's row: the plan's reason, and how far the copies are that are waited for. */
export function progressText(members: readonly Member[], step: Step<Act>): string {
  const copying = copyPercents(members);
  if (step.kind !== "wait" || copying.length === 0) return step.reason;
  return `${step.reason} (${Math.min(...copying)}%${copying.length > 1 ? " at least" : ""})`;
}

/** What a forecast of the slowest copy, or of the suspends under way, goes by. */
export function sightOf(members: readonly Member[], nowMs: number): Sight {
  const copying = copyPercents(members);
  return { nowMs, toldMs: suspendsLeftMs(members), percent: copying.length === 0 ? undefined : Math.min(...copying) };
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
