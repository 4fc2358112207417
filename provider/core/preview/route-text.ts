import { twoSentences } from "../errors.ts";
import type { Step } from "../reconcile/step.ts";
import type { Actions, Target } from "../resource.ts";
import type { Route } from "./route.ts";

/** The texts of a preview about one resource: its row, and the warnings under Diagnostics. */
export interface PreviewText {
  readonly row?: string | undefined;
  readonly warnings: readonly string[];
}

/** The route in words. It shows only what is planned. */
export function routeText<Inputs, State, Observed, Action>(
  route: Route<Observed, Action>,
  actions: Actions<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
): PreviewText & { readonly row: string } {
  const legs = route.map(({ at, step, condition, otherwise }, index): PreviewText => {
    const textOfActions = (planned: readonly Action[]) => ({
      row: actions.planText(planned, at, target),
      warnings: actions.warnings(planned, at, target),
    });
    const own = stepText(step, index === 0, textOfActions);
    const warnings = condition === undefined ? own.warnings : own.warnings.map((text) => `if ${condition}: ${text}`);
    if (otherwise === undefined) return { row: own.row, warnings };
    const other = stepText(otherwise, false, textOfActions);
    return {
      row: `if ${condition}: ${own.row ?? step.reason}; otherwise ${other.row ?? otherwise.reason}`,
      warnings: [...warnings, ...other.warnings],
    };
  });
  return {
    row: legs.flatMap(({ row }) => row ?? []).join("; then "),
    warnings: legs.flatMap(({ warnings }) => warnings),
  };
}

/** One step in words. The row leaves out each wait after the first step. A gate that is closed now is a warning, and one that the run meets later is only on the row. */
function stepText<Action>(
  step: Step<Action>,
  isFirst: boolean,
  textOfActions: (actions: readonly Action[]) => PreviewText,
): PreviewText {
  switch (step.kind) {
    case "settled":
      if (isFirst) return { row: `${step.reason}: nothing to send`, warnings: [] };
      return { row: step.rests === undefined ? undefined : `rest at ${step.rests}`, warnings: [] };
    case "held":
      return { row: step.reason, warnings: isFirst ? [step.reason] : [] };
    case "wait":
      return { row: isFirst ? `wait: ${step.reason}` : undefined, warnings: [] };
    case "act":
      return textOfActions(step.actions);
    case "stuck": {
      const row = `would fail: ${twoSentences(step.reason, step.next)}`;
      return { row, warnings: [row] };
    }
  }
}
