import type { Semaphore } from "../async/semaphore.ts";
import type { ProgressMarker, StallLimits } from "./stall.ts";
import type { Step } from "./step.ts";

/** One run towards a declared state: how to observe, what to conclude, how to act. */
export interface Reconciler<Observed, Action> {
  /** For errors: `bring import session 7 to Ready_For_Cutover`. */
  readonly attempted: string;
  /** For errors: the array. */
  readonly on: string;
  observe(signal: AbortSignal): Promise<Observed>;
  plan(observed: Observed): Step<Action>;
  /**
   * Sends one action. Gets no signal: an action under way is always seen to its answer. Calls `confirm` right before the request leaves; it throws when the time for
   * it is over.
   */
  send(action: Action, observed: Observed, confirm: () => void): Promise<void>;
  /** The opportunity an action uses up. While it is planned again with the same key, it is not sent again. */
  dedupeKey(action: Action): string;
  /** How long to let the array work before the next read, in milliseconds. `unchanged` counts the reads since anything changed. */
  pollIntervalMs(observed: Observed, unchanged: number): number;
  /** How long after the array has taken an action it is read, in milliseconds, whoever else is due then. @default as any read */
  readonly showsAfterMs?: number;
  /** Waits until the next read, for `durationMs` at most. @default sleeps for so long */
  waitForNextPoll?(durationMs: number, signal: AbortSignal): Promise<void>;
  /** Hears of each read and what was concluded: records the observation, shows progress. */
  onStep(observed: Observed, step: Step<Action>): void;
  /** What is observed, in the array's words, for debug output. @default decisions are not logged */
  shown?(observed: Observed): string;
  /** What would be sent, in words. @default the keys of the actions */
  actionsText?(actions: readonly Action[]): string;
  /** What shows whether the array makes progress; undefined while a person or the calendar has to end the wait. @default nothing shows it */
  progressMarker?(observed: Observed, step: Step<Action>): ProgressMarker | undefined;
  /** How long nothing may move. @default for ever */
  readonly stallLimits?: StallLimits;
  /** Bounds the actions under way, also those of others. @default one at a time */
  readonly semaphore?: Semaphore;
  /** Actions that an earlier run has sent, and that may not show yet. @default none */
  readonly recent?: readonly { readonly dedupeKey: string; readonly atMs: number }[];
  /** How long an action whose answer was lost may take to show before it is sent again, in milliseconds. */
  readonly lostAnswerGraceMs: number;
}

/** Where a run has come to rest. */
export interface Settled<Observed> {
  readonly kind: "settled" | "held";
  readonly reason: string;
  readonly observed: Observed;
}
