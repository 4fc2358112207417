import type { ImportSession } from "./import-session.ts";
import { type ImportState, type ImportType, rollbacks } from "./import-states.ts";

/** The state a consistency group's session takes on because of its members; undefined while it keeps its own. */
export function groupFollows(group: ImportSession, members: readonly ImportSession[]): ImportState | undefined {
  const every = (...states: ImportState[]) => members.every(({ state }) => states.includes(state));
  const some = (...states: ImportState[]) => members.some(({ state }) => states.includes(state));
  if (group.state === "Scheduled" || group.state === "Queued") {
    return every("Scheduled", "Queued") ? undefined : "In_Progress";
  }
  if (group.state === "In_Progress") return every("Ready_For_Cutover") ? "Ready_For_Cutover" : undefined;
  if (group.state === "Cutover_In_Progress") {
    if (some("Cutover_In_Progress")) return undefined;
    if (every("Import_Completed")) return "Import_Completed";
    if (some("Ready_For_Cutover")) return "Import_Cutover_Incomplete";
    return some("Import_Completed") ? "Import_Completed_With_Errors" : "Failed";
  }
  if (group.state === "Cancel_In_Progress" || group.state === "Cleanup_In_Progress") {
    if (some("Cancel_In_Progress", "Cleanup_In_Progress")) return undefined;
    if (group.rollback?.rests === true && some(...beforeRollback)) return undefined;
    // Committed members stay committed: what was cancelled are the others.
    return rollbackEnd(group, members) === "Cancelled" && some("Import_Completed")
      ? "Import_Completed_With_Errors"
      : rollbackEnd(group, members);
  }
  return undefined;
}

const beforeRollback = [
  "Scheduled",
  "Queued",
  "In_Progress",
  "Mirror_Enabled",
  "Ready_To_Start_Copy",
  "Copy_In_Progress",
  "Paused",
  "Ready_For_Cutover",
] as const;

/** What a finished rollback leaves a session in; for a group by how its members' rollbacks ended. */
export function rollbackEnd(session: ImportSession, members: readonly ImportSession[] = []): ImportState {
  if (session.rollback === undefined) return session.isBeingCancelled ? "Cancelled" : "Failed";
  const { done, stuck } = rollbacks[session.rollback.kind];
  if (session.rollback.gotStuck || members.some(({ rollback }) => rollback?.gotStuck === true)) {
    return session.conditions.rollbackEndsIn ?? stuck[column(session)];
  }
  if (done !== "Failed, or Cancelled if it was being cancelled") return done;
  return session.isBeingCancelled ? "Cancelled" : "Failed";
}

function column(session: ImportSession): ImportType | "group" {
  return session.shape === "group" ? "group" : session.order.type;
}
