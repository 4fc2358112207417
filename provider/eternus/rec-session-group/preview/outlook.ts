import type { CommandKind } from "../../job.ts";
import { type Action, briefly, others, verbs } from "../plan/actions.ts";
import { isRestoring } from "../plan/goal.ts";
import { differingModes, directionOf, type Member } from "../plan/member.ts";

/** What would be sent after the first acts of a plan, in words: `then reverse copy session 7; then resume copy sessions 7, 8`. */
export function outlookText(members: readonly Member[], first: readonly Action[]): string[] {
  const left = members.map((member) => {
    const now = first.find(({ ids }) => ids.some((id) => id === member.id));
    return { id: member.id, kinds: commandsFor(member).filter((kind) => kind !== now?.kind) };
  });
  return (["suspend", ...others] as const).flatMap((kind) => {
    const ids = left.flatMap(({ id, kinds }) => (kinds.includes(kind) ? [id] : []));
    const together = kind === "suspend" && ids.length > 1 ? " in one call" : "";
    return ids.length === 0 ? [] : [`then ${verbs[kind]} ${briefly(ids)}${together}`];
  });
}

/** All commands that lead a session from what it shows to its goal. */
function commandsFor({ session, original: found, goal }: Member): CommandKind[] {
  if (session === undefined || goal.target === "Left alone") return [];
  const isSuspended = session.status === "Suspend";
  const staysSuspended = goal.target === "Suspend" || goal.target === "Suspend by force";
  const mayBeArranged = isSuspended || !isRestoring(goal);
  const direction = directionOf(session, found);
  const isTurned = goal.direction !== undefined && direction !== undefined && direction !== goal.direction;
  return [
    ...(staysSuspended && !isSuspended && !session.isSuspending ? (["suspend"] as const) : []),
    ...(mayBeArranged && differingModes(session, goal.modes) !== undefined ? (["modify"] as const) : []),
    ...(mayBeArranged && isTurned ? (["reverse"] as const) : []),
    ...(!staysSuspended && isSuspended ? (["resume"] as const) : []),
  ];
}
