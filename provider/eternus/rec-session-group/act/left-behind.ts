import { isReversed } from "../../copy-session.ts";
import { allNamed, volumeText } from "../naming.ts";
import { isRestoring } from "../plan/goal.ts";
import { isTurned } from "../plan/history.ts";
import type { Member } from "../plan/member.ts";
import type { ObservedGroup } from "../plan/observed.ts";
import { type GroupTarget, recordFor } from "../plan/target.ts";
import { sessionOf } from "../recorded.ts";
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
    ...unusable.map((recorded) => {
      const destination = volumeText(sessionOf(recorded)?.pair.destinationVolume);
      return `copy session ${recorded.id} is suspended, but its destination, ${destination}, lacks data and is not usable`;
    }),
    ...(foundSuspended.length === 0
      ? []
      : [`${allNamed(foundSuspended.map(({ id }) => id))} had been suspended before: a destroy leaves them suspended`]),
  ];
}

function leftAsItIs(member: Member): string[] {
  const { id, session, original, isOtherPair, goal } = member;
  if (session === undefined) return [`copy session ${id} does not exist any more: there was nothing to restore`];
  if (isOtherPair) return [`copy session ${id} names another pair than it did, and was left alone`];
  const isLeft = goal.target === "Unchanged";
  if (session.status === "Suspend") return isLeft ? [] : [staysSuspended(member)];
  const isReversedHere = original !== undefined && isReversed(original.pair, session.pair) === true;
  return [
    ...(isLeft
      ? [`copy session ${id} was found suspended, and stays ${session.status}: restoring suspends nothing`]
      : []),
    ...(isLeft || session.status === "Active"
      ? []
      : [`copy session ${id} is not suspended, but in ${session.status}, and was left so`]),
    ...(isReversedHere ? [`copy session ${id} continues to copy in the reversed direction`] : []),
  ];
}

/** Why a destroy did not resume what had been copying. */
function staysSuspended(member: Member): string {
  const { id, session } = member;
  if (!isTurned(member)) return `copy session ${id} stays suspended: no job of this group suspended it`;
  const { sourceVolume, destinationVolume } = session?.pair ?? {};
  const [from, to] = [volumeText(sourceVolume), volumeText(destinationVolume)];
  return `copy session ${id} stays suspended: it was reversed since it last copied, and a resume would copy from ${from} to ${to}`;
}
