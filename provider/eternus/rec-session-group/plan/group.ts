import type { Step } from "../../../core/reconcile/step.ts";
import { sessionsText } from "../../client.ts";
import { failureText } from "../../error-codes.ts";
import { firstNamed } from "../naming.ts";
import { actionsText, type GroupAction } from "./actions.ts";
import { isRestoring, isSuspending } from "./goal.ts";
import { isLeftSuspended } from "./history.ts";
import type { Member } from "./member.ts";
import { type NextCommand, nextCommandOf } from "./next-command.ts";
import { canAllTurn, haveAllTurned, turnedInPart } from "./one-direction.ts";

/** A member, and what it needs next. */
interface Need {
  readonly member: Member;
  readonly next: NextCommand;
}

/**
 * What a group needs next. Sessions are suspended together, by one command, once each of them may be; resumed each on its own, but only when all of them are to copy
 * in one direction; reversed and changed only when the whole group is suspended. A member that fails or is stuck holds up a suspend that has not been sent, but
 * no resume, unless it is not reversed yet.
 */
export function planGroup(members: readonly Member[], nowMs: number): Step<GroupAction> {
  const needs = needsOf(members, nowMs);
  const otherPair = needs.find(({ next }) => next.kind === "stuck" && next.as === "identity");
  if (otherPair !== undefined) return failedStep([otherPair], false);
  const actions = actionsOf(needs);
  const reason = countsText(needs);
  if (actions.length > 0) return { kind: "act", actions, reason: `${reason}: ${actionsText(actions)}` };
  const moving = together(needs, (next) => (next.kind === "moving" ? next.why : undefined));
  if (moving.length > 0) {
    // No numbers that change with each read, so that the wait is seen to be one wait.
    const waits = moving.map(([why, ids]) => `${firstNamed(ids)}: ${why}`).join("; ");
    const stage = [...moving.map(([why]) => why).sort(), ...failedCount(needs)].join("; ");
    return { kind: "wait", reason: `${reason}: ${waits}`, stage };
  }
  const failed = needs.filter(({ next }) => next.kind !== "reached");
  if (failed.length > 0) return failedStep(failed, failed.length < needs.length);
  return { kind: "settled", reason };
}

/** What each member needs. */
function needsOf(members: readonly Member[], nowMs: number): Need[] {
  const inPart = turnedInPart(members);
  return members.map((member) => {
    const next = nextCommandOf(member, nowMs);
    const isBlocked = inPart !== undefined && isResume(next) && !isRestoring(member.goal);
    return { member, next: isBlocked ? inPart : next };
  });
}

function actionsOf(needs: readonly Need[]): GroupAction[] {
  const suspending = needs.filter(({ member }) => isSuspending(member.goal));
  const maySuspend = suspending.every(({ next }) => next.kind !== "moving" && next.kind !== "stuck");
  const isSuspended = suspending.every(({ next }) => next.kind === "reached" || isArranging(next));
  const hasTurned = haveAllTurned(needs.map(({ member }) => member));
  const mayTurn = canAllTurn(needs.map(({ member }) => member));
  return [
    ...(maySuspend ? groupSuspend(suspending) : []),
    ...needs.flatMap(({ member: { id, goal, tries }, next }): GroupAction[] => {
      if (next.kind !== "ready" || next.command.kind === "suspend") return [];
      const isDue = {
        resume: isRestoring(goal) || hasTurned,
        reverse: mayTurn && (!isSuspending(goal) || isSuspended),
        modify: !isSuspending(goal) || isSuspended,
      }[next.command.kind];
      return isDue ? [{ ...next.command, ids: [id], tries }] : [];
    }),
  ];
}

function isResume(next: NextCommand): boolean {
  return next.kind === "ready" && next.command.kind === "resume";
}

/** One command for all that need it: that is what makes their data consistent with each other. */
function groupSuspend(needs: readonly Need[]): GroupAction[] {
  const ready = needs.flatMap(({ member, next }) => {
    return next.kind === "ready" && next.command.kind === "suspend" ? [{ member, force: next.command.force }] : [];
  });
  if (ready.length === 0) return [];
  return [
    {
      kind: "suspend",
      ids: ready.map(({ member }) => member.id),
      // Sent only if a member needs it: one that falls out of equivalence in this moment is rejected rather than spoilt.
      force: ready.some(({ force }) => force),
      tries: ready.reduce((sum, { member }) => sum + member.tries, 0),
    },
  ];
}

/** Whether a member is suspended, and not yet as it is declared. */
function isArranging(next: NextCommand): boolean {
  return next.kind === "ready" && (next.command.kind === "modify" || next.command.kind === "reverse");
}

function failedStep(left: readonly Need[], isPartial: boolean): Step<GroupAction> {
  const stuck = left.map(({ next }) => next).filter((next) => next.kind === "stuck");
  const idsWhere = (fits: (next: NextCommand) => boolean) =>
    left.flatMap(({ member, next }) => (fits(next) ? [member.id] : []));
  const unresumed = idsWhere(isResume);
  const untouched = idsWhere((next) => next.kind === "ready" && !isResume(next));
  const failed = together(left, (next) => {
    return next.kind === "failed" ? failureText(next.failure.code, next.failure.message) : undefined;
  });
  const reasons = [
    ...new Set(stuck.map(({ why }) => why)),
    ...failed.map(([text, ids]) => `${sessionsText(ids)} failed: ${text}`),
    ...(untouched.length === 0 ? [] : [`nothing was sent for ${firstNamed(untouched)}`]),
    ...(unresumed.length === 0 ? [] : [`not resumed before all have the declared direction: ${firstNamed(unresumed)}`]),
  ];
  const as = isPartial ? "partial" : stuck[0]?.as;
  return {
    kind: "stuck",
    reason: reasons.join("; "),
    next: stuck[0]?.next ?? "What succeeded stays as it is; another run touches only what still needs it.",
    ...(as === undefined ? {} : { as }),
  };
}

/** The sessions of which the same is to be said, by what it is. */
function together(needs: readonly Need[], textOf: (next: NextCommand) => string | undefined): [string, number[]][] {
  const byText = [...Map.groupBy(needs, ({ next }) => textOf(next))];
  return byText.flatMap(([text, those]) => (text === undefined ? [] : [[text, those.map(({ member }) => member.id)]]));
}

/** `8/12 suspended, 2 failed`. */
function countsText(needs: readonly Need[]): string {
  return [
    ...countText("suspended", needs, ({ goal }) => isSuspending(goal)),
    ...countText("equivalent", needs, ({ goal }) => goal.target === "Equivalent"),
    ...countText("copying again", needs, ({ goal }) => goal.target === "Copying"),
    ...countText("not suspended", needs, (member) => isRestoring(member.goal) && !isLeft(member)),
    ...countText("left as is", needs, isLeft),
    ...failedCount(needs),
  ].join(", ");
}

function isLeft(member: Member): boolean {
  return member.goal.target === "Unchanged" || isLeftSuspended(member);
}

function countText(what: string, needs: readonly Need[], isMeant: (member: Member) => boolean): string[] {
  const meant = needs.filter(({ member }) => isMeant(member));
  const reached = meant.filter(({ member, next }) => {
    return next.kind === "reached" || (isSuspending(member.goal) && isArranging(next));
  });
  return meant.length === 0 ? [] : [`${reached.length}/${meant.length} ${what}`];
}

function failedCount(needs: readonly Need[]): string[] {
  const failed = needs.filter(({ next }) => next.kind === "failed" || next.kind === "stuck").length;
  return failed === 0 ? [] : [`${failed} failed`];
}
