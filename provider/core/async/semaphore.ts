export type Semaphore = ReturnType<typeof openSemaphore>;

/** Limits how many may work at a time. */
export function openSemaphore(limit: number) {
  let free = limit;
  const queue = new Set<() => void>();
  const release = () => {
    const [next] = queue;
    if (next === undefined) free += 1;
    else next();
  };
  return {
    limit,
    /** Whether the next caller has to wait. */
    isFull: () => free === 0,
    /** Waits for a free place. The caller that waits longest gets the next. @returns a function that frees the place; undefined if `signal` aborted first */
    acquire: (signal: AbortSignal) =>
      new Promise<(() => void) | undefined>((resolve) => {
        if (signal.aborted) return resolve(undefined);
        if (free > 0) {
          free -= 1;
          return resolve(release);
        }
        const abandon = () => {
          queue.delete(enter);
          resolve(undefined);
        };
        const enter = () => {
          queue.delete(enter);
          signal.removeEventListener("abort", abandon);
          resolve(release);
        };
        queue.add(enter);
        signal.addEventListener("abort", abandon, { once: true });
      }),
  };
}
