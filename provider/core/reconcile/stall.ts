import { durationText } from "../text/duration-text.ts";
import { momentText } from "../text/moment.ts";

/**
 * How long a wait may go without progress, in milliseconds. Undefined: without limit.
 *
 * The time between reads that show the same counts. Time in which the array could not be read does not count, for example because the array was unreachable, or because
 * this machine was suspended.
 */
export interface StallLimits {
  /** Until a warning. */
  readonly warningMs: number | undefined;
  /** Until the run ends with an error. */
  readonly failureMs: number | undefined;
}

/** Shows whether the array makes progress. */
export interface ProgressMarker {
  /** Changes with every step of the array: states, percents, counters. */
  readonly fingerprint: string;
  /** The same for people, in the array's words: `Copy_In_Progress, 43%, 0 MB/s`. */
  readonly text: string;
  /** Extra time without progress before the run ends, in milliseconds. @default 0 */
  readonly patienceMs?: number | undefined;
}

/**
 * Detects the stall of one wait, read by read. Without a marker, only a person or the calendar can end the wait, and such a wait never stalls. `afterGap` says whether the
 * array could not be read since the read before.
 *
 * @returns what is due when the wait has gone without progress for as long as the limits allow. A `warning` comes once per stall.
 */
export function stallDetector({ warningMs, failureMs }: StallLimits) {
  let unmoved: Unmoved | undefined;
  return (
    marker: ProgressMarker | undefined,
    nowMs: number,
    afterGap = false,
  ): { readonly due: "warning" | "failure"; readonly text: string } | undefined => {
    if (marker?.fingerprint !== unmoved?.marker.fingerprint) unmoved = undefined;
    if (marker === undefined) return undefined;
    if (unmoved === undefined) {
      unmoved = { marker, sinceMs: nowMs, readMs: nowMs, unreadMs: 0, isWarnedOf: false };
      return undefined;
    }
    if (afterGap) unmoved.unreadMs += nowMs - unmoved.readMs;
    unmoved.readMs = nowMs;
    const unmovedMs = nowMs - unmoved.sinceMs - unmoved.unreadMs;
    const unread =
      unmoved.unreadMs === 0 ? "" : `, without ${durationText(unmoved.unreadMs)} in which the array could not be read`;
    const text = `no progress for ${durationText(unmovedMs)} (since ${momentText(unmoved.sinceMs)}${unread}); the array reports ${marker.text}`;
    if (failureMs !== undefined && unmovedMs >= failureMs + (marker.patienceMs ?? 0)) return { due: "failure", text };
    if (warningMs === undefined || unmovedMs < warningMs || unmoved.isWarnedOf) return undefined;
    unmoved.isWarnedOf = true;
    return { due: "warning", text };
  };
}

/** A series of reads that show the same. */
interface Unmoved {
  readonly marker: ProgressMarker;
  /** When the first and the last read were. */
  readonly sinceMs: number;
  readMs: number;
  /** The time in between in which the array could not be read. It does not count. */
  unreadMs: number;
  isWarnedOf: boolean;
}
