/** Time and chance for the whole product. Tests advance a clock by hand, so that no test sleeps. */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  /** Resolves after `durationMs`, or as soon as `signal` aborts. Leaves no timer behind. Never rejects. */
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
  /** A new random number from 0 to 1. It spreads out requests that would otherwise leave at the same moment. */
  chance(): number;
}

// Node turns a longer delay into 1 ms, which would make a long wait a busy loop.
const maxTimerMs = 2 ** 31 - 1;

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
        const next = leftMs > maxTimerMs ? () => arm(leftMs - maxTimerMs) : wake;
        timer = setTimeout(next, Math.min(leftMs, maxTimerMs));
      };
      arm(Math.max(durationMs, 0));
      signal.addEventListener("abort", wake);
    }),
};
