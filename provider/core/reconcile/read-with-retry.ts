import { isTransient, MigrationError } from "../errors.ts";
import { type Deadline, retrying, untilDeadline } from "./deadline.ts";
import type { Run } from "./run.ts";

type Observe<Observed> = (signal: AbortSignal) => Promise<Observed>;

/** Reads once, and again after each failure that may pass, until the deadline. */
export function readWithRetry<Observed>(
  what: { readonly attempted: string; readonly on: string },
  observe: Observe<Observed>,
  run: Run,
): Promise<Observed> {
  return untilDeadline(what, run, (deadline) => observeWithRetry(observe, run, deadline));
}

/** Reads until a read succeeds, because one failed poll is never a failed migration. */
export async function observeWithRetry<Observed>(
  observe: Observe<Observed>,
  run: Run,
  deadline: Deadline,
): Promise<Observed> {
  const startedMs = run.clock.nowMs();
  for (let failures = 1; ; failures++) {
    deadline.throwIfOver();
    try {
      const observed = await observe(deadline.over);
      deadline.hasRead = true;
      deadline.lastFailure = undefined;
      return observed;
    } catch (error) {
      deadline.throwIfOver();
      // An array that has answered this read before may reject it for a moment, for example because of a lock.
      const isRejectedNow = deadline.hasRead && error instanceof MigrationError && error.kind === "refused";
      if (!isRejectedNow && !isTransient(error)) throw error;
      // No read has succeeded yet and the array is not busy: probably a wrong address, not a transient error. Give up after `maxDoubtMs`.
      const isDoubtful = isRejectedNow || (!deadline.hasRead && error.kind !== "busy");
      if (isDoubtful && run.clock.nowMs() - startedMs >= maxDoubtMs) throw error;
      deadline.lastFailure = error;
      run.progress(`retrying: ${error.message}`, retrying);
      await deadline.pause(Math.max(error.retryAfterMs ?? 0, backoffMs(failures)) * (1 + run.clock.chance() / 10));
    }
  }
}

/** How long the first read may fail, or the array may reject a later one, before the run gives up, in milliseconds. A later read may fail until the deadline. */
const maxDoubtMs = 5 * 60_000;

/** 1 s, doubling up to a minute, because more requests do not help a failing array. */
function backoffMs(failures: number): number {
  return Math.min(1000 * 2 ** Math.min(failures - 1, 6), 60_000);
}
