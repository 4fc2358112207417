import type { Semaphore } from "../async/semaphore.ts";
import type { ProgressMarker, StallLimits } from "./stall.ts";
import type { Step } from "./step.ts";

/** One run towards a declared state: how it observes, plans and acts. */
export interface Reconciler<Observed, Action> {
  /** For errors: `bring import session 7 to Ready_For_Cutover`. */
  readonly attempted: string;
  /** For errors: the array. */
  readonly on: string;
  observe(signal: AbortSignal): Promise<Observed>;
  plan(observed: Observed): Step<Action>;
  /**
   * Sends one action. Gets no signal, because a run always waits for the answer to an action. Calls `confirm` right before the request leaves. `confirm` throws after
   * the deadline.
   */
  send(action: Action, observed: Observed, confirm: () => void): Promise<void>;
  /** The opportunity that an action uses. The run does not send an action again while the plan contains one with the same key. */
  dedupeKey(action: Action): string;
  /** The pause before the next read, in milliseconds. `unchanged` counts the reads since anything changed. */
  pollIntervalMs(observed: Observed, unchanged: number): number;
  /** The time from an accepted action until the run reads the array again, in milliseconds, independent of other runs. @default as for any read */
  readonly showsAfterMs?: number;
  /** Waits until the next read, for up to `durationMs`. @default sleeps for `durationMs` */
  waitForNextPoll?(durationMs: number, signal: AbortSignal): Promise<void>;
  /** Called with each read and its step. Records the observation and shows progress. */
  onStep(observed: Observed, step: Step<Action>): void;
  /** The observation in the array's words, for debug output. @default steps are not logged */
  shown?(observed: Observed): string;
  /** The planned actions in words. @default the keys of the actions */
  actionsText?(actions: readonly Action[], observed: Observed): string;
  /** Shows whether the array makes progress. Undefined while only a person or the calendar can end the wait. @default progress is unknown */
  progressMarker?(observed: Observed, step: Step<Action>): ProgressMarker | undefined;
  /** How long a wait may go without progress. @default without limit */
  readonly stallLimits?: StallLimits;
  /** Limits how many actions are under way at a time, those of other runs included. @default one at a time */
  readonly semaphore?: Semaphore;
  /** Actions that an earlier run has sent, and whose effect may not show yet. @default none */
  readonly recent?: readonly { readonly dedupeKey: string; readonly atMs: number }[];
  /** After a lost answer, the time until the run sends the action again because no effect has shown, in milliseconds. */
  readonly lostAnswerGraceMs: number;
}

/** How a run has ended. */
export interface Settled<Observed> {
  readonly kind: "settled" | "held";
  readonly reason: string;
  readonly observed: Observed;
}
