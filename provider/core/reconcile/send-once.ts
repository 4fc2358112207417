import { mapBounded } from "../async/map-bounded.ts";
import { openSemaphore } from "../async/semaphore.ts";
import { MigrationError } from "../errors.ts";
import type { Attempts } from "./attempts.ts";
import { type Deadline, retrying } from "./deadline.ts";
import type { Reconciler } from "./reconcile.ts";
import type { Run } from "./run.ts";

/** Sends those of the acts whose opportunity is unused. @returns whether any was taken, and how long the array asked to be left alone */
export async function sendOnce<Observed, Act>(
  settling: Reconciler<Observed, Act>,
  acts: readonly Act[],
  observed: Observed,
  { run, wait, attempts }: { readonly run: Run; readonly wait: Deadline; readonly attempts: Attempts },
): Promise<{ readonly anyTaken: boolean; readonly askedMs: number }> {
  attempts.forgetAllBut(acts.map((act) => settling.dedupeKey(act)));
  const refusal = attempts.rejection(run.clock.nowMs());
  // Refused, and a fresh look still plans it: the array means it.
  if (refusal !== undefined) throw refusal;
  const due = acts.filter((act) => attempts.isDue(settling.dedupeKey(act), run.clock.nowMs()));
  if (due.length < acts.length)
    run.debug(`sent already, not sent again: ${acts.length - due.length} of ${acts.length}`);
  let anyTaken = false;
  const turns = settling.semaphore ?? openSemaphore(1);
  const askedMs = await mapBounded(due, turns.limit, async (act) => {
    const endTurn = await turns.acquire(wait.over);
    if (endTurn === undefined) return 0;
    try {
      await settling.send(act, observed, () => wait.throwIfOver());
      attempts.taken(settling.dedupeKey(act));
      anyTaken = true;
      return 0;
    } catch (error) {
      if (!(error instanceof MigrationError)) throw error;
      // An act that was held back because the time is over is no failure to blame for that.
      if (error.kind === "cancelled" || error.kind === "timeout") wait.throwIfOver();
      attempts.failed(settling.dedupeKey(act), error, run.clock.nowMs());
      wait.lastFailure = error;
      run.progress(`looking again: ${error.message}`, retrying);
      return error.retryAfterMs ?? 0;
    } finally {
      endTurn();
    }
  });
  return { anyTaken, askedMs: Math.max(0, ...askedMs) };
}
