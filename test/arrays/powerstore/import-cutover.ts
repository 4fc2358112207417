import { failImport } from "./import-rollback.ts";
import type { ImportSession } from "./import-session.ts";
import { lawfulActions } from "./import-states.ts";
import { become, groupOf, type ImportWorld, membersOf } from "./import-world.ts";
import { codes } from "./refusal.ts";

/** Commits a volume, or those members of a group that are ready: one after another. */
export function beginCutover(world: ImportWorld, session: ImportSession): void {
  const lawful = lawfulActions.cutover[session.shape];
  if (lawful === undefined) return;
  session.error = undefined;
  if (lawful.to === "Import_Completed") {
    endCutover(world, session);
    return;
  }
  become(world, session, "Cutover_In_Progress");
  const ready = membersOf(world, session).filter(({ state }) => state === "Ready_For_Cutover");
  for (const [turn, member] of ready.entries()) {
    member.error = undefined;
    become(world, member, "Cutover_In_Progress");
    if (member.dueMs !== undefined) member.dueMs += turn * world.timings.cutoverMs;
  }
}

/** Ends the cutover of a volume or member as its conditions say; a scripted trouble strikes once. */
export function endCutover(world: ImportWorld, session: ImportSession): void {
  const how = session.conditions.cutover;
  session.conditions.cutover = "succeeds";
  const error = { code: codes.cutoverFailed, message: `The cutover of ${session.name} could not be carried out.` };
  if (how === "succeeds") {
    become(world, session, "Import_Completed");
  } else if (groupOf(world, session) === undefined) {
    failImport(world, session, error);
  } else {
    session.error = error;
    become(world, session, how === "incomplete" ? "Ready_For_Cutover" : "Cancelled");
  }
}
