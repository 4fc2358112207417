import { beginCutover, endCutover } from "./import-cutover.ts";
import { endRollback, failImport } from "./import-rollback.ts";
import { type ImportSession, transitionFrom } from "./import-session.ts";
import { become, type ImportWorld, settle } from "./import-world.ts";

/** Lets everything happen that is due by then, each thing at its own time and in the right order. */
export function advanceWorld(world: ImportWorld, nowMs: number): void {
  for (;;) {
    const [session, dueMs] = earliest(world);
    if (session === undefined || dueMs > nowMs) break;
    world.atMs = Math.max(world.atMs, dueMs);
    if (session.pending !== undefined && session.pending.atMs === dueMs) takeEffect(session);
    else goOn(world, session);
    settle(world, session);
  }
  world.atMs = Math.max(world.atMs, nowMs);
}

function earliest(world: ImportWorld): [ImportSession | undefined, number] {
  let first: ImportSession | undefined;
  let firstMs = Number.POSITIVE_INFINITY;
  for (const session of world.sessions.values()) {
    const atMs = Math.min(session.dueMs ?? Number.POSITIVE_INFINITY, session.pending?.atMs ?? Number.POSITIVE_INFINITY);
    if (atMs < firstMs) [first, firstMs] = [session, atMs];
  }
  return [first, firstMs];
}

function takeEffect(session: ImportSession): void {
  const pending = session.pending;
  session.pending = undefined;
  pending?.run();
}

function goOn(world: ImportWorld, session: ImportSession): void {
  session.dueMs = undefined;
  const transition = transitionFrom(session);
  // A queued session whose time is over waits for a slot: `settle` gives it one.
  if (transition === undefined || transition.when === "slot") return;
  if (transition.to === "as the rollback says") return endRollback(world, session);
  if (transition.when === "setup" && session.order.precheckError !== undefined) {
    return failImport(world, session, session.order.precheckError);
  }
  if (transition.when === "copied") session.copy.copiedBytes = session.copy.sizeBytes;
  if (transition.to === "as the action cutover says") return beginCutover(world, session);
  if (transition.to === "Import_Completed") return endCutover(world, session);
  become(world, session, transition.to);
}
