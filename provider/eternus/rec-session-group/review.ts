import { MigrationError } from "../../core/errors.ts";
import type { Review, Reviewed } from "../../core/lifecycle.ts";
import type { Step } from "../../core/settle.ts";
import { sessionsText } from "../client.ts";
import { type Act, actsText } from "./acts.ts";
import { attemptedText, type Goal, goalsOf, isParting } from "./goal.ts";
import type { RecSessionGroupInputs } from "./inputs.ts";
import { type Member, memberOf } from "./member.ts";
import { outlookText } from "./outlook.ts";
import { planGroup } from "./plan.ts";
import { positionOf } from "./position.ts";
import { stakesOf } from "./stakes.ts";
import { foundOf, goneStatus, type RecordedGroup, type RecordedSession, sessionOf } from "./state.ts";

/** What a new group announces in preview. */
export function announceGroup(inputs: RecSessionGroupInputs): Pick<Review, "plan" | "warnings"> {
  const { copySessionIds: ids } = inputs;
  if (inputs.targetState === "Active") {
    const warning = `resume: what was written on the destinations of those of ${sessionsText(ids)} that are suspended is discarded`;
    const parts = [...arrangements(inputs), `resume those of ${sessionsText(ids)} that are suspended`];
    return { plan: parts.join("; then "), warnings: [warning] };
  }
  const together = ids.length > 1 ? " in one call" : "";
  const how = inputs.force === true ? "by force" : "once each is equivalent";
  return {
    plan: [`suspend ${sessionsText(ids)}${together}, ${how}`, ...arrangements(inputs)].join("; then "),
    warnings: [...(inputs.force === true ? [forceWarning(ids)] : []), ...reverseWarning(inputs)],
  };
}

/** What is changed while the sessions are suspended, as far as the inputs tell. */
function arrangements({ direction, copySessionIds, ...inputs }: RecSessionGroupInputs): string[] {
  const { transferMode, splitMode, recoveryMode } = inputs;
  const hasModes = (transferMode ?? splitMode ?? recoveryMode) !== undefined;
  return [
    ...(hasModes ? ["change the modes of those that have others"] : []),
    ...(direction === "Reversed" ? [`reverse ${sessionsText(copySessionIds)}`] : []),
  ];
}

/** Decides from what was seen last, without asking the array, what an update would do. */
export function reviewGroup({
  recorded,
  isGone,
  inputs,
  changed,
  nowMs,
}: Reviewed<RecSessionGroupInputs, RecordedGroup>): Review {
  const state = isGone ? allGone(recorded.state) : recorded.state;
  if (changed.includes("array")) {
    const warnings = ["the sessions on the other array are given back first: those found active are resumed"];
    return { changes: true, replaces: ["array"], plan: "another array's sessions", warnings };
  }
  if (inputs === undefined) return { changes: true, replaces: [], warnings: [] };
  const known = recordedMembers(inputs, state.sessions);
  const unseen = inputs.copySessionIds.filter((id) => !known.some((member) => member.id === id));
  const step = planGroup(known, nowMs);
  const isSettled = step.kind === "settled" && unseen.length === 0 && state.failures.length === 0;
  const stakes = stakesOf(known, state.sessions);
  const isForced = inputs.force === true && (unseen.length > 0 || step.kind !== "settled");
  return {
    changes: !isSettled || changed.length > 0,
    replaces: [],
    plan: isSettled && changed.length === 0 ? undefined : planText(step, known, unseen, inputs),
    warnings: [...(isForced ? [forceWarning(inputs.copySessionIds)] : []), ...stakes],
    refusal: refusalOf(step, inputs) ?? (changed.length > 0 ? hopeless(known, inputs, nowMs) : undefined),
  };
}

/** An id that names another pair is touched by nothing, so the update is certain to fail. */
function refusalOf(step: Step<Act>, inputs: RecSessionGroupInputs): MigrationError | undefined {
  if (step.kind !== "stuck" || step.as !== "identity") return undefined;
  const attempted = attemptedText(inputs);
  return new MigrationError({ kind: "identity", attempted, on: "the array", answered: step.reason, next: step.next });
}

/** What is newly declared and no command leads to: a direction, say, of sessions that are to go on copying. */
function hopeless(known: readonly Member[], inputs: RecSessionGroupInputs, nowMs: number): MigrationError | undefined {
  const [first] = known.flatMap((member) => {
    const position = positionOf(member, nowMs);
    return position.is === "stuck" && !isParting(member.goal) ? [position] : [];
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
  return memberOf(session.id, goal, seen && { ...seen, ...modes }, foundOf(session));
}

function planText(
  step: Step<Act>,
  known: readonly Member[],
  unseen: readonly number[],
  inputs: RecSessionGroupInputs,
): string {
  const target = inputs.targetState === "Active" ? "resume" : "suspend";
  const added = unseen.length === 0 ? [] : [`look at ${sessionsText(unseen)}, then ${target}`];
  const later = step.kind === "act" ? outlookText(known, step.acts) : [];
  return [stepText(step), ...later, ...added].filter((part) => part !== undefined).join("; ");
}

function stepText(step: Step<Act>): string | undefined {
  switch (step.kind) {
    case "settled":
      return `${step.reason}: nothing to send`;
    case "held":
      return step.reason;
    case "act":
      return `would ${actsText(step.acts)}`;
    case "wait":
      return `would wait: ${step.reason}`;
    case "stuck":
      return step.reason;
  }
}

/** The uses that the manual allows (RESTful API reference, Suspending Multiple REC Sessions). */
function forceWarning(ids: readonly number[]): string {
  return `force: ${sessionsText(ids)} are suspended even where they are not equivalent; the destination of each that lacks data is unusable. Meant for changing a session's configuration, for restoring from the other array, and for recovering a halted session`;
}

function reverseWarning({ direction, copySessionIds }: RecSessionGroupInputs): string[] {
  if (direction !== "Reversed") return [];
  return [`reverse: once resumed, ${sessionsText(copySessionIds)} copy from their destinations over their sources`];
}
