import type { Reconciler, Step } from "./reconcile.ts";

/** `plan: wait (Copy_In_Progress, 43%): copying` */
export function stepText<Observed, Act>(settling: Reconciler<Observed, Act>, step: Step<Act>, shown: string): string {
  const opportunities = (acts: readonly Act[]) => acts.map((act) => settling.dedupeKey(act)).join("; ");
  const what = step.kind === "act" ? `act ${(settling.actionsText ?? opportunities)(step.actions)}` : step.kind;
  return `plan: ${what} (${shown}): ${step.reason}`;
}
