import { groupFollows } from "./import-group.ts";
import { enter, type ImportSession, type ImportTimings } from "./import-session.ts";
import { type ImportState, importStates } from "./import-states.ts";

/** All import sessions of an array, and how far its time has come. */
export interface ImportWorld {
  readonly sessions: Map<string, ImportSession>;
  readonly timings: ImportTimings;
  /** How many imports may be between In_Progress and the end of their copy; the others queue. */
  readonly maxActiveImports: number;
  /** Names that an import will have which is not there yet. */
  readonly reservedNames: Set<string>;
  /** What will happen besides what the sessions do. */
  readonly coming: Set<{ readonly atMs: number; run(): void }>;
  /** Whether a group waits, after the failure of a member, until its other members are cancelled one by one. */
  readonly restsInCleanup: boolean;
  /** Is told after each thing that has happened. */
  happened: () => void;
  atMs: number;
}

/** The sessions of a group's members in the order of their creation; none for a volume. */
export function membersOf(world: ImportWorld, session: ImportSession): readonly ImportSession[] {
  if (session.shape !== "group") return [];
  return [...world.sessions.values()].filter(({ parentId }) => parentId === session.id);
}

/** The group a member belongs to. */
export function groupOf(world: ImportWorld, session: ImportSession): ImportSession | undefined {
  return session.parentId === undefined ? undefined : world.sessions.get(session.parentId);
}

/** Moves one session, and nothing else, into a state. */
export function become(world: ImportWorld, session: ImportSession, state: ImportState): void {
  enter(session, state, world.atMs, world.timings);
  // The destination is made while the import is set up, a group's as soon as its first member is.
  const isMade = session.shape === "group" ? "In_Progress" : "Mirror_Enabled";
  if (state === isMade) session.destinationId ??= `${session.shape === "group" ? "vg" : "vol"}-${session.id}`;
}

/** After a session has changed: its group follows, and free slots are taken. */
export function settle(world: ImportWorld, session: ImportSession): void {
  follow(world, session.shape === "group" ? session : groupOf(world, session));
  fillSlots(world);
}

function follow(world: ImportWorld, group: ImportSession | undefined): void {
  if (group === undefined || group.isHeld) return;
  const state = groupFollows(group, membersOf(world, group));
  if (state !== undefined) become(world, group, state);
}

/** First come, first served: starts queued imports whose time in the queue is over as long as a slot is free. */
function fillSlots(world: ImportWorld): void {
  const volumes = [...world.sessions.values()].filter(({ shape }) => shape !== "group");
  const waiting = volumes
    .filter(({ state, isHeld, dueMs }) => state === "Queued" && !isHeld && dueMs === undefined)
    .sort((one, other) => one.sinceMs - other.sinceMs);
  let free = world.maxActiveImports - volumes.filter(({ state }) => importStates[state].holdsSlot).length;
  for (const session of waiting) {
    if (free <= 0) return;
    free -= 1;
    become(world, session, "In_Progress");
    follow(world, groupOf(world, session));
  }
}
