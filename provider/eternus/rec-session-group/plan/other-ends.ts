import { route } from "../../../core/preview/route.ts";
import type { RecSessionGroupInputs } from "../inputs.ts";
import { planGroup } from "./group.ts";
import type { Member } from "./member.ts";
import { nextGroup } from "./next.ts";
import { goalsFor, type ObservedGroup } from "./observed.ts";
import { type GroupTarget, possibilitiesOf } from "./possibilities.ts";
import { warningsOf } from "./warnings.ts";

/** Warnings of what inputs that are not known yet may lead to, besides the two ends that a route shows: each with its condition. */
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

function warningsFor(observed: ObservedGroup, target: GroupTarget, inputs: RecSessionGroupInputs): string[] {
  const goals = goalsFor(target, inputs);
  const members = observed.members.map((member): Member => ({ ...member, goal: goals.get(member.id) ?? member.goal }));
  const plan = (at: ObservedGroup) => planGroup(at.members, at.readMs);
  const legs = route({ plan, next: nextGroup }, { ...observed, members, doubt: undefined }, observed.readMs);
  return legs.flatMap(({ at, step }) => (step.kind === "act" ? warningsOf(step.actions, at, target) : []));
}
