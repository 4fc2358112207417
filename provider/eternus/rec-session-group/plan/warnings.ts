import type { CopySession } from "../../copy-session.ts";
import type { CommandKind } from "../../job.ts";
import { allNamed, unnamedId, volumeText } from "../naming.ts";
import { statusClassOf } from "../states.ts";
import type { GroupAction } from "./actions.ts";
import { type Goal, isRestoring, isSuspending } from "./goal.ts";
import type { Member } from "./member.ts";
import type { ObservedGroup } from "./observed.ts";

/** What sending these puts at stake. What is sent again was warned of before. */
export function warningsOf(
  actions: readonly GroupAction[],
  observed: ObservedGroup,
  { isPreview }: { readonly isPreview: boolean },
): string[] {
  const members = membersFor(actions, observed);
  const concerned = (kind: CommandKind) => {
    const ids = actions.flatMap((action) => (action.kind === kind ? action.ids : []));
    return members.filter(({ id, sent }) => {
      return ids.includes(id) && !(sent?.kind === "failed" && sent.command === kind);
    });
  };
  return [
    ...forceWarnings(concerned("suspend"), isPreview),
    ...reverseWarnings(concerned("reverse")),
    ...resumeWarnings(concerned("resume"), observed),
    ...stackWarnings(concerned("resume")),
    ...separateWarnings(actions, members),
  ];
}

/** The members of which these are planned: those of the other end, where they belong to that. */
function membersFor(actions: readonly GroupAction[], { members, doubt }: ObservedGroup): readonly Member[] {
  return doubt?.otherwise.kind === "act" && doubt.otherwise.actions === actions ? doubt.members : members;
}

function forceWarnings(members: readonly Member[], isPreview: boolean): string[] {
  const forced = members.flatMap(({ id, goal, session }) => {
    if (session === undefined || statusClassOf(session, goal.target) !== "force") return [];
    const progress = session.progress === undefined ? "" : `, ${session.progress}%`;
    const seen = `${session.status}, ${session.phase}${progress}`;
    const volume = volumeText(session.pair.destinationVolume);
    return [
      `force: copy session ${id} (${seen}) is suspended before its data is transferred: ${volume} will not be usable`,
    ];
  });
  if (forced.length > 0 || !isPreview) return forced;
  // One that is equivalent now may not be so any more in the run.
  const ids = members.filter(({ goal }) => goal.target === "Suspend by force").map(({ id }) => id);
  if (ids.length === 0) return [];
  return ids.length === 1 && !ids.includes(unnamedId)
    ? [`force: ${allNamed(ids)} is suspended even if not equivalent; its destination will not be usable then`]
    : [
        `force: ${allNamed(ids)} are suspended even if not equivalent; the destination of any that lacks data will not be usable`,
      ];
}

function reverseWarnings(members: readonly Member[]): string[] {
  const declared = members.filter(({ goal }) => !isRestoring(goal));
  const assumed = declared.filter(({ isAssumed }) => isAssumed === true).map(({ id }) => id);
  const read = declared.filter(({ isAssumed }) => isAssumed !== true);
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
  const assumed = members.filter(({ isAssumed }) => isAssumed === true).map(({ id }) => id);
  const discarded = members.flatMap(({ id, session, isAssumed }) => {
    if (isAssumed === true) return [];
    const recorded = previous?.sessions.find((one) => one.id === id)?.suspendedAt;
    const number = session?.pair.destinationVolume;
    const volume = number === undefined ? `the destination of copy session ${id}` : `${number}`;
    return [{ volume, since: session?.suspendedAt ?? recorded ?? "their suspend" }];
  });
  const many = discarded.length === 1 ? "1 destination" : `${discarded.length} destinations`;
  const parts = [...Map.groupBy(discarded, ({ since }) => since)].map(([since, ones]) => {
    const volumes = ones.map(({ volume }) => volume).join(", ");
    const word = ones.length === 1 && since === "their suspend" ? "its suspend" : since;
    return `since ${word} (${ones.length === 1 ? "volume" : "volumes"} ${volumes})`;
  });
  return [
    ...(discarded.length === 0 ? [] : [`resume: discards writes on ${many} ${parts.join(", ")}`]),
    ...(assumed.length === 0 ? [] : [`resume: discards writes on the destinations of ${allNamed(assumed)}`]),
  ];
}

/** Equivalence after a resume is not promised in Stack mode (RESTful API reference, Suspending REC Session). */
function stackWarnings(members: readonly Member[]): string[] {
  const stacked = members.filter(
    ({ goal, session }) => goal.target === "Equivalent" && session?.transferMode === "Stack",
  );
  return stacked.map(stackText);
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
    const { id, session, goal, isOtherPair } = member;
    if (session === undefined || isOtherPair || isRestoring(goal)) return [];
    switch (statusClassOf(session, goal.target)) {
      case "stack copying":
        return [stackText(member)];
      case "halted":
        return [`copy session ${id} is halted: the run waits until its path or buffer is back`];
      case "not started":
        return [`copy session ${id} is ${session.status}: the run waits until it starts`];
      case "unknown":
        return [unknownText(session, goal)];
      default:
        return [];
    }
  });
}

function stackText({ id, goal }: Member): string {
  const wayOut = isSuspending(goal)
    ? "the run may wait until its deadline"
    : "waitForEquivalent: false waits for the restart of the copy only";
  return `copy session ${id} is in Stack mode and may never become equivalent: ${wayOut}`;
}

function unknownText({ id, status }: CopySession, goal: Goal): string {
  const resumed = isSuspending(goal)
    ? ""
    : "; if it shows Suspend then, it is resumed, which discards writes on its destination";
  return `copy session ${id} is in status "${status}", which this release does not know: the run waits${resumed}`;
}
