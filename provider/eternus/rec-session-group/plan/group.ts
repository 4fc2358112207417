import type { Step } from "../../../core/reconcile/step.ts";
import { sessionsText } from "../../client.ts";
import { failureText } from "../../error-codes.ts";
import { type Action, actionsText } from "./actions.ts";
import { isRestoring, type Target } from "./goal.ts";
import type { Member } from "./member.ts";
import { type Command, type NextCommand, nextCommandOf } from "./next-command.ts";

interface Placed {
  readonly member: Member;
  readonly position: NextCommand;
}

/**
 * What a group needs next. Sessions are suspended together, by one command, once each of them may be; resumed each for itself; turned and changed only when
 * the whole group is suspended. A member that fails or is stuck holds up a suspend that has not been sent, but nobody's resume.
 */
export function planGroup(members: readonly Member[], nowMs: number): Step<Action> {
  const placed = members.map((member) => ({ member, position: nextCommandOf(member, nowMs) }));
  const isMoving = placed.some(({ position }) => position.is === "moving");
  const stray = placed.find(({ position }) => position.is === "stuck" && position.as === "identity");
  if (stray !== undefined) return failedStep([stray], false);
  const acts = actsOf(placed);
  const reason = countsText(placed);
  if (acts.length > 0) return { kind: "act", actions: acts, reason: `${reason}: ${actionsText(acts)}` };
  if (isMoving) return { kind: "wait", reason: `${reason}: ${movingText(placed)}`, stage: stageText(placed) };
  const failed = placed.filter(({ position }) => position.is !== "there");
  if (failed.length > 0) return failedStep(failed, failed.length < placed.length);
  return { kind: "settled", reason };
}

function actsOf(placed: readonly Placed[]): Action[] {
  const suspending = placed.filter(({ member }) => isSuspending(member.goal.target));
  const maySuspend = suspending.every(({ position }) => position.is !== "moving" && position.is !== "stuck");
  const isSuspended = suspending.every(({ position }) => isAt(position) || isReady(position, "modify", "reverse"));
  return [
    ...(maySuspend ? groupSuspend(suspending) : []),
    ...placed.flatMap(({ member, position }) => {
      if (position.is !== "ready") return [];
      return single(member, position.for, isSuspended);
    }),
  ];
}

/** One command for all that need it: that is what makes their data consistent with each other. */
function groupSuspend(placed: readonly Placed[]): Action[] {
  const ready = placed.flatMap(({ member, position }) => {
    return position.is === "ready" && position.for.kind === "suspend" ? [{ member, force: position.for.force }] : [];
  });
  if (ready.length === 0) return [];
  return [
    {
      kind: "suspend",
      ids: ready.map(({ member }) => member.id),
      // Sent only if a member needs it: one that falls out of equivalence in this moment is refused rather than spoilt.
      force: ready.some(({ force }) => force),
      tries: ready.reduce((sum, { member }) => sum + member.tries, 0),
    },
  ];
}

function single(member: Member, command: Command, isSuspended: boolean): Action[] {
  const ids = [member.id] as const;
  switch (command.kind) {
    case "suspend":
      return [];
    case "resume":
      return [{ kind: "resume", ids, tries: member.tries }];
    case "reverse":
      return mayArrange(member, isSuspended) ? [{ kind: "reverse", ids, tries: member.tries }] : [];
    case "modify":
      return mayArrange(member, isSuspended)
        ? [{ kind: "modify", ids, modes: command.modes, tries: member.tries }]
        : [];
  }
}

function mayArrange({ goal }: Member, isSuspended: boolean): boolean {
  return !isSuspending(goal.target) || isSuspended;
}

function isSuspending(target: Target): boolean {
  return target === "Suspend" || target === "Suspend by force";
}

function isAt(position: NextCommand): boolean {
  return position.is === "there";
}

function isReady(position: NextCommand, ...kinds: Command["kind"][]): boolean {
  return position.is === "ready" && kinds.includes(position.for.kind);
}

function failedStep(left: readonly Placed[], isPartial: boolean): Step<Action> {
  const stuck = left.map(({ position }) => position).filter((position) => position.is === "stuck");
  const untouched = left.filter(({ position }) => position.is === "ready").map(({ member }) => member.id);
  const reasons = [
    ...stuck.map(({ why }) => why),
    ...failuresText(left),
    ...(untouched.length === 0 ? [] : [`nothing was sent for ${idsText(untouched)}`]),
  ];
  const as = isPartial ? "partial" : stuck[0]?.as;
  return {
    kind: "stuck",
    reason: reasons.join("; "),
    next: stuck[0]?.next ?? "What succeeded stays as it is; another run touches only what still needs it.",
    ...(as === undefined ? {} : { as }),
  };
}

/** Every failed session by name, those that failed alike together. */
function failuresText(left: readonly Placed[]): string[] {
  const byText = new Map<string, number[]>();
  for (const { member, position } of left) {
    if (position.is !== "failed") continue;
    const text = failureText(position.failure.code, position.failure.message);
    byText.set(text, [...(byText.get(text) ?? []), member.id]);
  }
  return [...byText].map(([text, ids]) => `${sessionsText(ids)} failed: ${text}`);
}

/** `8/12 suspended, 2 failed`. */
function countsText(placed: readonly Placed[]): string {
  const parts = [
    countText(
      "suspended",
      placed.filter(({ member }) => isSuspending(member.goal.target)),
    ),
    countText(
      "equivalent",
      placed.filter(({ member }) => member.goal.target === "Equivalent"),
    ),
    countText(
      "copying again",
      placed.filter(({ member }) => member.goal.target === "Copying"),
    ),
    countText(
      "given back",
      placed.filter(({ member }) => isRestoring(member.goal)),
    ),
  ];
  const failed = placed.filter(({ position }) => position.is === "failed" || position.is === "stuck").length;
  return [...parts, failed === 0 ? "" : `${failed} failed`].filter((part) => part !== "").join(", ");
}

function countText(what: string, placed: readonly Placed[]): string {
  const reached = placed.filter(({ member, position }) => {
    return isAt(position) || (isSuspending(member.goal.target) && isReady(position, "modify", "reverse"));
  }).length;
  return placed.length === 0 ? "" : `${reached}/${placed.length} ${what}`;
}

// A row in the display has room for a few ids.
const idsNamed = 8;

/** Who is waited for, and why: no numbers that change with each look, so that the wait is seen to be one wait. */
function movingText(placed: readonly Placed[]): string {
  const byReason = new Map<string, number[]>();
  for (const { member, position } of placed) {
    if (position.is === "moving") byReason.set(position.why, [...(byReason.get(position.why) ?? []), member.id]);
  }
  return [...byReason].map(([why, ids]) => `${idsText(ids)}: ${why}`).join("; ");
}

/** What is waited for, whoever waits, and how many have failed. */
function stageText(placed: readonly Placed[]): string {
  const whys = placed.flatMap(({ position }) => (position.is === "moving" ? [position.why] : []));
  const failed = placed.filter(({ position }) => position.is === "failed" || position.is === "stuck").length;
  return [...new Set(whys)]
    .sort()
    .concat(failed === 0 ? [] : [`${failed} failed`])
    .join("; ");
}

function idsText(ids: readonly number[]): string {
  const more = ids.length > idsNamed ? ` and ${ids.length - idsNamed} more` : "";
  return `${sessionsText(ids.slice(0, idsNamed))}${more}`;
}
