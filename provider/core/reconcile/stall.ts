import type { ArraySettings } from "../array/settings.ts";
import { durationText } from "../text/duration-text.ts";
import { momentText } from "../text/moment.ts";

/**
 * How long nothing may move, in milliseconds. Undefined: for ever.
 *
 * What counts is the time between looks at the array that show the same. Time in which it could not be asked (it was out of reach, or this machine was
 * suspended) does not: see `isGap`.
 */
export interface StallLimits {
  /** Until it is warned of. */
  readonly warningMs: number | undefined;
  /** Until the run ends with an error. */
  readonly failureMs: number | undefined;
}

/** What a look shows of whether the array gets on. */
export interface ProgressMarker {
  /** Changes with every step the array makes: states, percents, counters. */
  readonly fingerprint: string;
  /** The same for people, in the array's words: `Copy_In_Progress, 43%, 0 MB/s`. */
  readonly text: string;
  /** How much longer than usual nothing may move before the run ends, in milliseconds. @default 0 */
  readonly patienceMs?: number | undefined;
}

/** Nothing has moved for as long as the limits allow. */
export interface Stall {
  /** What is due: `warning` comes once for every standstill. */
  readonly due: "warning" | "failure";
  /** `nothing has moved for 30m, since 2026-12-05T22:00:00Z; the array shows …` */
  readonly text: string;
}

/**
 * Judges one wait, look by look. No movement at all is a wait that a person or the calendar has to end: it is no stall, however long.
 *
 * @param afterGap whether the array could not be asked since the look before
 */
export type StallDetector = (
  movement: ProgressMarker | undefined,
  nowMs: number,
  afterGap?: boolean,
) => Stall | undefined;

export function stallDetector({ warningMs, failureMs }: StallLimits): StallDetector {
  let still: Unmoved | undefined;
  return (marker, nowMs, afterGap = false) => {
    if (marker === undefined || marker.fingerprint !== still?.fingerprint) {
      still = marker && {
        fingerprint: marker.fingerprint,
        sinceMs: nowMs,
        readMs: nowMs,
        unreadMs: 0,
        isWarnedOf: false,
      };
      return undefined;
    }
    if (afterGap) still.unreadMs += nowMs - still.readMs;
    still.readMs = nowMs;
    const stillMs = nowMs - still.sinceMs - still.unreadMs;
    const unread =
      still.unreadMs === 0 ? "" : `, without ${durationText(still.unreadMs)} in which the array could not be read`;
    const text = `no progress for ${durationText(stillMs)} (since ${momentText(still.sinceMs)}${unread}); the array reports ${marker.text}`;
    if (failureMs !== undefined && stillMs >= failureMs + (marker.patienceMs ?? 0)) return { due: "failure", text };
    if (warningMs === undefined || stillMs < warningMs || still.isWarnedOf) return undefined;
    still.isWarnedOf = true;
    return { due: "warning", text };
  };
}

/** Reads that show the same. */
interface Unmoved {
  readonly fingerprint: string;
  /** The first of them. */
  readonly sinceMs: number;
  /** The last of them. */
  readMs: number;
  /** How much of the time between them does not count. */
  unreadMs: number;
  isWarnedOf: boolean;
}

/**
 * Whether the array could not be asked between two looks: the second came a minute and the planned time later than planned. A look that failed once or was
 * slow is no gap, or an array that often fails one would never be found to stand still.
 */
export function isGap(betweenMs: number, plannedMs: number): boolean {
  return betweenMs > 2 * plannedMs + 60_000;
}

export function stallLimitsOf(settings: Pick<ArraySettings, "stallWarningMs" | "stallFailureMs">): StallLimits {
  return { warningMs: settings.stallWarningMs, failureMs: settings.stallFailureMs };
}
