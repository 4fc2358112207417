import type { Modes } from "../../client.ts";
import type { Direction, RecSessionGroupInputs } from "../inputs.ts";
import type { RecordedSession } from "../recorded.ts";
import type { Target } from "../states.ts";

/** Where a member is to be brought, and how it is to be arranged. */
export interface Goal {
  readonly target: Target;
  /** Relative to the direction the session was first seen with; undefined: whichever it has. */
  readonly direction?: Direction | undefined;
  readonly modes: Modes;
}

/** What is to become of every session: the declared ones reach the target, those of `restored` that are not declared are restored. */
export function goalsOf(
  inputs: RecSessionGroupInputs,
  restored: readonly RecordedSession[],
): ReadonlyMap<number, Goal> {
  const { copySessionIds, direction, transferMode, splitMode, recoveryMode } = inputs;
  const declared: Goal = { target: targetOf(inputs), direction, modes: { transferMode, splitMode, recoveryMode } };
  const leaving = restored.filter(({ id }) => !copySessionIds.includes(id));
  return new Map([...copySessionIds.map((id) => [id, declared] as const), ...restoring(leaving)]);
}

/** Every session the way it was found: also its direction and modes, where the group changed them. */
export function restoring(recorded: readonly RecordedSession[]): ReadonlyMap<number, Goal> {
  const goals = recorded.map(({ id, foundStatus, foundModes: modes = {} }) => {
    return [id, { target: foundStatus === "Suspend" ? "Unchanged" : "Restored", direction: "Forward", modes }] as const;
  });
  return new Map(goals);
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
