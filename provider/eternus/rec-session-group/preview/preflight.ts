import { twoSentences } from "../../../core/errors.ts";
import type { Operation, Preflight } from "../../../core/lifecycle.ts";
import type { EternusArray } from "../../connect.ts";
import type { RecSessionGroupInputs } from "../inputs.ts";
import { observeSessions } from "../observe/sessions.ts";
import { goalsOf } from "../plan/goal.ts";
import { type Member, memberOf } from "../plan/member.ts";
import { nextCommandOf } from "../plan/next-command.ts";
import { announceSeen } from "./announce.ts";
import { warningsOf } from "./warnings.ts";

/**
 * What a look shows before anything is sent: sessions that are not there, are no REC sessions, or are in a state no command leads out of; and what is at stake
 * for those that are new to the group. Of those that are recorded its review says that.
 */
export async function preflightGroup(
  array: EternusArray,
  inputs: RecSessionGroupInputs,
  occasion: Operation<RecSessionGroupInputs>,
  nowMs: number,
  signal: AbortSignal,
): Promise<Preflight> {
  const before = occasion.is === "change" ? occasion.before : undefined;
  // Another array is asked when the group that takes the place of this one is checked.
  if (before !== undefined && before.array !== inputs.array) return { refusals: [], warnings: [] };
  const { copySessionIds, direction } = inputs;
  // Direction is judged by how the sessions were found: of a recorded group its review knows that.
  const goals = goalsOf({ ...inputs, direction: before === undefined ? direction : undefined }, []);
  const sessions = await observeSessions(array.client, copySessionIds, signal);
  const members = [...goals].map(([id, goal]) => memberOf(id, goal, sessions.get(id), undefined));
  const refusals = members.flatMap((member) => {
    const position = nextCommandOf(member, nowMs);
    return position.is === "stuck"
      ? [{ property: "copySessionIds", reason: twoSentences(position.why, position.next) }]
      : [];
  });
  if (before === undefined) {
    const { plan, warnings } = announceSeen(inputs, members, nowMs);
    const first = occasion.is === "creation" ? givenBackFirst(inputs, members) : [];
    return { refusals, warnings: [], announced: { plan: [plan, ...first].join("; "), warnings } };
  }
  const added = members.filter(({ id }) => !before.copySessionIds.includes(id));
  return { refusals, warnings: warningsOf(added, []) };
}

/** What was suspended already may be this group's own work, which Pulumi was told to replace: this look cannot tell. */
function givenBackFirst({ targetState }: RecSessionGroupInputs, members: readonly Member[]): string[] {
  const isSuspended = members.some(({ session }) => session?.status === "Suspend");
  if (targetState === "Active" || !isSuspended) return [];
  return [
    "if it is replaced, those that this group suspended are resumed first, discarding writes on the destinations",
  ];
}
