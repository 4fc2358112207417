import { allNamed } from "../naming.ts";
import { isLeftSuspended, isTurned } from "./history.ts";
import type { Member } from "./member.ts";
import type { ObservedGroup } from "./observed.ts";
import { type GroupTarget, recordFor } from "./target.ts";

/** What a preview and a run say of sessions that leave the group: those that are let go, and those that `resume` names in vain. */
export function membershipWarnings(observed: ObservedGroup, target: GroupTarget): string[] {
  const { members, leaving = [] } = observed;
  const { operation, inputs, unknown } = target;
  const isKnown = !unknown.includes("copySessionIds") && !unknown.includes("resume");
  const inVain = members.filter((member) => inputs.resume.includes(member.id) && isLeftSuspended(member));
  if (operation.kind === "delete" || operation.kind === "read") return [];
  return [
    ...(isKnown ? leavingTexts(leaving) : []),
    ...inVain.map((member) => {
      const why = member.goal.target === "Unchanged" ? "was found suspended" : "was reversed since it last copied";
      return `copy session ${member.id} ${why}: resume leaves it so`;
    }),
    ...notOnRecord(target),
  ];
}

/** `copy session 13 leaves the group suspended (found Active): nothing resumes it; …`, together for those of which the same is to be said. */
function leavingTexts(leaving: readonly Member[]): string[] {
  return [...Map.groupBy(leaving, howItLeaves)].map(([how, those]) => {
    const isOne = those.length === 1;
    const [leaves, it] = isOne ? ["leaves", "it"] : ["leave", "them"];
    const group = isOne ? "another group" : "other groups";
    const remains = those.some(isSuspendedHere)
      ? `nothing resumes ${it}; name ${it} in resume to resume ${it}, or list ${it} in ${group}`
      : `nothing is sent for ${it}`;
    return `${allNamed(those.map(({ id }) => id))} ${leaves} the group ${how}: ${remains}`;
  });
}

/** What the array shows of a session that is let go, and how the group found it. */
function howItLeaves(member: Member): string {
  const { session, original, isOtherPair } = member;
  if (session === undefined) return "and does not exist any more";
  if (isOtherPair) return "and names another pair than it did";
  const isSuspended = session.status === "Suspend" && !session.isSuspending;
  const state = isSuspended
    ? "suspended"
    : session.isSuspending
      ? "while the array suspends it"
      : `in ${session.status}, ${session.phase}`;
  const turned = isTurned(member) ? ", reversed since it last copied" : "";
  return `${state}${turned} (found ${original?.status === "Suspend" ? "suspended" : (original?.status ?? "unknown")})`;
}

/** Whether a destroy would have resumed it. */
function isSuspendedHere({ session, original, isOtherPair }: Member): boolean {
  if (session === undefined || isOtherPair) return false;
  return (session.status === "Suspend" || session.isSuspending) && original?.status !== "Suspend";
}

/** Sessions that `resume` names, and that are not on record. Left in the program after they were resumed, they are no news. */
function notOnRecord(target: GroupTarget): string[] {
  const { operation, inputs, predecessor, unknown, isPreview } = target;
  if (unknown.includes("resume")) return [];
  const before = operation.kind === "update" ? operation.before.resume : [];
  const known = [recordFor(target), predecessor?.state].flatMap((state) => state?.sessions.map(({ id }) => id) ?? []);
  const ids = inputs.resume.filter((id) => !before.includes(id) && !known.includes(id));
  if (ids.length === 0) return [];
  // Told to replace, Pulumi does not show the record of what is replaced.
  const ifReplaced =
    operation.kind === "create" && isPreview
      ? "; if the group is replaced, those that it suspended are resumed first, which discards writes on their destinations"
      : "";
  return [`resume names ${allNamed(ids)}, not on record for this group: nothing is sent${ifReplaced}`];
}
