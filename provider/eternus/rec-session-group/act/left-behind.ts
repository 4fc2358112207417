import { allNamed, volumeText } from "../naming.ts";
import { directionOf } from "../observe/original.ts";
import { isRestoring } from "../plan/goal.ts";
import type { Member } from "../plan/member.ts";
import type { ObservedGroup } from "../plan/observed.ts";
import { type GroupTarget, recordFor } from "../plan/target.ts";
import { outputsOf } from "./outputs.ts";

/** What a run that has reached its goal leaves behind that somebody should know. */
export function leftBehind(observed: ObservedGroup, target: GroupTarget): string[] {
  const { members, readMs } = observed;
  const { sessions } = outputsOf(observed, readMs);
  const unusable = sessions.filter((session) => session.status === "Suspend" && !session.destinationUsable);
  const known = new Set(recordFor(target)?.sessions.map(({ id }) => id));
  const foundSuspended = members.filter(
    ({ id, original, session }) => !known.has(id) && original?.status === "Suspend" && session?.status === "Suspend",
  );
  return [
    ...members.filter(({ goal }) => isRestoring(goal)).flatMap(leftAsItIs),
    ...unusable.map(({ id, pair, direction }) => {
      const volume = direction === "Reversed" ? pair.sourceVolume : pair.destinationVolume;
      return `copy session ${id} is suspended, but its destination, ${volumeText(volume)}, lacks data and is not usable`;
    }),
    ...(foundSuspended.length === 0
      ? []
      : [`${allNamed(foundSuspended.map(({ id }) => id))} had been suspended before: a destroy leaves them suspended`]),
  ];
}

function leftAsItIs({ id, session, original, isOtherPair, goal }: Member): string[] {
  if (session === undefined) return [`copy session ${id} does not exist any more: there was nothing to restore`];
  if (isOtherPair) return [`copy session ${id} names another pair than it did, and was left alone`];
  if (session.status === "Suspend") return [];
  const left: string[] = [];
  if (goal.target === "Unchanged") {
    left.push(`copy session ${id} was found suspended, and stays ${session.status}: restoring suspends nothing`);
  } else if (session.status !== "Active") {
    left.push(`copy session ${id} is not suspended, but in ${session.status}, and was left so`);
  }
  if (directionOf(session, original) === "Reversed") {
    left.push(`copy session ${id} continues to copy in the reversed direction`);
  }
  return left;
}
