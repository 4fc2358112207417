import type { Clock } from "../async/clock.ts";
import type { ThrottleHint } from "../log.ts";

/** What a lifecycle is given for one run of create, read, update or delete. It does not know who calls it. */
export interface Run {
  readonly clock: Clock;
  /** Absolute; computed once. No wait of this run passes it. */
  readonly deadlineMs: number;
  /** Aborts when the run is interrupted. */
  readonly signal: AbortSignal;
  /** Replaces what the person watching sees of this resource; with `pacing` not more often than a log can bear. */
  progress(text: string, pacing?: ThrottleHint): void;
  /** A word that stays: data or service is at stake. */
  warn(text: string): void;
  debug(text: string): void;
}
