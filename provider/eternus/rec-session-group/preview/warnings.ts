import type { Step } from "../../../core/reconcile/step.ts";
import { sessionsText } from "../../client.ts";
import type { CopySession } from "../../copy-session.ts";
import type { Action } from "../plan/actions.ts";
import { isRestoring } from "../plan/goal.ts";
import { directionOf, type Member } from "../plan/member.ts";
import type { RecordedGroup, RecordedSession } from "../recorded.ts";
import { statusClassOf } from "../states.ts";

/** What bringing the members to their goals puts at stake: for the diagnostics of a preview, and for those of the run. */
export function warningsOf(members: readonly Member[], recorded: readonly RecordedSession[]): string[] {
  const own = ownPairs(members);
  return [...forceStakes(own), ...turnStakes(own), ...resumeStakes(own, recorded), ...waitStakes(own)];
}

/** Whether a suspend by force of some of these is at stake now. */
export function isForceAtStake(members: readonly Member[]): boolean {
  return forceStakes(ownPairs(members)).length > 0;
}

/** What force does where nobody has looked, or a look shows nothing of it yet: a session may fall out of equivalence before the run. */
export function forcedText(ids: readonly number[]): string {
  if (ids.length === 1)
    return `force: ${sessionsText(ids)} is suspended even if not equivalent; its destination will not be usable then`;
  return `force: ${sessionsText(ids)} are suspended even if not equivalent; the destination of any that lacks data will not be usable`;
}

/** A suspend of some only: the data on the destinations is then not of one moment. */
export function separatelyText(step: Step<Action>, members: readonly Member[]): string[] {
  const suspending = members.filter(({ goal }) => goal.target === "Suspend" || goal.target === "Suspend by force");
  const acts = step.kind === "act" ? step.actions : [];
  return acts.flatMap(({ kind, ids }) => {
    if (kind !== "suspend" || ids.length === suspending.length) return [];
    return [
      `suspend: ${sessionsText(ids)} without the others of the group, so the destinations show different moments (consistent: false)`,
    ];
  });
}

/** What a run that has reached its goal leaves behind that somebody should know. */
export function leftovers(members: readonly Member[], state: RecordedGroup, isNew: boolean): string[] {
  const parting = members.filter(({ goal }) => isRestoring(goal));
  const staying = members.filter(
    ({ original: found, session }) => found?.status === "Suspend" && session?.status === "Suspend",
  );
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
    if (session === undefined || statusClassOf(session, goal.target) !== "resume") return [];
    const at = session.suspendedAt ?? recorded.find((one) => one.id === id)?.suspendedAt;
    const number = destinationAfter(member, session);
    const volume = number === undefined ? `the destination of copy session ${id}` : `${number}`;
    return [{ volume, since: at ?? "their suspend" }];
  });
  if (discarded.length === 0) return [];
  const many = discarded.length === 1 ? "1 destination" : `${discarded.length} destinations`;
  const bySince = Map.groupBy(discarded, ({ since }) => since);
  const parts = [...bySince].map(([since, ones]) => {
    return `since ${ones.length === 1 && since === "their suspend" ? "its suspend" : since} (${volumesText(ones.map(({ volume }) => volume))})`;
  });
  return [`resume: discards writes on ${many} ${parts.join(", ")}`];
}

function volumesText(volumes: readonly string[]): string {
  return `${volumes.length === 1 ? "volume" : "volumes"} ${volumes.join(", ")}`;
}

/** What the run waits for, perhaps until its deadline. */
function waitStakes(members: readonly Member[]): string[] {
  return members.flatMap(({ id, session, goal }) => {
    if (session === undefined || isRestoring(goal)) return [];
    const standing = statusClassOf(session, goal.target);
    const { transferMode = session.transferMode } = goal.modes;
    // Neither a suspend without force nor the equivalence after a resume is promised in this mode (RESTful API reference, Suspending REC Session).
    const isLate = goal.target === "Equivalent" && standing === "resume" && transferMode === "Stack";
    if (standing === "stack copying" || isLate)
      return [`copy session ${id} is in Stack mode and may never become equivalent: ${stackWayOut[goal.target]}`];
    if (standing === "halted") return [`copy session ${id} is halted: the run waits until its path or buffer is back`];
    if (standing === "not started") return [`copy session ${id} is ${session.status}: the run waits until it starts`];
    if (standing === "unknown")
      return [`copy session ${id} is in status "${session.status}", which this release does not know: the run waits`];
    return [];
  });
}

const stackWayOut = {
  Suspend: "the run may wait until its deadline",
  "Suspend by force": "the run may wait until its deadline",
  Equivalent: "waitForEquivalent: false waits for the restart of the copy only",
  Copying: "",
  "Given back": "",
  "Left alone": "",
} as const;

/** The volume that a resume overwrites, once the session has been turned the declared way. */
function destinationAfter({ goal, original: found }: Member, session: CopySession): number | undefined {
  if (goal.direction === undefined || found === undefined) return session.pair.destinationVolume;
  return goal.direction === "Forward" ? found.pair.destinationVolume : found.pair.sourceVolume;
}

/** An id that names another pair is touched by nothing. */
function ownPairs(members: readonly Member[]): Member[] {
  return members.filter(({ isOtherPair }) => !isOtherPair);
}

function forceStakes(members: readonly Member[]): string[] {
  return members.flatMap(({ id, goal, session }) => {
    if (session === undefined || statusClassOf(session, goal.target) !== "force") return [];
    const progress = session.progress === undefined ? "" : `, ${session.progress}%`;
    const seen = `${session.status}, ${session.phase}${progress}`;
    const volume = volumeText(session.pair.destinationVolume);
    return [
      `force: copy session ${id} (${seen}) is suspended before its data is transferred: ${volume} will not be usable`,
    ];
  });
}

function turnStakes(members: readonly Member[]): string[] {
  return members.flatMap(({ id, goal, session, original: found }) => {
    const direction = session === undefined ? undefined : directionOf(session, found);
    if (isRestoring(goal) || goal.direction === undefined || direction === undefined || direction === goal.direction) {
      return [];
    }
    const [from, to] = [session?.pair.destinationVolume, session?.pair.sourceVolume];
    return [`reverse: copy session ${id} will copy from ${volumeText(from)} to ${volumeText(to)} once it is resumed`];
  });
}

function leftAsItIs({ id, session, original: found, isOtherPair, goal }: Member): string[] {
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
