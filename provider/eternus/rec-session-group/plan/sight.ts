import { sessionsText } from "../../client.ts";
import type { CopySession } from "../../copy-session.ts";
import { recoveries, settableTransferModes } from "../../words.ts";
import type { RecSessionGroupInputs } from "../inputs.ts";
import { sessionKey, unnamedId } from "../naming.ts";
import type { Original } from "../observe/original.ts";
import { isSuspendedByResource } from "../observe/suspended-before.ts";
import type { RecordedSession } from "../recorded.ts";
import { type Goal, goalsOf, isSuspending, onlyOurs, restoring } from "./goal.ts";
import { isBeingSuspended, withHistory } from "./history.ts";
import { afterRead, type Member, memberOf, withSent } from "./member.ts";
import { doubtsBetween, routeFrom } from "./next.ts";
import type { Doubt, ObservedGroup } from "./observed.ts";
import { possibilitiesOf } from "./possibilities.ts";
import { type GroupTarget, recordFor } from "./target.ts";
import { routeWarnings } from "./warnings.ts";

/** What is to become of every session of the group. A delete leaves alone what is handed over, and a run what leaves without being named in `resume`. */
export function goalsFor(target: GroupTarget, inputs = possibilitiesOf(target).mildest): ReadonlyMap<number, Goal> {
  const { operation, handedOver } = target;
  const recorded = recordFor(target)?.sessions ?? [];
  switch (operation.kind) {
    case "delete":
      return onlyOurs(restoring(recorded.filter(({ id }) => handedOver?.has(sessionKey(id)) !== true)));
    case "read":
      // A refresh warns of nothing, so it lets nothing go.
      return goalsOf(inputs, recorded, recorded);
    default:
      return goalsOf(
        inputs,
        recorded,
        recorded.filter(({ id }) => inputs.resume.includes(id)),
      );
  }
}

/** The sessions on record that a run lets go. */
function leaving(target: GroupTarget, goals: ReadonlyMap<number, Goal>): readonly RecordedSession[] {
  const { kind } = target.operation;
  if (kind === "delete" || kind === "read") return [];
  return (recordFor(target)?.sessions ?? []).filter(({ id }) => !goals.has(id));
}

/** The sessions to read, now or at any later time: also those that the group lets go. */
export function concernedIds(target: GroupTarget): readonly number[] {
  const goals = goalsFor(target);
  return [...goals.keys(), ...leaving(target, goals).map(({ id }) => id)].filter((id) => id !== unnamedId);
}

/** What a group is observed by. */
interface Sight extends Pick<ObservedGroup, "log" | "previous" | "readMs"> {
  /** A session as it was read, or as it was recorded. Undefined: the array has none. */
  sessionFor(id: number, goal: Goal): CopySession | "not read" | undefined;
  /** The members as they were read before, in the same run. */
  readonly before: readonly Member[];
  /** Those that are let go, as they were read before, in the same run. @default they are read now */
  readonly leaving?: readonly Member[] | undefined;
}

export function observedGroup(target: GroupTarget, sight: Sight): ObservedGroup {
  const { mildest, gravest } = possibilitiesOf(target);
  const { previous, readMs } = sight;
  const goals = goalsFor(target, gravest?.inputs ?? mildest);
  const recorded = recordFor(target)?.sessions ?? [];
  const originals = new Map<number, Original>([
    ...recorded.map(({ id, foundStatus: status, pair, foundModes: modes }) => [id, { status, pair, modes }] as const),
    ...sight.before.flatMap(({ id, original }) => (original === undefined ? [] : [[id, original] as const])),
  ]);
  // Of a session on record the record tells, but for what killed runs have done since.
  const isOfResource = (session: CopySession) => {
    const isRecorded = recorded.some(({ id }) => id === session.id);
    const acts = isRecorded ? target.recorded?.missed : target.acts;
    return isSuspendedByResource(acts ?? [], target.urn, session, readMs);
  };
  const see = ([id, goal]: readonly [number, Goal]) => {
    const session = sight.sessionFor(id, goal);
    if (session === "not read") return assumedMember(id, goal);
    const member = memberOf(id, goal, session, originals.get(id));
    const isTakenOver = session !== undefined && !originals.has(id) && isOfResource(session);
    return isTakenOver ? { ...member, original: member.original && { ...member.original, status: "Active" } } : member;
  };
  const seen = [...goals].map(see);
  const log = afterRead(sight.log, seen, readMs);
  const knowing = (member: Member) => {
    const before = previous?.sessions.find(({ id }) => id === member.id);
    const { session } = member;
    const shown = session && { ...session, isSuspending: isBeingSuspended(member) };
    return withHistory(member, log, before, shown !== undefined && isOfResource(shown));
  };
  const left = sight.leaving ?? [...restoring(leaving(target, goals))].map(see).map(knowing);
  const members = withSent(log, seen).map(knowing);
  const observed = { members, leaving: left, log, previous, readMs };
  return { ...observed, doubts: doubtsOf(target, observed) };
}

/** The members if other inputs were declared. */
function withGoals({ members, leaving = [] }: ObservedGroup, goals: ReadonlyMap<number, Goal>): Member[] {
  return [...members, ...leaving].flatMap((member) => {
    const goal = goals.get(member.id);
    if (goal === undefined) return [];
    return member.isAssumed === true ? assumedMember(member.id, goal) : { ...member, goal };
  });
}

/** Warnings of what inputs that are not known yet may lead to, beside the gravest and the mildest, which the route shows. Each has its condition. */
export function otherWarnings(observed: ObservedGroup, target: GroupTarget): string[] {
  const { mildest, gravest, others } = possibilitiesOf(target);
  if (gravest === undefined) return [];
  const shown = new Set([mildest, gravest.inputs].flatMap((inputs) => warningsFor(observed, target, inputs)));
  return others.flatMap(({ condition, inputs }) => {
    const added = warningsFor(observed, target, inputs).filter((warning) => !shown.has(warning));
    for (const warning of added) shown.add(warning);
    return added.map((warning) => `if ${condition}: ${warning}`);
  });
}

/** What a run with these inputs warns of. */
function warningsFor(observed: ObservedGroup, target: GroupTarget, inputs: RecSessionGroupInputs): string[] {
  const members = withGoals(observed, goalsFor(target, inputs));
  return routeWarnings(routeFrom({ ...observed, members, doubts: [] }), target);
}

function doubtsOf(target: GroupTarget, observed: ObservedGroup): Doubt[] {
  const { members } = observed;
  const { mildest, gravest } = possibilitiesOf(target);
  const assumed = members.filter(({ isAssumed }) => isAssumed === true);
  if (gravest === undefined && assumed.length === 0) return [];
  const condition = [
    ...(gravest === undefined ? [] : [gravest.condition]),
    ...(assumed.length === 0 ? [] : [assumptionText(target, assumed)]),
  ].join(" and ");
  const mild = withGoals(observed, goalsFor(target, mildest));
  const others = gravest === undefined ? mild.filter(({ isAssumed }) => isAssumed !== true) : mild;
  if (others.length === 0) return [{ condition, otherwise: { kind: "settled", reason: "nothing to send" }, route: [] }];
  return doubtsBetween(condition, observed, { ...observed, members: others });
}

/** `copy sessions 1, 2 are suspended`, `copySessionIds names others that are not suspended yet` */
function assumptionText({ operation }: GroupTarget, assumed: readonly Member[]): string {
  const ids = assumed.flatMap(({ id }) => (id === unnamedId ? [] : [id]));
  const others = operation.kind === "update" ? "others" : "any";
  const names = [
    ...(ids.length === 0 ? [] : [`${sessionsText(ids)} ${ids.length === 1 ? "is" : "are"}`]),
    ...(ids.length === assumed.length ? [] : [`copySessionIds names ${others} that are`]),
  ];
  const state = assumed.some(({ goal }) => isSuspending(goal)) ? "not suspended yet" : "suspended";
  return names.map((name) => `${name} ${state}`).join(" and ");
}

/** A member nobody has read, such that everything that is declared of it has to be sent. */
function assumedMember(id: number, goal: Goal): Member {
  const { transferMode, splitMode, recoveryMode } = goal.modes;
  const session: CopySession = {
    id,
    type: "REC",
    status: isSuspending(goal) ? "Active" : "Suspend",
    phase: "Equivalent",
    transferMode: another(settableTransferModes, transferMode) ?? (splitMode === undefined ? undefined : "Synchronous"),
    splitMode: another(recoveries, splitMode),
    recoveryMode: another(recoveries, recoveryMode),
    pair: { isLocalSource: goal.direction !== "LocalToRemote" },
    isSuspending: false,
  };
  return { ...memberOf(id, goal, session, undefined), isAssumed: true };
}

function another(words: readonly string[], declared: string | undefined): string | undefined {
  return declared === undefined ? undefined : words.find((word) => word !== declared);
}
