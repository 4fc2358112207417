/** When an exchange began and ended, by our clock, in milliseconds since the epoch. */
interface Exchange {
  readonly sentMs: number;
  readonly receivedMs: number;
}

// A `Date` has whole seconds.
const dateResolutionMs = 1000;

/**
 * How far the clock that wrote an answer's `Date` is ahead of ours, in milliseconds: the smallest difference that explains it. The array wrote it at some moment of the exchange,
 * so a slow answer proves less than a fast one, and clocks that agree never seem to differ.
 */
export function clockDifferenceMs(dateMs: number, { sentMs, receivedMs }: Exchange): number {
  const leastMs = dateMs - receivedMs;
  const mostMs = dateMs + dateResolutionMs - 1 - sentMs;
  if (leastMs > 0) return leastMs;
  return Math.min(0, mostMs);
}
