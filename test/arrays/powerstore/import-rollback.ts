import { rollbackEnd } from "./import-group.ts";
import type { ImportSession, SessionError } from "./import-session.ts";
import { failureEnds, importStates, type Rollback, rollbacks } from "./import-states.ts";
import { become, groupOf, type ImportWorld, membersOf, settle } from "./import-world.ts";
import { codes } from "./refusal.ts";

/** Begins to take an import back: a volume's, or a group's with all members that are neither committed nor back already. */
export function beginRollback(world: ImportWorld, session: ImportSession, kind: Rollback): void {
  const isBack = ({ state, rollback }: ImportSession) =>
    state === "Import_Completed" || state === "Cancelled" || (kind === "cleanup" && rollback?.gotStuck !== true);
  const members = membersOf(world, session).filter((member) => !isBack(member));
  session.rollback = { kind, gotStuck: false };
  // A cleanup goes on with what it cleans up after.
  if (kind !== "cleanup") session.isBeingCancelled = kind === "cancel" || kind === "forced cancel";
  become(world, session, rollbacks[kind].during);
  // Members that did not fail themselves end as Cancelled, whatever made the group give up.
  const kindOfMembers = kind === "of a group after a member's failure" ? "cancel" : kind;
  for (const member of members) beginRollback(world, member, kindOfMembers);
}

/** Ends the rollback of a volume: done, or stuck if source and hosts do not follow. */
export function endRollback(world: ImportWorld, session: ImportSession): void {
  if (session.rollback !== undefined && session.rollback.kind !== "forced cancel" && !hostsFollow(world, session)) {
    session.rollback.gotStuck = true;
    session.error ??= { code: codes.hostsUnreachable, message: "The source system or its hosts could not be reached." };
  }
  become(world, session, rollbackEnd(session));
}

/**
 * Something goes wrong with an import, as the table `failureEnds` says. A member's failure stops its group: agentless while
 * copying the user must cancel it, else the other members are taken back and the group fails.
 * @throws RangeError if the session is in a state that nothing happens in any more
 */
export function failImport(world: ImportWorld, session: ImportSession, error: SessionError): void {
  const ends = importStates[session.state].isFinal || /Required|Failed|Invalid|Incomplete/.test(session.state);
  if (ends) throw new RangeError(`import session ${session.name} cannot fail: it is ${session.state}`);
  session.error = error;
  if (session.state === "Cancel_In_Progress" || session.state === "Cleanup_In_Progress") {
    failRollback(world, session);
  } else if (session.shape === "group") {
    const failing = membersOf(world, session).filter(({ state }) => !importStates[state].isFinal);
    failGroup(world, session, error, failing);
  } else {
    failVolume(world, session, error);
  }
  settle(world, session);
}

/** A group follows the failure of its members: of those that were put there by hand, for it follows any other at once. */
export function followFailure(world: ImportWorld, group: ImportSession): void {
  const members = membersOf(world, group);
  if (members.some(({ state }) => state === "Cancel_Required")) {
    become(world, group, "Cancel_Required");
    return;
  }
  const failed = members.filter(({ state }) => state === "Failed");
  const [error] = failed.flatMap((member) => member.error ?? []);
  if (error !== undefined) failGroup(world, group, error, failed);
}

function failVolume(world: ImportWorld, session: ImportSession, error: SessionError): void {
  const group = groupOf(world, session);
  if (group?.state === "Cutover_In_Progress") {
    // The others are being committed: this one is taken out of the import.
    become(world, session, "Cancelled");
    return;
  }
  const end = failureEnds[session.order.type][session.state] ?? "Failed";
  if (group !== undefined) failGroup(world, group, error, [session]);
  else if (end === "rolled back") beginRollback(world, session, "after a failure");
  else become(world, session, end);
}

/** `failing` are the members the error is about; the others are taken back, unless the user has to decide. */
function failGroup(
  world: ImportWorld,
  group: ImportSession,
  error: SessionError,
  failing: readonly ImportSession[],
): void {
  group.error = error;
  const ends = failing.map((member) => failureEnds[member.order.type][member.state] ?? "Failed");
  if (ends.includes("Cancel_Required")) {
    for (const [index, member] of failing.entries()) {
      if (ends[index] !== "Cancel_Required") continue;
      member.error = error;
      become(world, member, "Cancel_Required");
    }
    become(world, group, "Cancel_Required");
    return;
  }
  if (world.restsInCleanup) {
    group.rollback = { kind: "of a group after a member's failure", gotStuck: false, rests: true };
    become(world, group, "Cleanup_In_Progress");
  } else beginRollback(world, group, "of a group after a member's failure");
  for (const [index, member] of failing.entries()) {
    member.error = error;
    if (ends[index] === "rolled back") beginRollback(world, member, "after a failure");
    else become(world, member, "Failed");
  }
}

function failRollback(world: ImportWorld, session: ImportSession): void {
  const stuck = session.shape === "group" ? membersOf(world, session) : [session];
  for (const one of stuck) {
    if (one.rollback === undefined || one.state !== rollbacks[one.rollback.kind].during) continue;
    one.rollback.gotStuck = true;
    become(world, one, rollbackEnd(one));
  }
}

function hostsFollow(world: ImportWorld, session: ImportSession): boolean {
  return session.conditions.hostsReachable && (groupOf(world, session)?.conditions.hostsReachable ?? true);
}
