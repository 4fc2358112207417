import { route } from "../../../core/preview/route.ts";
import type { RecSessionGroupInputs } from "../inputs.ts";
import { planGroup } from "./group.ts";
import { nextGroup } from "./next.ts";
import { goalsFor, type ObservedGroup, withGoals } from "./observed.ts";
import { type GroupTarget, possibilitiesOf } from "./possibilities.ts";
import { warningsOf } from "./warnings.ts";

/**
 * Warnings of what inputs that are not known yet may lead to, each with its condition. A route follows the gravest, and shows the first step of the mildest; these are
 * those of the others, and of the rest of the mildest.
 */
export function otherWarnings(observed: ObservedGroup, target: GroupTarget): string[] {
  const { mildest, others } = possibilitiesOf(target);
  const [gravest, ...rest] = others;
  if (gravest === undefined) return [];
  const [first = [], ...later] = warningsFor(observed, target, mildest);
  const shown = new Set([...first, ...later.flat(), ...warningsFor(observed, target, gravest.inputs).flat()]);
  const conditional = rest.flatMap(({ condition, inputs }) => {
    const added = warningsFor(observed, target, inputs)
      .flat()
      .filter((warning) => !shown.has(warning));
    for (const warning of added) shown.add(warning);
    return added.map((warning) => `if ${condition}: ${warning}`);
  });
  return [...later.flat(), ...conditional];
}

/** What each step of a run with these inputs warns of. */
function warningsFor(observed: ObservedGroup, target: GroupTarget, inputs: RecSessionGroupInputs): string[][] {
  const members = withGoals(observed.members, goalsFor(target, inputs));
  const plan = (at: ObservedGroup) => planGroup(at.members, at.readMs);
  const legs = route({ plan, next: nextGroup }, { ...observed, members, doubt: undefined }, observed.readMs);
  return legs.map(({ at, step }) => (step.kind === "act" ? warningsOf(step.actions, at, target) : []));
}
