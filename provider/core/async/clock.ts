/** Time and chance as the product sees them. Tests pass one that is stepped by hand, so that no test sleeps. */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** Resolves after `durationMs`, or as soon as `signal` aborts; leaves no timer behind. Never rejects. */
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
  /** From 0 to 1, another each time: keeps those who wait for the same thing from asking at the same moment. */
  chance(): number;
}

// Node turns a longer delay into 1 ms, which would make a patient wait a busy loop.
const longestTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  chance: () => Math.random(),
  sleep: (durationMs, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      let timer: NodeJS.Timeout;
      const arm = (leftMs: number) => {
        const next = leftMs > longestTimerMs ? () => arm(leftMs - longestTimerMs) : wake;
        timer = setTimeout(next, Math.min(leftMs, longestTimerMs));
      };
      arm(Math.max(durationMs, 0));
      signal.addEventListener("abort", wake);
    }),
};
