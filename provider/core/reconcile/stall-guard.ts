import { MigrationError } from "../errors.ts";
import type { Reconciler } from "./reconciler.ts";
import type { Run } from "./run.ts";
import { stallDetector } from "./stall.ts";
import type { Step } from "./step.ts";

/** Warns of a stall, and ends the run if the stall lasts too long. Call it after every read, with the planned time since the read before, in milliseconds. */
export function stallGuard<Observed, Action>(reconciler: Reconciler<Observed, Action>, run: Run) {
  const detect = stallDetector(reconciler.stallLimits ?? { warningMs: undefined, failureMs: undefined });
  let readMs = run.clock.nowMs();
  return (observed: Observed, step: Step<Action>, plannedMs: number): void => {
    if (step.kind !== "wait" && step.kind !== "act") return;
    const nowMs = run.clock.nowMs();
    // The array could not be read if this read is late by more than the planned time and a minute. A single failed or slow read is no gap. Otherwise an array that
    // often fails a read would never stall.
    const afterGap = nowMs - readMs > 2 * plannedMs + 60_000;
    readMs = nowMs;
    const stall = detect(reconciler.progressMarker?.(observed, step), nowMs, afterGap);
    if (stall?.due === "warning") run.warn(`${reconciler.attempted}: ${stall.text}`);
    if (stall?.due !== "failure") return;
    throw new MigrationError({
      attempted: reconciler.attempted,
      on: reconciler.on,
      kind: "stalled",
      answered: `${stall.text} (${step.reason})`,
      next: "Check the array's alerts, fix the cause, and run the command again; it resumes from here.",
    });
  };
}
