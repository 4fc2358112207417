import { isDeepStrictEqual } from "node:util";
import type { Step } from "../../../core/reconcile/step.ts";
import { sessionsText } from "../../client.ts";
import type { CopySession } from "../../copy-session.ts";
import { recoveries, settableTransferModes } from "../../words.ts";
import type { CommandLog } from "../commands/command-log.ts";
import type { RecSessionGroupInputs } from "../inputs.ts";
import { unnamedId } from "../naming.ts";
import type { Original } from "../observe/original.ts";
import { originalOf, type RecordedGroup } from "../recorded.ts";
import type { GroupAction } from "./actions.ts";
import { type Goal, goalsOf, isSuspending, restoring } from "./goal.ts";
import { planGroup } from "./group.ts";
import { afterRead, type Member, memberOf, withSent } from "./member.ts";
import { type GroupTarget, type Possibility, possibilitiesOf } from "./possibilities.ts";

/** A group as a read shows it, with all that a run has to remember. */
export interface ObservedGroup {
  readonly members: readonly Member[];
  readonly log: CommandLog;
  /** What was recorded last, in this run or before. Undefined: nothing yet. */
  readonly previous: RecordedGroup | undefined;
  /** When it was read, in milliseconds since the epoch. */
  readonly readMs: number;
  /** On what it depends whether the members need what they seem to need. Undefined in a run. */
  readonly doubt?: Doubt | undefined;
}

/** What a preview cannot know. */
export interface Doubt {
  readonly condition: string;
  /** What happens where the condition is not met. */
  readonly otherwise: Step<GroupAction>;
  /** The members where it is not met. */
  readonly members: readonly Member[];
}

/** What is to become of every session of the group. */
export function goalsFor(target: GroupTarget, inputs = possibilitiesOf(target).mildest): ReadonlyMap<number, Goal> {
  const recorded = target.recorded?.state.sessions ?? [];
  return target.operation.kind === "delete" ? restoring(recorded) : goalsOf(inputs, recorded);
}

/** What a group is observed by. */
interface Sight extends Pick<ObservedGroup, "log" | "previous" | "readMs"> {
  /** A session as it was read, or as it was recorded. Undefined: the array has none. */
  sessionFor(id: number, goal: Goal): CopySession | "not read" | undefined;
  /** The members as they were read before, in the same run. */
  readonly before: readonly Member[];
}

export function observedGroup(target: GroupTarget, sight: Sight): ObservedGroup {
  const { mildest, others } = possibilitiesOf(target);
  const { previous, readMs } = sight;
  const goals = goalsFor(target, others[0]?.inputs ?? mildest);
  const originals = originalsOf(target, sight.before);
  const seen = [...goals].map(([id, goal]) => {
    const session = sight.sessionFor(id, goal);
    return session === "not read" ? assumedMember(id, goal) : memberOf(id, goal, session, originals.get(id));
  });
  const log = afterRead(sight.log, seen, readMs);
  const members = withSent(log, seen);
  return { members, log, previous, readMs, doubt: doubtOf(target, members, others, mildest, readMs) };
}

/** The members if other inputs were declared. */
export function withGoals(members: readonly Member[], goals: ReadonlyMap<number, Goal>): Member[] {
  return members.map((member) => {
    const goal = goals.get(member.id) ?? member.goal;
    return member.isAssumed === true ? assumedMember(member.id, goal) : { ...member, goal };
  });
}

/** The group with what has come of a command since it was read. */
export function withLog(observed: ObservedGroup, log: CommandLog): ObservedGroup {
  return { ...observed, log, members: withSent(log, observed.members) };
}

function originalsOf({ recorded }: GroupTarget, before: readonly Member[]): ReadonlyMap<number, Original> {
  return new Map([
    ...(recorded?.state.sessions ?? []).map((session) => [session.id, originalOf(session)] as const),
    ...before.flatMap(({ id, original }) => (original === undefined ? [] : [[id, original] as const])),
  ]);
}

function doubtOf(
  target: GroupTarget,
  members: readonly Member[],
  [gravest]: readonly Possibility[],
  mildest: RecSessionGroupInputs,
  nowMs: number,
): Doubt | undefined {
  const assumed = members.filter(({ isAssumed }) => isAssumed === true);
  const conditions = [
    ...(gravest === undefined ? [] : [gravest.condition]),
    ...(assumed.length === 0 ? [] : [assumptionText(target, assumed)]),
  ];
  if (conditions.length === 0) return undefined;
  const mild = withGoals(members, goalsFor(target, mildest));
  const others = gravest === undefined ? mild.filter(({ isAssumed }) => isAssumed !== true) : mild;
  const otherwise: Step<GroupAction> =
    others.length === 0 ? { kind: "settled", reason: "nothing to send" } : planGroup(others, nowMs);
  const isOver = otherwise.kind === "settled" || otherwise.kind === "stuck";
  if (isOver && isDeepStrictEqual(otherwise, planGroup(members, nowMs))) return undefined;
  return { condition: conditions.join(" and "), otherwise, members: others };
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
  return { ...memberOf(id, goal, assumedSession(id, goal), undefined), isAssumed: true };
}

function assumedSession(id: number, goal: Goal): CopySession {
  const { transferMode, splitMode, recoveryMode } = goal.modes;
  return {
    id,
    type: "REC",
    status: isSuspending(goal) ? "Active" : "Suspend",
    phase: "Equivalent",
    transferMode: another(settableTransferModes, transferMode) ?? (splitMode === undefined ? undefined : "Synchronous"),
    splitMode: another(recoveries, splitMode),
    recoveryMode: another(recoveries, recoveryMode),
    pair: { isLocalSource: true },
    isSuspending: false,
    suspendResult: undefined,
    suspendSecondsLeft: undefined,
    suspendedAt: undefined,
    progress: undefined,
    errorCode: undefined,
  };
}

function another(words: readonly string[], declared: string | undefined): string | undefined {
  return declared === undefined ? undefined : words.find((word) => word !== declared);
}
