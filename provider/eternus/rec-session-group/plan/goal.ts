import { type Modes, sessionsText } from "../../client.ts";
import type { Direction, RecSessionGroupInputs } from "../inputs.ts";
import type { RecordedSession } from "../recorded.ts";

/**
 * Where a member is to be brought.
 *
 * - `Suspend`: suspended from equivalence, so that its destination is usable
 * - `Suspend by force`: suspended whatever the destination lacks
 * - `Equivalent`: copying again, and source and destination are the same
 * - `Copying`: copying again
 * - `Given back`: no longer suspended; once copying has restarted, the array does the rest by itself
 * - `Left alone`: as it is, because it was found suspended
 */
export type Target = "Suspend" | "Suspend by force" | "Equivalent" | "Copying" | "Given back" | "Left alone";

export interface Goal {
  readonly target: Target;
  /** Relative to the direction the session was first seen with; undefined: whichever it has. */
  readonly direction?: Direction | undefined;
  readonly modes: Modes;
}

/** What is to become of every session: the declared ones reach the target, those recorded but no longer declared are given back. */
export function goalsOf(
  inputs: RecSessionGroupInputs,
  recorded: readonly RecordedSession[],
): ReadonlyMap<number, Goal> {
  const declared = declaredGoal(inputs);
  const leaving = recorded.filter(({ id }) => !inputs.copySessionIds.includes(id));
  return new Map([...inputs.copySessionIds.map((id) => [id, declared] as const), ...restoring(leaving)]);
}

/** Every session the way it was found: also its direction and modes, where the group changed them. */
export function restoring(recorded: readonly RecordedSession[]): ReadonlyMap<number, Goal> {
  return new Map(
    recorded.map((session): [number, Goal] => [
      session.id,
      {
        target: session.foundStatus === "Suspend" ? "Left alone" : "Given back",
        direction: "Forward",
        modes: session.foundModes ?? {},
      },
    ]),
  );
}

/** Whether the goal is one of giving the session back. */
export function isRestoring(goal: Goal): boolean {
  return goal.target === "Given back" || goal.target === "Left alone";
}

/** What a run for these inputs attempts, as a verb phrase: `suspend copy sessions 1, 2`. */
export function attemptedText({ targetState, copySessionIds }: RecSessionGroupInputs): string {
  return `${(targetState ?? "Suspend") === "Suspend" ? "suspend" : "resume"} ${sessionsText(copySessionIds)}`;
}

function declaredGoal(inputs: RecSessionGroupInputs): Goal {
  const { transferMode, splitMode, recoveryMode } = inputs;
  return { target: targetOf(inputs), direction: inputs.direction, modes: { transferMode, splitMode, recoveryMode } };
}

function targetOf(inputs: RecSessionGroupInputs): Target {
  switch (inputs.targetState ?? "Suspend") {
    case "Suspend":
      return inputs.force === true ? "Suspend by force" : "Suspend";
    case "Active":
      return (inputs.waitForEquivalent ?? true) ? "Equivalent" : "Copying";
  }
}
