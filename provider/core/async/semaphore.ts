/** A bound on how much goes on at once. */
export interface Semaphore {
  /** How much, at most. */
  readonly limit: number;
  /**
   * Waits for a turn, first come first served.
   *
   * @returns how to give it back; undefined when `signal` aborted first
   */
  acquire(signal: AbortSignal): Promise<(() => void) | undefined>;
}

export function openSemaphore(atOnce: number): Semaphore {
  let free = atOnce;
  const queue = new Set<() => void>();
  const giveBack = () => {
    const [next] = queue;
    if (next === undefined) free += 1;
    else next();
  };
  return {
    limit: atOnce,
    acquire: (signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve(undefined);
        if (free > 0) {
          free -= 1;
          return resolve(giveBack);
        }
        const leave = () => {
          queue.delete(begin);
          resolve(undefined);
        };
        const begin = () => {
          queue.delete(begin);
          signal.removeEventListener("abort", leave);
          resolve(giveBack);
        };
        queue.add(begin);
        signal.addEventListener("abort", leave, { once: true });
      }),
  };
}
