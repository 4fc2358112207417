import { directionOf } from "../direction.ts";
import { allNamed } from "../naming.ts";
import { isRestoring } from "./goal.ts";
import { isTurned } from "./history.ts";
import type { Member } from "./member.ts";
import type { Stuck } from "./stuck.ts";

/** Whether every declared member copies, once it is resumed, in the direction that is declared: before that, nobody is resumed. */
export function haveAllTurned(members: readonly Member[]): boolean {
  return declared(members).every(hasTurned);
}

/** Whether every declared member has turned, or is suspended so that it can: before that, nobody is reversed. */
export function canAllTurn(members: readonly Member[]): boolean {
  return declared(members).every((member) => hasTurned(member) || member.session?.status === "Suspend");
}

function hasTurned({ goal, session }: Member): boolean {
  return goal.direction === undefined || directionOf(session?.pair ?? {}) === goal.direction;
}

/** What a reverse that failed for some has left, where no direction is declared any more: nobody can tell in which of the two directions the group is to copy. */
export function turnedInPart(members: readonly Member[]): Stuck | undefined {
  const suspended = declared(members).filter(
    ({ goal, session }) => goal.direction === undefined && session?.status === "Suspend",
  );
  const { true: turned = [], false: others = [] } = Object.groupBy(suspended, (member) => `${isTurned(member)}`);
  if (turned.length === 0 || others.length === 0) return undefined;
  return {
    kind: "stuck",
    why: `reversed since the last copy: ${named(turned)}; not reversed: ${named(others)}; a resume would copy in both directions`,
    next: "Declare `direction`: then all are brought to it before any is resumed.",
  };
}

function declared(members: readonly Member[]): readonly Member[] {
  return members.filter(({ goal }) => !isRestoring(goal));
}

function named(members: readonly Member[]): string {
  return allNamed(members.map(({ id }) => id));
}
