import { twoSentences } from "../errors.ts";
import type { Step } from "../reconcile/step.ts";
import type { Actions, Target } from "../resource.ts";
import type { Leg, Route } from "./route.ts";

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
  const words: Words<Observed, Action> = {
    planText: (planned, at) => actions.planText(planned, at, target),
    warnings: (planned, at) => actions.warnings(planned, at, target),
  };
  const parts = route.flatMap((leg, index) => legText(leg, index === 0, words) ?? []);
  return { row: parts.join("; then "), warnings: route.flatMap((leg, index) => legWarnings(leg, index === 0, words)) };
}

interface Words<Observed, Action> {
  planText(actions: readonly Action[], at: Observed): string;
  warnings(actions: readonly Action[], at: Observed): readonly string[];
}

/** The row leaves out every wait after the first step. */
function legText<Observed, Action>(
  { at, step, condition, otherwise }: Leg<Observed, Action>,
  isFirst: boolean,
  words: Words<Observed, Action>,
): string | undefined {
  const text = stepText(step, at, isFirst, words);
  if (otherwise === undefined) return text;
  return `if ${condition}: ${text ?? step.reason}; otherwise ${stepText(otherwise, at, false, words) ?? otherwise.reason}`;
}

function stepText<Observed, Action>(
  step: Step<Action>,
  at: Observed,
  isFirst: boolean,
  { planText }: Words<Observed, Action>,
): string | undefined {
  switch (step.kind) {
    case "settled":
      if (isFirst) return `${step.reason}: nothing to send`;
      return step.rests === undefined ? undefined : `rest at ${step.rests}`;
    case "held":
      return step.reason;
    case "wait":
      return isFirst ? `wait: ${step.reason}` : undefined;
    case "act":
      return planText(step.actions, at);
    case "stuck":
      return `would fail: ${twoSentences(step.reason, step.next)}`;
  }
}

function legWarnings<Observed, Action>(
  { at, step, condition, otherwise }: Leg<Observed, Action>,
  isFirst: boolean,
  words: Words<Observed, Action>,
): readonly string[] {
  const own = stepWarnings(step, at, isFirst, words);
  return [
    ...(condition === undefined ? own : own.map((warning) => `if ${condition}: ${warning}`)),
    ...(otherwise === undefined ? [] : stepWarnings(otherwise, at, false, words)),
  ];
}

/** A gate that is closed now is a warning. A gate that the run meets later is only on the row. */
function stepWarnings<Observed, Action>(
  step: Step<Action>,
  at: Observed,
  isFirst: boolean,
  words: Words<Observed, Action>,
): readonly string[] {
  switch (step.kind) {
    case "act":
      return words.warnings(step.actions, at);
    case "held":
      return isFirst ? [step.reason] : [];
    case "stuck":
      return [`would fail: ${twoSentences(step.reason, step.next)}`];
    case "settled":
    case "wait":
      return [];
  }
}
