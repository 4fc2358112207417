import type { Deadline } from "./deadline.ts";
import type { Step } from "./step.ts";

/** How a run goes from one read to the next. */
export interface Pace {
  /** What the last step was about. */
  readonly reason: string;
  /** How many reads in a row have shown nothing new. */
  readonly unchanged: number;
  /** Whether the array has just taken an action, and shows soon what came of it. */
  readonly isUrgent: boolean;
  /** How long to wait before the next read, in milliseconds. */
  readonly pauseMs: number;
  /** Whether the wait is for so long exactly. Otherwise it ends early where another read is due. */
  readonly isExact: boolean;
  /** When the next read is planned, in milliseconds after the last: without what the array asked for, since it cannot be read then. */
  readonly plannedMs: number;
}

export const firstPace: Pace = {
  reason: "",
  unchanged: 0,
  isUrgent: false,
  pauseMs: 0,
  isExact: false,
  plannedMs: 0,
};

/** @param sent what came of the step: whether the array took anything, and how long it asked to be left alone */
export function nextPace(
  before: Pace,
  step: Step<unknown>,
  sent: { readonly anyTaken: boolean; readonly askedMs: number },
  limits: {
    /** How long the actions of the step took, in milliseconds. */
    readonly actedMs: number;
    readonly showsAfterMs: number | undefined;
    pollIntervalMs(unchanged: number): number;
  },
): Pace {
  const unchanged = sent.anyTaken || step.reason !== before.reason ? 0 : before.unchanged + 1;
  // An array that wants action after action is not rushed.
  const isUrgent = sent.anyTaken && limits.showsAfterMs !== undefined && !before.isUrgent;
  const intervalMs = limits.pollIntervalMs(unchanged);
  const askedMs = sent.askedMs > 0 ? Math.max(sent.askedMs, intervalMs) : undefined;
  const urgentMs = isUrgent ? limits.showsAfterMs : undefined;
  return {
    reason: step.reason,
    unchanged,
    isUrgent,
    pauseMs: askedMs ?? urgentMs ?? intervalMs,
    isExact: (askedMs ?? urgentMs) !== undefined,
    plannedMs: limits.actedMs + intervalMs,
  };
}

export function pauseBeforeRead({ pauseMs, isExact }: Pace, deadline: Deadline): Promise<void> {
  return isExact ? deadline.pause(pauseMs) : deadline.waitForNextPoll(pauseMs);
}
