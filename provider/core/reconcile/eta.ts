/** The progress that one read shows. */
export interface ProgressSample {
  readonly nowMs: number;
  /** The remaining time by the array's own estimate, in milliseconds. */
  readonly reportedMs?: number | undefined;
  /** The part that is complete, 0 to 100. */
  readonly percent?: number | undefined;
}

/**
 * Estimates the remaining time, in milliseconds. Undefined if nothing indicates it.
 *
 * Uses the array's own estimate while the end that it predicts stays about the same. A predicted end that recedes as fast as time passes is worth nothing. Then the
 * estimator extrapolates the progress of the last minutes.
 */
export function etaEstimator() {
  let marks: { readonly older: ProgressSample; readonly newer: ProgressSample } | undefined;
  let overdueSinceMs: number | undefined;
  return (sample: ProgressSample): number | undefined => {
    const isOverdue = sample.reportedMs !== undefined && sample.reportedMs <= 0;
    overdueSinceMs = isOverdue ? (overdueSinceMs ?? sample.nowMs) : undefined;
    // An overdue array probably needs a quarter of the overdue time more.
    if (overdueSinceMs !== undefined) return (sample.nowMs - overdueSinceMs) / 4;
    marks ??= { older: sample, newer: sample };
    if (sample.nowMs - marks.newer.nowMs >= windowMs) marks = { older: marks.newer, newer: sample };
    return trusted(sample, marks.older) ?? extrapolated(sample, marks.older);
  };
}

/** The remaining time to show to people: 0 if the array is overdue, otherwise the estimate. */
export function shownLeftMs({ reportedMs }: ProgressSample, etaMs: number | undefined): number | undefined {
  return reportedMs !== undefined && reportedMs <= 0 ? 0 : etaMs;
}

// Long enough for the copy to advance by one percent, and short enough to forget a slow period.
const windowMs = 10 * 60_000;
const minHistoryMs = 2 * 60_000;
// The largest part of the passed time by which the predicted end may recede.
const maxRecession = 0.8;

function trusted({ nowMs, reportedMs }: ProgressSample, then: ProgressSample): number | undefined {
  const passedMs = nowMs - then.nowMs;
  if (reportedMs === undefined || !Number.isFinite(reportedMs)) return undefined;
  if (then.reportedMs === undefined || passedMs < minHistoryMs) return reportedMs;
  const recededMs = nowMs + reportedMs - (then.nowMs + then.reportedMs);
  return recededMs / passedMs < maxRecession ? reportedMs : undefined;
}

function extrapolated({ nowMs, percent }: ProgressSample, then: ProgressSample): number | undefined {
  const passedMs = nowMs - then.nowMs;
  if (percent === undefined || then.percent === undefined || percent <= then.percent) return undefined;
  return ((100 - percent) * passedMs) / (percent - then.percent);
}
