/** How far apart looks at an array may be, in milliseconds. */
export interface PaceLimits {
  readonly pollMinimumMs: number;
  readonly pollMaximumMs: number;
}

/**
 * How long to wait before the next look: half of the rest of the way where the array says how long that is, else growing by half with each
 * look that shows nothing new; always within the limits.
 */
export function paceMs(limits: PaceLimits, looks: number, remainingMs: number | undefined): number {
  const wished =
    remainingMs === undefined || Number.isNaN(remainingMs)
      ? limits.pollMinimumMs * 1.5 ** Math.min(looks, 20)
      : remainingMs / 2;
  return Math.min(Math.max(wished, limits.pollMinimumMs), limits.pollMaximumMs);
}
