import { durationText } from "../text/duration-text.ts";
import { momentText } from "../text/moment.ts";

/**
 * How long nothing may move, in milliseconds. Undefined: for ever.
 *
 * What counts is the time between reads of the array that show the same. Time in which it could not be read (it was out of reach, or this machine was suspended)
 * does not count: see `isGap`.
 */
export interface StallLimits {
  /** Until a warning. */
  readonly warningMs: number | undefined;
  /** Until the run ends with an error. */
  readonly failureMs: number | undefined;
}

/** What a read shows of whether the array makes progress. */
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
  /** What is due: `warning` comes once for every stall. */
  readonly due: "warning" | "failure";
  /** `no progress for 30m (since 2026-12-05T22:00:00Z); the array reports …` */
  readonly text: string;
}

/**
 * Judges one wait, read by read. Without a marker a person or the calendar has to end the wait: that is no stall, however long.
 *
 * @param afterGap whether the array could not be read since the read before
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
 * Whether the array could not be read between two reads: the second came a minute and the planned time later than planned. A read that failed once or was slow is no
 * gap, or an array that often fails one would never count as stalled.
 */
export function isGap(betweenMs: number, plannedMs: number): boolean {
  return betweenMs > 2 * plannedMs + 60_000;
}

/** The limits that an array's settings give. */
export function stallLimitsOf(settings: {
  readonly stallWarningMs: number | undefined;
  readonly stallFailureMs: number | undefined;
}): StallLimits {
  return { warningMs: settings.stallWarningMs, failureMs: settings.stallFailureMs };
}
