import type { Settling, Step } from "./reconcile.ts";

/** `plan: wait (Copy_In_Progress, 43%): copying` */
export function decisionText<Observed, Act>(settling: Settling<Observed, Act>, step: Step<Act>, shown: string): string {
  const opportunities = (acts: readonly Act[]) => acts.map((act) => settling.opportunity(act)).join("; ");
  const what = step.kind === "act" ? `act ${(settling.actsText ?? opportunities)(step.acts)}` : step.kind;
  return `plan: ${what} (${shown}): ${step.reason}`;
}
