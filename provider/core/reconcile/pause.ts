/** The shortest and the longest pause between two reads of an array, in milliseconds. */
export interface PollLimits {
  readonly pollMinimumMs: number;
  readonly pollMaximumMs: number;
}

/**
 * The pause before the next read: most of the remaining time if that is known. Otherwise the pause grows by half with each read that shows nothing new. It always stays
 * within the limits.
 *
 * @param unchanged how many reads in a row have shown nothing new
 * @param leftMs the remaining time, as estimated
 */
export function pollIntervalMs(limits: PollLimits, unchanged: number, leftMs: number | undefined): number {
  const intervalMs =
    leftMs === undefined || Number.isNaN(leftMs)
      ? limits.pollMinimumMs * 1.5 ** Math.min(unchanged, 20)
      : leftMs * fractionOfEta;
  return Math.min(Math.max(intervalMs, limits.pollMinimumMs), limits.pollMaximumMs);
}

// An estimate is seldom more than a quarter too long, so a read after this fraction of it is seldom late (docs/benchmarks.md).
const fractionOfEta = 0.78;
