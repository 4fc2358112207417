import type { Foreseen, Moment, Step } from "../reconcile/step.ts";

/** One step of a route, with what the array shows at that moment. */
export interface Leg<Observed, Action> {
  readonly at: Observed;
  readonly step: Step<Action>;
  /** The condition for this and every later step. @default none, if nothing goes wrong on the array */
  readonly condition?: string | undefined;
  /** The other possible step, if the route forks here. */
  readonly otherwise?: Step<Action> | undefined;
}

/** The foreseeable steps of a run that begins now. */
export type Route<Observed, Action> = readonly Leg<Observed, Action>[];

/** What makes a route: the plan of the run itself, and what the array shows next. */
export interface Ahead<Observed, Action> {
  plan(observed: Observed, moment: Moment): Foreseen<Action>;
  next(observed: Observed, step: Step<Action>): Observed | undefined;
}

/**
 * Runs the plan ahead on what the array will show next. Only the first step happens at a known time. The route ends when the plan is settled, held or stuck, or when
 * nobody can foresee what the array shows next.
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

/** Far more than any migration needs. A longer route is a circle, which is a defect. */
const maxLegs = 100;
