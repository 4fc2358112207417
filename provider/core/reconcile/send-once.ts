import { mapBounded } from "../async/map-bounded.ts";
import { openSemaphore } from "../async/semaphore.ts";
import { MigrationError } from "../errors.ts";
import type { Attempts } from "./attempts.ts";
import { type Deadline, retrying } from "./deadline.ts";
import type { Reconciler } from "./reconciler.ts";
import type { Run } from "./run.ts";

/** Sends each action whose opportunity is unused. @returns whether the array took any, and how long it asked the provider to wait */
export async function sendOnce<Observed, Action>(
  reconciler: Reconciler<Observed, Action>,
  actions: readonly Action[],
  observed: Observed,
  { run, deadline, attempts }: { readonly run: Run; readonly deadline: Deadline; readonly attempts: Attempts },
): Promise<{ readonly anyTaken: boolean; readonly askedMs: number }> {
  attempts.forgetAllBut(actions.map((action) => reconciler.dedupeKey(action)));
  const rejection = attempts.rejection(run.clock.nowMs());
  // The array rejected the action, and the plan still contains it after another read. The rejection is final.
  if (rejection !== undefined) throw rejection;
  const due = actions.filter((action) => attempts.isDue(reconciler.dedupeKey(action), run.clock.nowMs()));
  if (due.length < actions.length)
    run.debug(`sent already, not sent again: ${actions.length - due.length} of ${actions.length}`);
  let anyTaken = false;
  const semaphore = reconciler.semaphore ?? openSemaphore(1);
  const askedMs = await mapBounded(due, semaphore.limit, async (action) => {
    const isStale = semaphore.isFull();
    const release = await semaphore.acquire(deadline.over);
    if (release === undefined) return 0;
    try {
      const due = isStale ? await plannedStill(reconciler, action, { run, deadline }) : { action, observed };
      if (due === undefined) return 0;
      await reconciler.send(due.action, due.observed, () => deadline.throwIfOver());
      attempts.taken(reconciler.dedupeKey(action));
      anyTaken = true;
      return 0;
    } catch (error) {
      if (!(error instanceof MigrationError)) throw error;
      // `confirm` stopped an action after the deadline. That is no failure of the array.
      if (error.kind === "cancelled" || error.kind === "timeout") deadline.throwIfOver();
      attempts.failed(reconciler.dedupeKey(action), error, run.clock.nowMs());
      deadline.lastFailure = error;
      run.progress(`retrying: ${error.message}`, retrying);
      return error.retryAfterMs ?? 0;
    } finally {
      release();
    }
  });
  return { anyTaken, askedMs: Math.max(0, ...askedMs) };
}

/** Reads and plans again after a wait for a turn, because it may have been long. @returns undefined if the plan does not contain the action any more, or nobody knows */
async function plannedStill<Observed, Action>(
  { observe, plan, dedupeKey }: Reconciler<Observed, Action>,
  action: Action,
  { run, deadline }: { readonly run: Run; readonly deadline: Deadline },
): Promise<{ readonly action: Action; readonly observed: Observed } | undefined> {
  try {
    const observed = await observe(deadline.over);
    const step = plan(observed);
    const planned = step.kind === "act" ? step.actions : [];
    const still = planned.find((one) => dedupeKey(one) === dedupeKey(action));
    if (still !== undefined) return { action: still, observed };
    run.debug(`not sent after the wait for a turn: ${step.reason}`);
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    deadline.lastFailure = error;
  }
  return undefined;
}
