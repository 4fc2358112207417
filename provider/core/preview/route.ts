import type { Foreseen, Moment, Step } from "../reconcile/step.ts";

/** One step of a route, with what the array shows when it is taken. */
export interface Leg<Observed, Action> {
  readonly at: Observed;
  readonly step: Step<Action>;
  /** On what this and every later step depends. @default it is certain, as far as the array goes its normal way */
  readonly condition?: string | undefined;
  /** What happens instead, where the route forks here. */
  readonly otherwise?: Step<Action> | undefined;
}

/** What a run does that begins now, as far as it can be foreseen. */
export type Route<Observed, Action> = readonly Leg<Observed, Action>[];

/** What a route is made of: the plan of the run itself, and what the array shows next. */
export interface Ahead<Observed, Action> {
  plan(observed: Observed, moment: Moment): Foreseen<Action>;
  next(observed: Observed, step: Step<Action>): Observed | undefined;
}

/**
 * The steps of a run that begins now: the plan itself, run ahead on what the array will show next. Only the first step is taken at a known time. Ends where the plan
 * rests or is stuck, or where nobody can tell what the array shows next.
 */
export function route<Observed, Action>(
  { plan, next }: Ahead<Observed, Action>,
  begins: Observed,
  nowMs: number,
): Route<Observed, Action> {
  const legs: Leg<Observed, Action>[] = [];
  let condition: string | undefined;
  for (let at: Observed | undefined = begins; at !== undefined; ) {
    if (legs.length === maxLegs) throw new Error(`a route of more than ${maxLegs} steps`);
    const foreseen = plan(at, { nowMs, isNow: legs.length === 0 });
    const isFork = foreseen.kind === "fork";
    const step = isFork ? foreseen.step : foreseen;
    if (isFork) condition = condition === undefined ? foreseen.condition : `${condition}, and ${foreseen.condition}`;
    legs.push({ at, step, condition, otherwise: isFork ? foreseen.otherwise : undefined });
    at = next(at, step);
  }
  return legs;
}

/** Far more than any migration has: a route that is longer goes in a circle, and that is a defect. */
const maxLegs = 100;
