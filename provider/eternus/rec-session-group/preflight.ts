import type { Preflight } from "../../core/lifecycle.ts";
import type { EternusArray } from "../connect.ts";
import { goalsOf } from "./goal.ts";
import type { RecSessionGroupInputs } from "./inputs.ts";
import { memberOf } from "./member.ts";
import { observeSessions } from "./observe.ts";
import { positionOf } from "./position.ts";
import { stakesOf } from "./stakes.ts";

/**
 * What a look shows before anything is sent: sessions that are not there, are no REC sessions, or are in a state no command leads out of; and for a new group
 * what is at stake. Of one that is recorded its review says that.
 */
export async function preflightGroup(
  array: EternusArray,
  inputs: RecSessionGroupInputs,
  nowMs: number,
  isNew: boolean,
  signal: AbortSignal,
): Promise<Preflight> {
  const { copySessionIds, direction } = inputs;
  // Direction is judged by how the sessions were found: of a recorded group its review knows that.
  const goals = goalsOf({ ...inputs, direction: isNew ? direction : undefined }, []);
  const sessions = await observeSessions(array.client, copySessionIds, signal);
  const members = [...goals].map(([id, goal]) => memberOf(id, goal, sessions.get(id), undefined));
  const refusals = members.flatMap((member) => {
    const position = positionOf(member, nowMs);
    return position.is === "stuck" ? [{ property: "copySessionIds", reason: `${position.why}. ${position.next}` }] : [];
  });
  return { refusals, warnings: isNew ? stakesOf(members, []) : [] };
}
