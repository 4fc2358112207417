import { twoSentences } from "../../../core/errors.ts";
import type { InputFailure } from "../../../core/inputs.ts";
import type { Findings } from "../../../core/resource.ts";
import { briefly } from "../naming.ts";
import { isRestoring, isSuspending, onlyOurs, restoring } from "../plan/goal.ts";
import { routeFrom } from "../plan/next.ts";
import { nextCommandOf } from "../plan/next-command.ts";
import type { ObservedGroup } from "../plan/observed.ts";
import type { GroupTarget } from "../plan/target.ts";

/** What a read shows of a new group: sessions that are not found, are no REC sessions, or are in a state no command leads out of; and what follows its route. */
export function findingsOf(observed: ObservedGroup, { operation, unknown }: GroupTarget): Findings<ObservedGroup> {
  const suspending = observed.members.filter(({ goal }) => isSuspending(goal));
  const remarks = destroyTexts(observed);
  const suspended = suspending.filter(({ session }) => session?.status === "Suspend").map(({ id }) => id);
  if (operation.kind === "create" && suspended.length > 0) {
    // This may be the group's own work, which Pulumi was told to replace: a read cannot show that.
    const [stay, them] =
      suspended.length === 1 ? ["stays", "it if this group suspended it"] : ["stay", "those that this group suspended"];
    remarks.push(`if it is replaced, ${briefly(suspended)} ${stay} suspended, and a destroy would resume ${them}`);
  }
  // What is not known yet may allow what is refused now, and the others are sent their commands.
  const refusals = unknown.length > 0 ? [] : refusalsOf(observed);
  return { refusals, warnings: [], begins: { observed }, remarks };
}

/** What a destroy would do after the run. */
export function destroyTexts(observed: ObservedGroup): string[] {
  const { members } = routeFrom(observed).at(-1)?.at ?? observed;
  const goals = onlyOurs(
    restoring(
      members.flatMap(({ id, goal, original }) =>
        original === undefined || isRestoring(goal) ? [] : [{ id, foundStatus: original.status }],
      ),
    ),
  );
  const ids = members.flatMap((member) => {
    const goal = goals.get(member.id);
    const next = goal && nextCommandOf({ ...member, goal }, observed.readMs);
    return next?.kind === "ready" && next.command.kind === "resume" ? [member.id] : [];
  });
  if (ids.length === 0) return [];
  return [`destroy would resume ${briefly(ids)}, discarding writes on the destinations`];
}

/** Members that are certain to fail. */
function refusalsOf({ members, readMs }: ObservedGroup): InputFailure[] {
  return members.flatMap((member) => {
    const next = nextCommandOf(member, readMs);
    if (next.kind !== "stuck") return [];
    return [{ property: "copySessionIds", reason: twoSentences(next.why, next.next) }];
  });
}
