import type { Clock } from "../async/clock.ts";

/** Those who wait for one array. They are woken together, so that one request can serve all who are due. */
export interface PollScheduler {
  /**
   * Rests until `durationMs` from now at the latest, or until `signal` aborts. Who has rested half of that is woken along when somebody else is due: the
   * request is made anyway. Never rejects, and leaves nothing behind.
   */
  waitForNextPoll(durationMs: number, signal: AbortSignal): Promise<void>;
  /** How many rest now. */
  readonly waiting: number;
}

/** @param spacingMs how far apart wakings are at least, however many wait, in milliseconds */
export function openPollScheduler(clock: Clock, spacingMs: number): PollScheduler {
  const resters = new Set<Waiter>();
  let lastWakingMs = Number.NEGATIVE_INFINITY;
  let plannedMs = Number.POSITIVE_INFINITY;
  let plan = new AbortController();

  const planAnew = () => {
    const dueMs = Math.min(...Array.from(resters, (rester) => rester.dueMs));
    wakeAt(Math.max(dueMs, lastWakingMs + spacingMs));
  };
  const wakeAt = (atMs: number) => {
    plan.abort();
    plan = new AbortController();
    plannedMs = atMs;
    if (atMs === Number.POSITIVE_INFINITY) return;
    const { signal } = plan;
    clock.sleep(atMs - clock.nowMs(), signal).then(() => {
      if (!signal.aborted) wake();
    });
  };
  const wake = () => {
    lastWakingMs = clock.nowMs();
    // A clock that was set back must not keep anybody waiting for the difference.
    const setBackMs = Math.max(0, plannedMs - lastWakingMs);
    for (const rester of resters) {
      rester.earliestMs -= setBackMs;
      rester.dueMs -= setBackMs;
    }
    const due = [...resters].filter(({ earliestMs }) => earliestMs <= lastWakingMs);
    for (const { end } of due) end();
    planAnew();
  };

  return {
    get waiting() {
      return resters.size;
    },
    waitForNextPoll: (durationMs, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const nowMs = clock.nowMs();
        const dueMs = nowMs + durationMs * (1 - clock.chance() / 10);
        const rester: Waiter = {
          earliestMs: nowMs + durationMs / 2,
          dueMs,
          end() {
            resters.delete(rester);
            signal.removeEventListener("abort", leave);
            resolve();
          },
        };
        const leave = () => {
          rester.end();
          if (resters.size === 0) wakeAt(Number.POSITIVE_INFINITY);
        };
        resters.add(rester);
        signal.addEventListener("abort", leave);
        if (Math.max(dueMs, lastWakingMs + spacingMs) < plannedMs) planAnew();
      }),
  };
}

interface Waiter {
  /** From when on it may be woken along. */
  earliestMs: number;
  dueMs: number;
  end(): void;
}
