import type { Fork, Step } from "../../../provider/core/reconcile/step.ts";

export function fork<Action>(condition: string, then: Step<Action>, otherwise: Step<Action>): Fork<Action> {
  return { kind: "fork", condition, step: then, otherwise };
}
