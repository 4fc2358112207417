import { MigrationError } from "./errors.ts";
import type { Run } from "./run.ts";
import type { Settling, Step } from "./settle.ts";
import { watchForStall } from "./stall.ts";

/** Warns of a standstill, and ends the run when it lasts too long. */
export function stallGuard<Observed, Act>(settling: Settling<Observed, Act>, run: Run) {
  const watch = watchForStall(settling.stallLimits ?? { warningMs: undefined, failureMs: undefined });
  return (observed: Observed, step: Step<Act>): void => {
    if (step.kind !== "wait" && step.kind !== "act") return;
    const stall = watch(settling.movement?.(observed, step), run.clock.nowMs());
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
