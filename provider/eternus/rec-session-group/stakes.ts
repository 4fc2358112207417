import { sessionsText } from "../client.ts";
import type { CopySession } from "../copy-session.ts";
import { isParting } from "./goal.ts";
import { directionOf, type Member } from "./member.ts";
import { standingOf } from "./standing.ts";
import type { RecordedGroup, RecordedSession } from "./state.ts";

/** What bringing the members to their goals puts at stake: for the diagnostics of a preview, and for those of the run. */
export function stakesOf(members: readonly Member[], recorded: readonly RecordedSession[]): string[] {
  const own = members.filter(({ isOtherPair }) => !isOtherPair);
  return [...forceStakes(own), ...turnStakes(own), ...resumeStakes(own, recorded)];
}

/** What a run that has reached its goal leaves behind that somebody should know. */
export function leftovers(members: readonly Member[], state: RecordedGroup, isNew: boolean): string[] {
  const parting = members.filter(({ goal }) => isParting(goal));
  const staying = members.filter(({ found, session }) => found?.status === "Suspend" && session?.status === "Suspend");
  const foundSuspended = isNew ? staying.map(({ id }) => id) : [];
  const unusable = state.sessions.filter((session) => session.status === "Suspend" && !session.destinationUsable);
  return [
    ...parting.flatMap(leftAsItIs),
    ...unusable.map(({ id, pair, direction }) => {
      const volume = direction === "Reversed" ? pair.sourceVolume : pair.destinationVolume;
      return `copy session ${id} is suspended, but its destination, ${volumeText(volume)}, lacks data and is not usable`;
    }),
    ...(foundSuspended.length === 0
      ? []
      : [`${sessionsText(foundSuspended)} had been suspended before: a destroy leaves them suspended`]),
  ];
}

/** A resume overwrites the destination with what the source holds (RESTful API reference, Resuming REC Session). */
function resumeStakes(members: readonly Member[], recorded: readonly RecordedSession[]): string[] {
  const discarded = members.flatMap((member) => {
    const { id, session, goal } = member;
    if (session === undefined || standingOf(session, goal.target) !== "resume") return [];
    const at = session.suspendedAt ?? recorded.find((one) => one.id === id)?.suspendedAt;
    return [`${volumeText(destinationAfter(member, session))} (copy session ${id}, suspended ${at ?? "before"})`];
  });
  if (discarded.length === 0) return [];
  return [
    `resume: what was written on the destinations since they were suspended is discarded: ${discarded.join(", ")}`,
  ];
}

/** The volume that a resume overwrites, once the session has been turned the declared way. */
function destinationAfter({ goal, found }: Member, session: CopySession): number | undefined {
  if (goal.direction === undefined || found === undefined) return session.pair.destinationVolume;
  return goal.direction === "Forward" ? found.pair.destinationVolume : found.pair.sourceVolume;
}

function forceStakes(members: readonly Member[]): string[] {
  return members.flatMap(({ id, goal, session }) => {
    if (session === undefined || standingOf(session, goal.target) !== "force") return [];
    const progress = session.progress === undefined ? "" : `, ${session.progress}%`;
    const seen = `${session.status}, ${session.phase}${progress}`;
    const volume = volumeText(session.pair.destinationVolume);
    return [
      `force: copy session ${id} (${seen}) is suspended before its data is transferred: ${volume} will not be usable`,
    ];
  });
}

function turnStakes(members: readonly Member[]): string[] {
  return members.flatMap(({ id, goal, session, found }) => {
    const direction = session === undefined ? undefined : directionOf(session, found);
    if (isParting(goal) || goal.direction === undefined || direction === undefined || direction === goal.direction) {
      return [];
    }
    const [from, to] = [session?.pair.destinationVolume, session?.pair.sourceVolume];
    return [`reverse: copy session ${id} will copy from ${volumeText(from)} to ${volumeText(to)} once it is resumed`];
  });
}

function leftAsItIs({ id, session, found, isOtherPair, goal }: Member): string[] {
  if (session === undefined) return [`copy session ${id} does not exist any more: there was nothing to give back`];
  if (isOtherPair) return [`copy session ${id} names another pair than it did, and was left alone`];
  if (session.status === "Suspend") return [];
  const left: string[] = [];
  if (goal.target === "Left alone") {
    left.push(`copy session ${id} was found suspended, and stays ${session.status}: giving back suspends nothing`);
  } else if (session.status !== "Active") {
    left.push(`copy session ${id} is not suspended, but in ${session.status}, and was left so`);
  }
  if (directionOf(session, found) === "Reversed") {
    left.push(`copy session ${id} goes on copying in the reversed direction`);
  }
  return left;
}

function volumeText(number: number | undefined): string {
  return number === undefined ? "a volume" : `volume ${number}`;
}
