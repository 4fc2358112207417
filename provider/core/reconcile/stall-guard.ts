import { MigrationError } from "../errors.ts";
import type { Reconciler, Step } from "./reconcile.ts";
import type { Run } from "./run.ts";
import { isGap, stallDetector } from "./stall.ts";

/**
 * Warns of a standstill, and ends the run when it lasts too long. Is told of every look, and how long after the look before it was planned, in milliseconds.
 */
export function stallGuard<Observed, Act>(settling: Reconciler<Observed, Act>, run: Run) {
  const watch = stallDetector(settling.stallLimits ?? { warningMs: undefined, failureMs: undefined });
  let lookedMs = run.clock.nowMs();
  return (observed: Observed, step: Step<Act>, plannedMs: number): void => {
    if (step.kind !== "wait" && step.kind !== "act") return;
    const nowMs = run.clock.nowMs();
    const afterGap = isGap(nowMs - lookedMs, plannedMs);
    lookedMs = nowMs;
    const stall = watch(settling.progressMarker?.(observed, step), nowMs, afterGap);
    if (stall?.due === "warning") run.warn(`${settling.attempted}: ${stall.text}`);
    if (stall?.due !== "failure") return;
    throw new MigrationError({
      attempted: settling.attempted,
      on: settling.on,
      kind: "stalled",
      answered: `${stall.text} (${step.reason})`,
      next: "Look at the array's alerts and mend what stops it, then run the command again: it goes on from here.",
    });
  };
}
