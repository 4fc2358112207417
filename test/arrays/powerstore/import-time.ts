import { beginCutover, endCutover } from "./import-cutover.ts";
import { endRollback, failImport, followFailure } from "./import-rollback.ts";
import { type ImportSession, transitionFrom } from "./import-session.ts";
import { become, type ImportWorld, settle } from "./import-world.ts";

/** Lets everything happen that is due by then, each thing at its own time and in the right order. */
export function advanceWorld(world: ImportWorld, nowMs: number): void {
  for (;;) {
    const [session, dueMs] = earliest(world);
    const coming = earliestComing(world, Math.min(dueMs, nowMs));
    if (coming !== undefined) {
      world.atMs = Math.max(world.atMs, coming.atMs);
      world.coming.delete(coming);
      coming.run();
      world.happened();
      continue;
    }
    if (session === undefined || dueMs > nowMs) break;
    world.atMs = Math.max(world.atMs, dueMs);
    if (session.pending !== undefined && session.pending.atMs === dueMs) takeEffect(session);
    else goOn(world, session);
    settle(world, session);
    world.happened();
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

/** What else is due by then, the earliest of it. */
function earliestComing(world: ImportWorld, byMs: number) {
  let first: { readonly atMs: number; run(): void } | undefined;
  for (const coming of world.coming) {
    if (coming.atMs <= byMs && (first === undefined || coming.atMs < first.atMs)) first = coming;
  }
  return first;
}

function takeEffect(session: ImportSession): void {
  const pending = session.pending;
  session.pending = undefined;
  pending?.run();
}

function goOn(world: ImportWorld, session: ImportSession): void {
  session.dueMs = undefined;
  const transition = transitionFrom(session);
  if (transition === undefined) return;
  switch (transition.when) {
    case "slot":
      // Its time in the queue is over: `settle` gives it a slot when one is free.
      return;
    case "setup":
      if (session.order.precheckError === undefined) become(world, session, transition.to);
      else failImport(world, session, session.order.precheckError);
      return;
    case "member failed":
      followFailure(world, session);
      return;
    case "automatic":
      beginCutover(world, session);
      return;
    case "cutover":
      endCutover(world, session);
      return;
    case "rollback":
      endRollback(world, session);
      return;
    case "schedule":
    case "mirror":
    case "ready":
    case "copied":
      become(world, session, transition.to);
  }
}
