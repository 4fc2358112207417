import type { Semaphore } from "../async/semaphore.ts";
import { isTransient, MigrationError } from "../errors.ts";
import { trackAttempts } from "./attempts.ts";
import { type Deadline, deadlineFor, retrying } from "./deadline.ts";
import type { Run } from "./run.ts";
import { sendOnce } from "./send-once.ts";
import type { ProgressMarker, StallLimits } from "./stall.ts";
import { stallGuard } from "./stall-guard.ts";
import { stepText } from "./step.ts";

/** What to do next about what was observed: the whole vocabulary of a plan. */
export type Step<Act> =
  /** The declared state is reached. */
  | { readonly kind: "settled"; readonly reason: string }
  /** As far as it may go for now: a person has to open a gate first. A success. */
  | { readonly kind: "held"; readonly reason: string }
  /** The array is at work. */
  | {
      readonly kind: "wait";
      readonly reason: string;
      /** What is waited for, where the reason also counts. @default the reason */
      readonly stage?: string;
    }
  | { readonly kind: "act"; readonly actions: readonly Act[]; readonly reason: string }
  /** The declared state cannot be reached from here. `next` says what a person can do. */
  | {
      readonly kind: "stuck";
      readonly reason: string;
      readonly next: string;
      /** How the error is to be understood. @default "stuck" */
      readonly as?: "stuck" | "partial" | "identity" | "notFound";
    };

/** What a step is about, without the numbers of the moment. */
export function stageOf(step: Step<unknown>): string {
  return step.kind === "wait" ? (step.stage ?? step.reason) : step.reason;
}

/** One kind of settling: how to look, what to conclude, how to act. */
export interface Reconciler<Observed, Act> {
  /** For errors: `bring import session 7 to Ready_For_Cutover`. */
  readonly attempted: string;
  /** For errors: the array. */
  readonly on: string;
  observe(signal: AbortSignal): Promise<Observed>;
  plan(observed: Observed): Step<Act>;
  /**
   * Sends one act. Gets no signal: an act under way is always seen to its answer. `confirm` is to be called right before the request leaves; it throws when
   * the time for it is over.
   */
  send(act: Act, observed: Observed, confirm: () => void): Promise<void>;
  /** The opportunity an act uses up. Planned again while its opportunity lasts, it is not sent again. */
  dedupeKey(act: Act): string;
  /** How long to let the array work before the next look, in milliseconds. `looks` counts those since anything changed. */
  pollIntervalMs(observed: Observed, looks: number): number;
  /** How long after the array has taken an act it is looked at, whoever else is due then, in milliseconds. @default as any look */
  readonly showsAfterMs?: number;
  /** Rests between two looks, for so long at most. @default sleeps for so long */
  waitForNextPoll?(durationMs: number, signal: AbortSignal): Promise<void>;
  /** Hears of each look and what was concluded: records the observation, shows progress. */
  onStep(observed: Observed, step: Step<Act>): void;
  /** What is observed, in the array's words: for debug output. @default decisions are not told there */
  shown?(observed: Observed): string;
  /** What would be sent, in words. @default its opportunity */
  actionsText?(acts: readonly Act[]): string;
  /** What shows whether the array gets on; undefined while a person or the calendar has to end the wait. @default nothing shows it */
  progressMarker?(observed: Observed, step: Step<Act>): ProgressMarker | undefined;
  /** How long nothing may move. @default for ever */
  readonly stallLimits?: StallLimits;
  /** Bounds the acts under way at once, also those of others. @default one by one */
  readonly semaphore?: Semaphore;
  /** Acts that an earlier run has sent, and that may not show yet. @default none */
  readonly recent?: readonly { readonly opportunity: string; readonly atMs: number }[];
  /** How long an act whose answer was lost is given to show, before it is sent again, in milliseconds. */
  readonly lostAnswerGraceMs: number;
}

export interface Settled<Observed> {
  readonly kind: "settled" | "held";
  readonly reason: string;
  readonly observed: Observed;
}

/**
 * Observes, plans and acts until the plan says settled or held.
 *
 * Each act is sent at most once per opportunity: while the plan keeps asking for an act that the array has taken, it is waited for; one whose answer
 * was lost is sent again only when the array has kept showing the opportunity for a grace time.
 *
 * @throws MigrationError `stuck`, `stalled`, `timeout` or `cancelled`, or the array's refusal of an act
 */
export async function reconcile<Observed, Act>(
  settling: Reconciler<Observed, Act>,
  run: Run,
): Promise<Settled<Observed>> {
  const deadline = new AbortController();
  const finished = new AbortController();
  run.clock.sleep(run.deadlineMs - run.clock.nowMs(), finished.signal).then(() => {
    if (!finished.signal.aborted) deadline.abort();
  });
  const attempts = trackAttempts(settling.lostAnswerGraceMs);
  for (const { opportunity, atMs } of settling.recent ?? [])
    attempts.unclear(opportunity, Math.min(atMs, run.clock.nowMs()));
  const wait = deadlineFor(settling, run, AbortSignal.any([run.signal, deadline.signal]));
  const confirmMoving = stallGuard(settling, run);
  try {
    for (let looks = 0, lastReason = "", isUrgent = false, plannedMs = 0; ; ) {
      const observed = await observeWithRetry(settling, run, wait);
      const lookedMs = run.clock.nowMs();
      const step = settling.plan(observed);
      if (settling.shown !== undefined) run.debug(stepText(settling, step, settling.shown(observed)));
      settling.onStep(observed, step);
      confirmMoving(observed, step, plannedMs);
      looks = step.reason === lastReason ? looks + 1 : 0;
      lastReason = step.reason;
      wait.reason = step.reason;
      let askedMs = 0;
      switch (step.kind) {
        case "settled":
        case "held":
          return { kind: step.kind, reason: step.reason, observed };
        case "stuck":
          throw new MigrationError({
            attempted: settling.attempted,
            on: settling.on,
            kind: step.as ?? "stuck",
            answered: step.reason,
            next: step.next,
          });
        case "wait":
          attempts.forgetAllBut([]);
          isUrgent = false;
          break;
        case "act": {
          const sent = await sendOnce(settling, step.actions, observed, { run, wait, attempts });
          if (sent.anyTaken) looks = 0;
          askedMs = sent.askedMs;
          // An array that wants act after act is not rushed.
          isUrgent = sent.anyTaken && settling.showsAfterMs !== undefined && !isUrgent;
          break;
        }
      }
      const restMs = settling.pollIntervalMs(observed, looks);
      // With the acts in between, and without what the array asks for: it could not be asked then.
      plannedMs = run.clock.nowMs() - lookedMs + restMs;
      if (askedMs > 0) await wait.pause(Math.max(askedMs, restMs));
      else if (isUrgent) await wait.pause(settling.showsAfterMs ?? restMs);
      else await wait.rest(restMs);
    }
  } finally {
    finished.abort();
  }
}

/** Looks until a look succeeds: one failed poll is never a failed migration. */
async function observeWithRetry<Observed, Act>(
  settling: Reconciler<Observed, Act>,
  run: Run,
  wait: Deadline,
): Promise<Observed> {
  const startedMs = run.clock.nowMs();
  for (let failures = 1; ; failures++) {
    wait.throwIfOver();
    try {
      const observed = await settling.observe(wait.over);
      wait.hasSeen = true;
      wait.lastFailure = undefined;
      return observed;
    } catch (error) {
      wait.throwIfOver();
      // What was answered a moment ago may be refused in passing, by a lock say: one failed poll is never a failed migration.
      const isRefusedNow = wait.hasSeen && error instanceof MigrationError && error.kind === "refused";
      if (!isRefusedNow && !isTransient(error)) throw error;
      // Nothing was seen yet, nor was the array busy: more likely a wrong address than a passing trouble.
      const isDoubtful = isRefusedNow || (!wait.hasSeen && error.kind !== "busy");
      if (isDoubtful && run.clock.nowMs() - startedMs >= maxDoubtMs) throw error;
      wait.lastFailure = error;
      run.progress(`looking again: ${error.message}`, retrying);
      await wait.pause(Math.max(error.retryAfterMs ?? 0, backoffMs(failures)) * (1 + run.clock.chance() / 10));
    }
  }
}

/** How long the first look may fail in passing, or a later one be refused, before the run gives up, in milliseconds. Later looks may fail until the deadline. */
const maxDoubtMs = 5 * 60_000;

/** 1 s, doubling up to a minute: a failing array is not helped by being asked more. */
function backoffMs(failures: number): number {
  return Math.min(1000 * 2 ** Math.min(failures - 1, 6), 60_000);
}
