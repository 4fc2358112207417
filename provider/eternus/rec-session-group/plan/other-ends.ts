import type { RecSessionGroupInputs } from "../inputs.ts";
import { routeFrom } from "./next.ts";
import type { ObservedGroup } from "./observed.ts";
import { type GroupTarget, possibilitiesOf } from "./possibilities.ts";
import { goalsFor, withGoals } from "./sight.ts";
import { routeWarnings } from "./warnings.ts";

/** Warnings of what inputs that are not known yet may lead to, beside the gravest and the mildest, which the route shows. Each has its condition. */
export function otherWarnings(observed: ObservedGroup, target: GroupTarget): string[] {
  const { mildest, others } = possibilitiesOf(target);
  const [gravest, ...rest] = others;
  if (gravest === undefined) return [];
  const shown = new Set([mildest, gravest.inputs].flatMap((inputs) => warningsFor(observed, target, inputs)));
  return rest.flatMap(({ condition, inputs }) => {
    const added = warningsFor(observed, target, inputs).filter((warning) => !shown.has(warning));
    for (const warning of added) shown.add(warning);
    return added.map((warning) => `if ${condition}: ${warning}`);
  });
}

/** What a run with these inputs warns of. */
function warningsFor(observed: ObservedGroup, target: GroupTarget, inputs: RecSessionGroupInputs): string[] {
  const members = withGoals(observed.members, goalsFor(target, inputs));
  return routeWarnings(routeFrom({ ...observed, members, doubts: [] }), target);
}
