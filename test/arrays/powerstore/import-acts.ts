import { beginCutover } from "./import-cutover.ts";
import { beginRollback } from "./import-rollback.ts";
import type { ImportSession } from "./import-session.ts";
import { type ImportAction, lawfulActions } from "./import-states.ts";
import { become, type ImportWorld, membersOf, settle } from "./import-world.ts";
import { codes, Refusal } from "./refusal.ts";

/** The actions on a session, as the API calls them. */
export type SessionAction = Exclude<ImportAction, "modify" | "delete">;

/**
 * Carries out an action, now or after the array's lag.
 * @throws Refusal 422 if the session's state or shape does not allow it, or an earlier action has not taken effect yet
 */
export function act(world: ImportWorld, session: ImportSession, action: SessionAction, force: boolean): void {
  demandLawful(world, session, action);
  const run = () => {
    // After a lag the state may be another one: then the action has no effect, as its answer never promised one.
    if (isLawful(world, session, action)) carryOut(world, session, action, force);
  };
  if (world.timings.actionLagMs > 0) {
    session.pending = { atMs: world.atMs + world.timings.actionLagMs, run };
    return;
  }
  run();
  settle(world, session);
}

/** Moves the start of a scheduled import. @throws Refusal 422 if it is not Scheduled any more or the time is past */
export function reschedule(world: ImportWorld, session: ImportSession, scheduledMs: number | undefined): void {
  demandLawful(world, session, "modify");
  if (scheduledMs === undefined) return;
  demandFuture(world, scheduledMs);
  for (const one of [session, ...membersOf(world, session)]) {
    one.scheduledMs = scheduledMs;
    become(world, one, "Scheduled");
  }
}

/** Forgets a session and its members. @throws Refusal 422 if it is not over */
export function remove(world: ImportWorld, session: ImportSession): void {
  demandLawful(world, session, "delete");
  for (const one of [session, ...membersOf(world, session)]) world.sessions.delete(one.id);
}

/** @throws Refusal 422 for a start in the past */
export function demandFuture(world: ImportWorld, scheduledMs: number): void {
  if (scheduledMs > world.atMs) return;
  throw new Refusal(422, codes.invalidSchedule, "The scheduled time of an import must be in the future.");
}

function demandLawful(world: ImportWorld, session: ImportSession, action: ImportAction): void {
  if (session.pending !== undefined) {
    throw new Refusal(422, codes.actionPending, `Another operation on import session ${session.name} is in progress.`);
  }
  if (isLawful(world, session, action)) return;
  const message = `The operation ${action} is not allowed on import session ${session.name} in state ${session.state}.`;
  throw new Refusal(422, codes.wrongState, message, [action, session.name, session.state]);
}

function isLawful(world: ImportWorld, session: ImportSession, action: ImportAction): boolean {
  if (lawfulActions[action][session.shape]?.from.includes(session.state) !== true) return false;
  if (action !== "pause" || session.shape !== "group") return true;
  const members = membersOf(world, session);
  return (
    members.some(({ state }) => state === "Copy_In_Progress") &&
    members.every(({ state }) => state === "Copy_In_Progress" || state === "Ready_For_Cutover")
  );
}

function carryOut(world: ImportWorld, session: ImportSession, action: SessionAction, force: boolean): void {
  switch (action) {
    case "cutover":
      beginCutover(world, session);
      return;
    case "cancel":
      beginRollback(world, session, force ? "forced cancel" : "cancel");
      return;
    case "cleanup":
      beginRollback(world, session, "cleanup");
      return;
    case "pause":
      moveAll(world, session, action, "Copy_In_Progress", "Paused");
      return;
    case "resume":
      moveAll(world, session, action, "Paused", "Copy_In_Progress");
      return;
    case "enable_destination_volume":
    case "start_copy":
      move(world, session, action);
  }
}

function move(world: ImportWorld, session: ImportSession, action: SessionAction): void {
  const lawful = lawfulActions[action][session.shape];
  if (lawful !== undefined && lawful.to !== "stay") become(world, session, lawful.to);
}

function moveAll(
  world: ImportWorld,
  session: ImportSession,
  action: SessionAction,
  from: ImportSession["state"],
  to: ImportSession["state"],
): void {
  move(world, session, action);
  for (const member of membersOf(world, session)) {
    if (member.state === from) become(world, member, to);
  }
}
