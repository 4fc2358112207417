import type { Clock } from "../async/clock.ts";

/**
 * Schedules the reads of one array. It wakes the waiting runs together, so that one request can serve all that are due.
 *
 * @param minSpacingMs the shortest time between two polls, however many runs wait, in milliseconds
 */
export function openPollScheduler(clock: Clock, minSpacingMs: number) {
  const waiters = new Set<Waiter>();
  let lastWakingMs = Number.NEGATIVE_INFINITY;
  let plannedMs = Number.POSITIVE_INFINITY;
  let schedule = new AbortController();

  const reschedule = () => {
    const dueMs = Math.min(...Array.from(waiters, (waiter) => waiter.dueMs));
    wakeAt(Math.max(dueMs, lastWakingMs + minSpacingMs));
  };
  const wakeAt = (atMs: number) => {
    schedule.abort();
    schedule = new AbortController();
    plannedMs = atMs;
    if (atMs === Number.POSITIVE_INFINITY) return;
    const { signal } = schedule;
    clock.sleep(atMs - clock.nowMs(), signal).then(() => {
      if (!signal.aborted) wake();
    });
  };
  const wake = () => {
    lastWakingMs = clock.nowMs();
    // If somebody sets the clock back, no run must wait longer for it.
    const setBackMs = Math.max(0, plannedMs - lastWakingMs);
    for (const waiter of waiters) {
      waiter.earliestMs -= setBackMs;
      waiter.dueMs -= setBackMs;
    }
    const due = [...waiters].filter(({ earliestMs }) => earliestMs <= lastWakingMs);
    for (const { end } of due) end();
    reschedule();
  };

  return {
    /** How many runs wait now. */
    get waiting(): number {
      return waiters.size;
    },
    /**
     * Waits for up to `durationMs`, or until `signal` aborts. A run that has waited at least half of that wakes together with another run that is due, because that run's
     * request can serve both. Never rejects. Leaves no timer behind.
     */
    waitForNextPoll: (durationMs: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        if (signal.aborted) return resolve();
        const nowMs = clock.nowMs();
        const dueMs = nowMs + durationMs * (1 - clock.chance() / 10);
        const waiter: Waiter = {
          earliestMs: nowMs + durationMs / 2,
          dueMs,
          end() {
            waiters.delete(waiter);
            signal.removeEventListener("abort", abandon);
            resolve();
          },
        };
        const abandon = () => {
          waiter.end();
          if (waiters.size === 0) wakeAt(Number.POSITIVE_INFINITY);
        };
        waiters.add(waiter);
        signal.addEventListener("abort", abandon);
        if (Math.max(dueMs, lastWakingMs + minSpacingMs) < plannedMs) reschedule();
      }),
  };
}

interface Waiter {
  /** The earliest time at which it may wake together with others. */
  earliestMs: number;
  dueMs: number;
  end(): void;
}
