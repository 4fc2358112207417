import { twoSentences } from "../../../core/errors.ts";
import type { Announcement } from "../../../core/lifecycle.ts";
import type { Step } from "../../../core/reconcile/step.ts";
import { sessionsText } from "../../client.ts";
import type { RecSessionGroupInputs } from "../inputs.ts";
import { type Action, actionsText, briefly } from "../plan/actions.ts";
import { planGroup } from "../plan/group.ts";
import type { Member } from "../plan/member.ts";
import { outlookText } from "./outlook.ts";
import { forcedText, isForceAtStake, separatelyText, warningsOf } from "./warnings.ts";

/** What a new group announces in preview, by its inputs alone. */
export function announceGroup(inputs: RecSessionGroupInputs): Announcement {
  const { copySessionIds: ids } = inputs;
  if (inputs.targetState === "Active") {
    const warning = `resume: discards what was written on the destinations of those of ${sessionsText(ids)} that are suspended`;
    const parts = [...arrangements(inputs), `resume those of ${briefly(ids)} that are suspended`];
    return { plan: parts.join("; then "), warnings: [warning] };
  }
  const together = ids.length > 1 ? " in one call" : "";
  const how = inputs.force === true ? "by force" : "once each is equivalent";
  return {
    plan: [`suspend ${briefly(ids)}${together}, ${how}`, ...arrangements(inputs)].join("; then "),
    warnings: [...(inputs.force === true ? [forcedText(ids)] : []), ...reverseWarning(inputs)],
  };
}

/** What a new group announces whose sessions were seen. */
export function announceSeen(inputs: RecSessionGroupInputs, members: readonly Member[], nowMs: number): Announcement {
  const step = planGroup(members, nowMs);
  const stakes = warningsOf(members, []);
  const isForced = inputs.force === true && step.kind !== "settled" && !isForceAtStake(members);
  // How they are found is what a destroy goes back to.
  const toResume = members.flatMap(({ id, original: found }) =>
    found === undefined || found.status === "Suspend" ? [] : [id],
  );
  const parting =
    inputs.targetState === "Active" || toResume.length === 0
      ? []
      : [`destroy would resume ${briefly(toResume)}, discarding writes on the destinations`];
  return {
    plan: [...planText(step, members), ...parting].join("; "),
    warnings: [...(isForced ? [forcedText(inputs.copySessionIds)] : []), ...stakes, ...separatelyText(step, members)],
  };
}

/** What a run that starts now would send, and what comes after that: for the resource's row. */
export function planText(step: Step<Action>, members: readonly Member[]): string[] {
  switch (step.kind) {
    case "settled":
      return [`${step.reason}: nothing to send`];
    case "held":
      return [step.reason];
    case "act":
      return [actionsText(step.actions), ...outlookText(members, step.actions)];
    case "wait":
      return [`wait: ${step.reason}`, ...outlookText(members, [])];
    case "stuck":
      return [`would fail: ${twoSentences(step.reason, step.next)}`];
  }
}

/** What is changed while the sessions are suspended, as far as the inputs tell. */
function arrangements({ direction, copySessionIds, ...inputs }: RecSessionGroupInputs): string[] {
  const { transferMode, splitMode, recoveryMode } = inputs;
  const hasModes = (transferMode ?? splitMode ?? recoveryMode) !== undefined;
  return [
    ...(hasModes ? ["change the modes of those that have others"] : []),
    ...(direction === "Reversed" ? [`reverse ${briefly(copySessionIds)}`] : []),
  ];
}

function reverseWarning({ direction, copySessionIds }: RecSessionGroupInputs): string[] {
  if (direction !== "Reversed") return [];
  return [`reverse: once resumed, ${sessionsText(copySessionIds)} copy from their destinations over their sources`];
}
