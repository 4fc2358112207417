import type { Deadline } from "./deadline.ts";
import type { Step } from "./step.ts";

/** When a run reads the array next, and why then. */
export interface NextRead {
  /** The reason of the last step. */
  readonly reason: string;
  /** How many reads in a row have shown nothing new. */
  readonly unchanged: number;
  /** Whether the array has just taken an action, so that it soon shows the effect. */
  readonly isUrgent: boolean;
  /** The pause before the next read, in milliseconds. */
  readonly pauseMs: number;
  /** Whether the pause lasts exactly that long. Otherwise it ends earlier if another run's read is due. */
  readonly isExact: boolean;
  /** The planned time between the two reads, in milliseconds, without a pause that the array asked for, because the array cannot be read during that pause. */
  readonly plannedMs: number;
}

const noPause = { pauseMs: 0, isExact: false, plannedMs: 0 };
export const firstRead: NextRead = { reason: "", unchanged: 0, isUrgent: false, ...noPause };

/** @param sent whether the array took any action of the step, and how long it asked the provider to wait */
export function nextRead(
  before: NextRead,
  step: Step<unknown>,
  sent: { readonly anyTaken: boolean; readonly askedMs: number },
  timing: {
    /** How long it took to send the actions of the step, in milliseconds. */
    readonly sendingMs: number;
    readonly showsAfterMs: number | undefined;
    pollIntervalMs(unchanged: number): number;
  },
): NextRead {
  const unchanged = sent.anyTaken || step.reason !== before.reason ? 0 : before.unchanged + 1;
  // Never urgent twice in a row, so that an array that takes one action after another is not read too often.
  const isUrgent = sent.anyTaken && timing.showsAfterMs !== undefined && !before.isUrgent;
  const intervalMs = timing.pollIntervalMs(unchanged);
  const askedMs = sent.askedMs > 0 ? Math.max(sent.askedMs, intervalMs) : undefined;
  const urgentMs = isUrgent ? timing.showsAfterMs : undefined;
  return {
    reason: step.reason,
    unchanged,
    isUrgent,
    pauseMs: askedMs ?? urgentMs ?? intervalMs,
    isExact: (askedMs ?? urgentMs) !== undefined,
    plannedMs: timing.sendingMs + intervalMs,
  };
}

export function pauseBeforeRead({ pauseMs, isExact }: NextRead, deadline: Deadline): Promise<void> {
  return isExact ? deadline.pause(pauseMs) : deadline.waitForNextPoll(pauseMs);
}
