import type { Clock } from "./clock.ts";

/** A signal that aborts `pauseMs` after `signal`, unless `end` is called before. */
export function lateAbort(
  signal: AbortSignal,
  pauseMs: number,
  clock: Clock,
): { readonly signal: AbortSignal; end(): void } {
  const late = new AbortController();
  const over = new AbortController();
  const begin = () => {
    void clock.sleep(pauseMs, over.signal).then(() => {
      if (!over.signal.aborted) late.abort();
    });
  };
  if (signal.aborted) begin();
  else signal.addEventListener("abort", begin, { signal: over.signal });
  return { signal: late.signal, end: () => over.abort() };
}
