/** Waits for the work, but no longer than until `signal` aborts; the work itself goes on and its outcome is ignored then. */
export function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abandon = () => reject(signal.reason);
    const done = () => signal.removeEventListener("abort", abandon);
    signal.addEventListener("abort", abandon);
    work.then(resolve, reject).finally(done);
    if (signal.aborted) abandon();
  });
}
