import { MigrationError } from "../../../core/errors.ts";
import { knownChanges } from "../../../core/inputs.ts";
import type { Review, Reviewed } from "../../../core/lifecycle.ts";
import type { Step } from "../../../core/reconcile/step.ts";
import type { RecSessionGroupInputs } from "../inputs.ts";
import { type Action, briefly } from "../plan/actions.ts";
import { attemptedText, type Goal, goalsOf, isRestoring, restoring } from "../plan/goal.ts";
import { planGroup } from "../plan/group.ts";
import { type Member, memberOf } from "../plan/member.ts";
import { nextCommandOf } from "../plan/next-command.ts";
import { goneStatus, originalOf, type RecordedGroup, type RecordedSession, sessionOf } from "../recorded.ts";
import { planText } from "./announce.ts";
import { partlyKnownStakes } from "./partly-known.ts";
import { forcedText, isForceAtStake, separatelyText, warningsOf } from "./warnings.ts";

/** Decides from what was seen last, without asking the array, what an update would do. */
export function reviewGroup({
  recorded,
  isGone,
  inputs,
  partly,
  changed,
  nowMs,
}: Reviewed<RecSessionGroupInputs, RecordedGroup>): Review {
  const state = isGone ? allGone(recorded.state) : recorded.state;
  if (knownChanges(changed, partly).includes("array")) {
    const left = [...restoring(state.sessions)].flatMap(([id, goal]) => {
      const session = state.sessions.find((one) => one.id === id);
      return session === undefined ? [] : (recordedMember(session, goal) ?? []);
    });
    const text = `replaced because of array: first gives back ${briefly(left.map(({ id }) => id))} where they are`;
    return { changes: true, replaces: ["array"], plan: text, warnings: [text, ...warningsOf(left, state.sessions)] };
  }
  if (inputs === undefined) return { changes: true, replaces: [], warnings: partlyKnownStakes(partly?.known, changed) };
  const known = recordedMembers(inputs, state.sessions);
  const unseen = inputs.copySessionIds.filter((id) => !known.some((member) => member.id === id));
  const step = planGroup(known, nowMs);
  const isSettled = step.kind === "settled" && unseen.length === 0 && state.failures.length === 0;
  const stakes = warningsOf(known, state.sessions);
  const isStated = step.kind === "settled" || isForceAtStake(known);
  const forced = inputs.force !== true ? [] : isStated ? unseen : inputs.copySessionIds;
  const plan = planText(step, known);
  const refusal = refusalOf(step, inputs) ?? (changed.length > 0 ? unreachableGoal(known, inputs, nowMs) : undefined);
  return {
    changes: !isSettled || changed.length > 0,
    replaces: [],
    plan: isSettled && changed.length === 0 ? undefined : [...plan, ...addedText(unseen, inputs)].join("; "),
    warnings: [
      ...(step.kind === "stuck" && refusal === undefined ? plan : []),
      ...(forced.length > 0 ? [forcedText(forced)] : []),
      ...stakes,
      ...separatelyText(step, known),
    ],
    refusal,
  };
}

/** An id that names another pair is touched by nothing, so the update is certain to fail. */
function refusalOf(step: Step<Action>, inputs: RecSessionGroupInputs): MigrationError | undefined {
  if (step.kind !== "stuck" || step.as !== "identity") return undefined;
  const attempted = attemptedText(inputs);
  return new MigrationError({ kind: "identity", attempted, on: "the array", answered: step.reason, next: step.next });
}

/** What is newly declared and no command leads to: a direction, say, of sessions that are to go on copying. */
function unreachableGoal(
  known: readonly Member[],
  inputs: RecSessionGroupInputs,
  nowMs: number,
): MigrationError | undefined {
  const [first] = known.flatMap((member) => {
    const position = nextCommandOf(member, nowMs);
    return position.is === "stuck" && !isRestoring(member.goal) ? [position] : [];
  });
  if (first === undefined) return undefined;
  const attempted = attemptedText(inputs);
  return new MigrationError({ kind: "stuck", attempted, on: "the array", answered: first.why, next: first.next });
}

function allGone(state: RecordedGroup): RecordedGroup {
  return { ...state, sessions: state.sessions.map((session) => ({ ...session, status: goneStatus })) };
}

function recordedMembers(inputs: RecSessionGroupInputs, sessions: readonly RecordedSession[]): Member[] {
  const goals = goalsOf(inputs, sessions);
  return sessions.flatMap((session) => recordedMember(session, goals.get(session.id)) ?? []);
}

function recordedMember(session: RecordedSession, goal: Goal | undefined): Member | undefined {
  if (goal === undefined) return undefined;
  const seen = sessionOf(session);
  const { splitMode, recoveryMode } = goal.modes;
  // Before they were declared these were not recorded: only the run can tell them.
  const modes = { splitMode: session.splitMode ?? splitMode, recoveryMode: session.recoveryMode ?? recoveryMode };
  return memberOf(session.id, goal, seen && { ...seen, ...modes }, originalOf(session));
}

function addedText(unseen: readonly number[], { targetState }: RecSessionGroupInputs): string[] {
  if (unseen.length === 0) return [];
  return [`look at ${briefly(unseen)}, then ${targetState === "Active" ? "resume" : "suspend"}`];
}
