import type { InputFailure } from "../../core/inputs.ts";
import type { EternusArray } from "../connect.ts";
import { goalsOf } from "./goal.ts";
import type { RecSessionGroupInputs } from "./inputs.ts";
import { memberOf } from "./member.ts";
import { observeSessions } from "./observe.ts";
import { positionOf } from "./position.ts";

/** What is certain to fail, seen before anything is sent: sessions that are not there, are no REC sessions, or are in a state no command leads out of. */
export async function preflightGroup(
  array: EternusArray,
  inputs: RecSessionGroupInputs,
  nowMs: number,
  signal: AbortSignal,
): Promise<InputFailure[]> {
  const { array: name, copySessionIds, targetState, force, waitForEquivalent, resourceUrn } = inputs;
  // Direction and modes are judged by how the sessions were found, which only a run knows.
  const goals = goalsOf({ array: name, copySessionIds, targetState, force, waitForEquivalent, resourceUrn }, []);
  const sessions = await observeSessions(array.client, copySessionIds, signal);
  return [...goals].flatMap(([id, goal]) => {
    const position = positionOf(memberOf(id, goal, sessions.get(id), undefined), nowMs);
    return position.is === "stuck" ? [{ property: "copySessionIds", reason: `${position.why}. ${position.next}` }] : [];
  });
}
