/** Time as the product sees it. Tests pass one that is stepped by hand, so that no test sleeps. */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** Resolves after `durationMs`, or as soon as `signal` aborts; leaves no timer behind. Never rejects. */
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
}

// Node turns a longer delay into 1 ms, which would make a patient wait a busy loop.
const longestTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: (durationMs, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.min(Math.max(durationMs, 0), longestTimerMs));
      signal.addEventListener("abort", wake);
    }),
};
