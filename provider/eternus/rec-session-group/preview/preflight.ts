import { twoSentences } from "../../../core/errors.ts";
import type { InputFailure } from "../../../core/inputs.ts";
import type { Findings } from "../../../core/resource.ts";
import { briefly } from "../naming.ts";
import { isSuspending } from "../plan/goal.ts";
import { nextCommandOf } from "../plan/next-command.ts";
import type { ObservedGroup } from "../plan/observed.ts";
import type { GroupTarget } from "../plan/possibilities.ts";

/** What a read shows of a new group: sessions that are not found, are no REC sessions, or are in a state no command leads out of; and what follows its route. */
export function findingsOf(observed: ObservedGroup, { operation, unknown }: GroupTarget): Findings<ObservedGroup> {
  const suspending = observed.members.filter(({ goal }) => isSuspending(goal));
  const resumed = suspending.filter(({ original }) => original !== undefined && original.status !== "Suspend");
  const remarks: string[] = [];
  if (resumed.length > 0) {
    // How they are found is what a destroy goes back to.
    const ids = resumed.map(({ id }) => id);
    remarks.push(`destroy would resume ${briefly(ids)}, discarding writes on the destinations`);
  }
  if (operation.kind === "create" && suspending.some(({ session }) => session?.status === "Suspend")) {
    // This may be the group's own work, which Pulumi was told to replace: a read cannot show that.
    const those = "those that this group suspended are resumed first, discarding writes on the destinations";
    remarks.push(`if it is replaced, ${those}`);
  }
  // What is not known yet may allow what is refused now, and the others are sent their commands.
  const refusals = unknown.length > 0 ? [] : refusalsOf(observed);
  return { refusals, warnings: [], begins: { observed }, remarks };
}

/** Members that are certain to fail. */
function refusalsOf({ members, readMs }: ObservedGroup): InputFailure[] {
  return members.flatMap((member) => {
    const next = nextCommandOf(member, readMs);
    if (next.kind !== "stuck") return [];
    return [{ property: "copySessionIds", reason: twoSentences(next.why, next.next) }];
  });
}
