/** What one look shows of the rest of the way. */
export interface ProgressSample {
  readonly nowMs: number;
  /** How long the array says it will take, in milliseconds. */
  readonly reportedMs?: number | undefined;
  /** How much is done, 0 to 100. */
  readonly percent?: number | undefined;
}

/** How long a wait will still last, in milliseconds. Undefined where nothing tells. */
export type EtaEstimator = (sight: ProgressSample) => number | undefined;

/**
 * Goes by what the array says, as long as its end of the wait stays about where it was: one that recedes as fast as time passes says nothing. Else by what the
 * array was seen to do in the last minutes.
 */
export function etaEstimator(): EtaEstimator {
  let marks: { readonly older: ProgressSample; readonly newer: ProgressSample } | undefined;
  let overdueSinceMs: number | undefined;
  return (sight) => {
    const isOverdue = sight.reportedMs !== undefined && sight.reportedMs <= 0;
    overdueSinceMs = isOverdue ? (overdueSinceMs ?? sight.nowMs) : undefined;
    // What is a minute late may well be a quarter of a minute more.
    if (overdueSinceMs !== undefined) return (sight.nowMs - overdueSinceMs) / 4;
    marks ??= { older: sight, newer: sight };
    if (sight.nowMs - marks.newer.nowMs >= windowMs) marks = { older: marks.newer, newer: sight };
    return trusted(sight, marks.older) ?? extrapolated(sight, marks.older);
  };
}

/** How long it may still take, for people: what the array says where it is overdue, the forecast otherwise. */
export function shownLeftMs(
  { reportedMs: toldMs }: ProgressSample,
  forecastMs: number | undefined,
): number | undefined {
  return toldMs !== undefined && toldMs <= 0 ? 0 : forecastMs;
}

// Long enough for a percent to pass; short enough to forget a slow stretch.
const windowMs = 10 * 60_000;
const shortestHistoryMs = 2 * 60_000;
const recedingFactor = 0.8;

function trusted({ nowMs, reportedMs: toldMs }: ProgressSample, then: ProgressSample): number | undefined {
  const passedMs = nowMs - then.nowMs;
  if (toldMs === undefined || !Number.isFinite(toldMs)) return undefined;
  if (then.reportedMs === undefined || passedMs < shortestHistoryMs) return toldMs;
  const recededMs = nowMs + toldMs - (then.nowMs + then.reportedMs);
  return recededMs / passedMs < recedingFactor ? toldMs : undefined;
}

function extrapolated({ nowMs, percent }: ProgressSample, then: ProgressSample): number | undefined {
  const passedMs = nowMs - then.nowMs;
  if (percent === undefined || then.percent === undefined || percent <= then.percent) return undefined;
  return ((100 - percent) * passedMs) / (percent - then.percent);
}
