/** How far apart looks at an array may be, in milliseconds. */
export interface PollLimits {
  readonly pollMinimumMs: number;
  readonly pollMaximumMs: number;
}

/**
 * How long to wait before the next look: most of the rest of the way where one can tell how long that is, else growing by half with each look that shows nothing new;
 * always within the limits.
 *
 * @param looks how many looks in a row have shown nothing new
 * @param leftMs the rest of the way, as forecast
 */
export function pollIntervalMs(limits: PollLimits, looks: number, leftMs: number | undefined): number {
  const wishedMs =
    leftMs === undefined || Number.isNaN(leftMs)
      ? limits.pollMinimumMs * 1.5 ** Math.min(looks, 20)
      : leftMs * mostOfTheWay;
  return Math.min(Math.max(wishedMs, limits.pollMinimumMs), limits.pollMaximumMs);
}

// An estimate is seldom more than a quarter too long, so a look after this much of it is seldom late (docs/benchmarks.md).
const mostOfTheWay = 0.78;
