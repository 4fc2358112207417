import { durationText } from "./duration-text.ts";
import { momentText } from "./moment.ts";
import type { ArraySettings } from "./settings.ts";

/** How long nothing may move, in milliseconds. Undefined: for ever. */
export interface StallLimits {
  /** Until it is warned of. */
  readonly warningMs: number | undefined;
  /** Until the run ends with an error. */
  readonly failureMs: number | undefined;
}

/** What a look shows of whether the array gets on. */
export interface Movement {
  /** Changes with every step the array makes: states, percents, counters. */
  readonly sign: string;
  /** The same for people, in the array's words: `Copy_In_Progress, 43%, 0 MB/s`. */
  readonly says: string;
}

/** Nothing has moved for as long as the limits allow. */
export interface Stall {
  /** What is due: `warning` comes once for every standstill. */
  readonly due: "warning" | "failure";
  /** `nothing has moved for 30m, since 2026-12-05T22:00:00Z; the array shows …` */
  readonly text: string;
}

/** Judges one wait, look by look. No movement at all is a wait that a person or the calendar has to end: it is no stall, however long. */
export type StallWatch = (movement: Movement | undefined, nowMs: number) => Stall | undefined;

export function watchForStall({ warningMs, failureMs }: StallLimits): StallWatch {
  let still: { readonly sign: string; readonly sinceMs: number; isWarnedOf: boolean } | undefined;
  return (movement, nowMs) => {
    if (movement === undefined || movement.sign !== still?.sign) {
      still = movement && { sign: movement.sign, sinceMs: nowMs, isWarnedOf: false };
      return undefined;
    }
    const stillMs = nowMs - still.sinceMs;
    const text = `nothing has moved for ${durationText(stillMs)}, since ${momentText(still.sinceMs)}; the array shows ${movement.says}`;
    if (failureMs !== undefined && stillMs >= failureMs) return { due: "failure", text };
    if (warningMs === undefined || stillMs < warningMs || still.isWarnedOf) return undefined;
    still.isWarnedOf = true;
    return { due: "warning", text };
  };
}

export function stallLimitsOf(settings: Pick<ArraySettings, "stallWarningMs" | "stallFailureMs">): StallLimits {
  return { warningMs: settings.stallWarningMs, failureMs: settings.stallFailureMs };
}
