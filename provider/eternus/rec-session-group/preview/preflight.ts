import { twoSentences } from "../../../core/errors.ts";
import type { InputFailure } from "../../../core/inputs.ts";
import type { Findings } from "../../../core/resource.ts";
import { briefly } from "../naming.ts";
import { isSuspending } from "../plan/goal.ts";
import type { Member } from "../plan/member.ts";
import { nextCommandOf } from "../plan/next-command.ts";
import type { ObservedGroup } from "../plan/observed.ts";
import type { GroupTarget } from "../plan/possibilities.ts";

/** What a read shows of a new group: sessions that are not found, are no REC sessions, or are in a state no command leads out of; and what follows its route. */
export function findingsOf(observed: ObservedGroup, { operation, unknown }: GroupTarget): Findings<ObservedGroup> {
  const { members } = observed;
  return {
    // What is not known yet may allow what is refused now, and the others are sent their commands.
    refusals: unknown.length > 0 ? [] : refusalsOf(observed),
    warnings: [],
    begins: { observed },
    remarks: [...destroyText(members), ...(operation.kind === "create" ? replacedText(members) : [])],
  };
}

/** Members that are certain to fail. */
function refusalsOf({ members, readMs }: ObservedGroup): InputFailure[] {
  return members.flatMap((member) => {
    const next = nextCommandOf(member, readMs);
    if (next.kind !== "stuck") return [];
    return [{ property: "copySessionIds", reason: twoSentences(next.why, next.next) }];
  });
}

/** How they are found is what a destroy goes back to. */
function destroyText(members: readonly Member[]): string[] {
  const resumed = members.filter(({ goal, original }) => {
    return isSuspending(goal) && original !== undefined && original.status !== "Suspend";
  });
  if (resumed.length === 0) return [];
  return [`destroy would resume ${briefly(resumed.map(({ id }) => id))}, discarding writes on the destinations`];
}

/** What was suspended already may be this group's own work, which Pulumi was told to replace: a read cannot show that. */
function replacedText(members: readonly Member[]): string[] {
  const isSuspended = members.some(({ goal, session }) => isSuspending(goal) && session?.status === "Suspend");
  if (!isSuspended) return [];
  return [
    "if it is replaced, those that this group suspended are resumed first, discarding writes on the destinations",
  ];
}
