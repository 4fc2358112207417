import type { Modes } from "../../client.ts";
import { absolute, type Direction } from "../direction.ts";
import type { RecSessionGroupInputs } from "../inputs.ts";
import type { RecordedSession } from "../recorded.ts";
import type { Target } from "../states.ts";

/** Where a member is to be brought, and how it is to be arranged. */
export interface Goal {
  readonly target: Target;
  /** Undefined: whichever it has. */
  readonly direction?: Direction | undefined;
  readonly modes: Modes;
  /** It is resumed only if this group has suspended it. @default whoever did */
  readonly isForOursOnly?: boolean;
}

/** What is to become of every session: the declared ones reach the target, those of `restored` that are not declared are restored. */
export function goalsOf(
  inputs: RecSessionGroupInputs,
  recorded: readonly RecordedSession[],
  restored: readonly RecordedSession[],
): ReadonlyMap<number, Goal> {
  const { copySessionIds, transferMode, splitMode, recoveryMode } = inputs;
  const declared = { target: targetOf(inputs), modes: { transferMode, splitMode, recoveryMode } };
  const leaving = restored.filter(({ id }) => !copySessionIds.includes(id));
  const goalOf = (id: number): Goal => {
    const pair = recorded.find((one) => one.id === id)?.pair ?? {};
    return { ...declared, direction: absolute(inputs.direction, pair) };
  };
  return new Map([...copySessionIds.map((id) => [id, goalOf(id)] as const), ...restoring(leaving)]);
}

/** Every session the way it was found: also its modes, where the group changed them. Its direction stays: a reverse makes the side in use the destination. */
export function restoring(
  recorded: readonly Pick<RecordedSession, "id" | "foundStatus" | "foundModes">[],
): ReadonlyMap<number, Goal> {
  const goals = recorded.map(({ id, foundStatus, foundModes: modes = {} }) => {
    return [id, { target: foundStatus === "Suspend" ? "Unchanged" : "Restored", modes }] as const;
  });
  return new Map(goals);
}

/** The goal of a destroy. */
export function onlyOurs(goals: ReadonlyMap<number, Goal>): ReadonlyMap<number, Goal> {
  return new Map([...goals].map(([id, goal]) => [id, { ...goal, isForOursOnly: true }]));
}

/** Whether the session is no longer declared. */
export function isRestoring({ target }: Goal): boolean {
  return target === "Restored" || target === "Unchanged";
}

/** Whether the session is to be suspended. */
export function isSuspending({ target }: Goal): boolean {
  return target === "Suspend" || target === "Suspend by force";
}

function targetOf({ targetState, force, waitForEquivalent }: RecSessionGroupInputs): Target {
  if (targetState === "Suspend") return force ? "Suspend by force" : "Suspend";
  return waitForEquivalent ? "Equivalent" : "Copying";
}
