import type { Route } from "../../../core/preview/route.ts";
import type { CopySession } from "../../copy-session.ts";
import type { CommandKind } from "../../job.ts";
import { allNamed, unnamedId, volumeText } from "../naming.ts";
import { needsForce, type StatusClass, statusClassOf } from "../states.ts";
import type { GroupAction } from "./actions.ts";
import { isRestoring, isSuspending } from "./goal.ts";
import type { Member } from "./member.ts";
import type { ObservedGroup } from "./observed.ts";
import type { GroupTarget } from "./target.ts";

/** What sending these puts at stake. What is sent again was warned of before. */
export function warningsOf(actions: readonly GroupAction[], observed: ObservedGroup, target: GroupTarget): string[] {
  const { members, doubts = [] } = observed;
  const doubt = doubts.find(({ otherwise }) => otherwise.kind === "act" && otherwise.actions === actions);
  if (doubt !== undefined) return routeWarnings(doubt.route, target);
  const concerned = (kind: CommandKind) => {
    const ids = actions.flatMap((action) => (action.kind === kind ? action.ids : []));
    return members.filter(({ id, sent }) => ids.includes(id) && !(sent?.kind === "failed" && sent.command === kind));
  };
  return [
    ...forceWarnings(concerned("suspend"), target.isPreview),
    ...reverseWarnings(concerned("reverse")),
    ...resumeWarnings(concerned("resume"), observed),
    ...separateWarnings(actions, members),
  ];
}

/** What every step of a route puts at stake. */
export function routeWarnings(route: Route<ObservedGroup, GroupAction>, target: GroupTarget): string[] {
  return route.flatMap(({ at, step }) => (step.kind === "act" ? warningsOf(step.actions, at, target) : []));
}

function forceWarnings(members: readonly Member[], isPreview: boolean): string[] {
  const forced = members.flatMap(({ id, goal, session }) => {
    if (session === undefined || !needsForce(session, goal.target)) return [];
    const progress = session.progress === undefined ? "" : `, ${session.progress}%`;
    const seen = `${session.status}, ${session.phase}${progress}`;
    const volume = volumeText(session.pair.destinationVolume);
    return [
      `force: copy session ${id} (${seen}) is suspended before its data is transferred: ${volume} will not be usable`,
    ];
  });
  if (forced.length > 0 || !isPreview) return forced;
  // One that is equivalent now may not be so any more in the run.
  const ids = idsOf(members.filter(({ goal }) => goal.target === "Suspend by force"));
  if (ids.length === 0) return [];
  const [are, destination] =
    ids.length === 1 && !ids.includes(unnamedId)
      ? ["is", "its destination will not be usable then"]
      : ["are", "the destination of any that lacks data will not be usable"];
  return [`force: ${allNamed(ids)} ${are} suspended even if not equivalent; ${destination}`];
}

function reverseWarnings(members: readonly Member[]): string[] {
  const [assumed, read] = apart(members);
  return [
    ...read.map(({ id, session }) => {
      const [from, to] = [volumeText(session?.pair.destinationVolume), volumeText(session?.pair.sourceVolume)];
      return `reverse: copy session ${id} will copy from ${from} to ${to} once it is resumed`;
    }),
    ...(assumed.length === 0
      ? []
      : [`reverse: once resumed, ${allNamed(assumed)} will copy from destination to source`]),
  ];
}

/** A resume overwrites the destination with what the source holds (RESTful API reference, Resuming REC Session). */
function resumeWarnings(members: readonly Member[], { previous }: ObservedGroup): string[] {
  const [assumed, discarded] = apart(members);
  const byMoment = Map.groupBy(discarded, ({ id, session }) => {
    return session?.suspendedAt ?? previous?.sessions.find((one) => one.id === id)?.suspendedAt;
  });
  const parts = [...byMoment].map(([since, ones]) => {
    const volumes = ones.map(
      ({ id, session }) => session?.pair.destinationVolume ?? `the destination of copy session ${id}`,
    );
    const [whose, noun] = ones.length === 1 ? ["its", "volume"] : ["their", "volumes"];
    return `since ${since ?? `${whose} suspend`} (${noun} ${volumes.join(", ")})`;
  });
  // Equivalence after a resume is not promised in Stack mode (RESTful API reference, Suspending REC Session).
  const stacked = members.filter(
    ({ goal, session }) => goal.target === "Equivalent" && session?.transferMode === "Stack",
  );
  const many = discarded.length === 1 ? "1 destination" : `${discarded.length} destinations`;
  return [
    ...(discarded.length === 0 ? [] : [`resume: discards writes on ${many} ${parts.join(", ")}`]),
    ...(assumed.length === 0 ? [] : [`resume: discards writes on the destinations of ${allNamed(assumed)}`]),
    ...stacked.map(stackText),
  ];
}

/** The ids of those nobody has read, and the others. */
function apart(members: readonly Member[]): [assumed: number[], read: Member[]] {
  const isAssumed = (member: Member) => member.isAssumed === true;
  return [idsOf(members.filter(isAssumed)), members.filter((member) => !isAssumed(member))];
}

function idsOf(members: readonly Member[]): number[] {
  return members.map(({ id }) => id);
}

/** A suspend of some only: the data on the destinations is then not of one moment. */
function separateWarnings(actions: readonly GroupAction[], members: readonly Member[]): string[] {
  const suspending = members.filter(({ goal }) => isSuspending(goal));
  return actions.flatMap(({ kind, ids }) => {
    if (kind !== "suspend" || ids.length === suspending.length) return [];
    return [
      `suspend: ${allNamed(ids)} without the others of the group, so the destinations show different moments (consistent: false)`,
    ];
  });
}

/** Waits that may never end, of what is declared: a run may stay there until its deadline. */
export function waitWarnings(members: readonly Member[]): string[] {
  return members.flatMap((member) => {
    const { session, goal, isOtherPair } = member;
    if (session === undefined || isOtherPair || isRestoring(goal)) return [];
    return waits[statusClassOf(session, goal.target)]?.(session, member) ?? [];
  });
}

const waits: Partial<Record<StatusClass, (session: CopySession, member: Member) => string>> = {
  "stack copying": (_, member) => stackText(member),
  halted: ({ id }) => `copy session ${id} is halted: the run waits until its path or buffer is back`,
  "not started": ({ id, status }) => `copy session ${id} is ${status}: the run waits until it starts`,
  unknown({ id, status }, { goal }) {
    const end = isSuspending(goal)
      ? ""
      : "; if it shows Suspend then, it is resumed, which discards writes on its destination";
    return `copy session ${id} is in status "${status}", which this release does not know: the run waits${end}`;
  },
};

function stackText({ id, goal }: Member): string {
  const wayOut = isSuspending(goal)
    ? "the run may wait until its deadline"
    : "waitForEquivalent: false waits for the restart of the copy only";
  return `copy session ${id} is in Stack mode and may never become equivalent: ${wayOut}`;
}
