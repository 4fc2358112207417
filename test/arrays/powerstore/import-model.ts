import { createHash } from "node:crypto";
import type { TimedModel } from "../clock.ts";
import { changeRate, copyEndsMs, newCopy } from "./copy.ts";
import { demandFuture } from "./import-acts.ts";
import {
  enter,
  type ImportOrder,
  type ImportSession,
  type ImportTimings,
  type OrderedVolume,
} from "./import-session.ts";
import type { ImportState, SessionShape } from "./import-states.ts";
import { advanceWorld } from "./import-time.ts";
import { type ImportWorld, settle } from "./import-world.ts";

/** The import sessions of one array, in time. */
export interface ImportModel extends TimedModel {
  readonly world: ImportWorld;
  /** Takes an import in: one session, and one more per member of a group. @throws Refusal 422 for a start in the past */
  create(order: ImportOrder): ImportSession;
}

/** An array without any session yet. */
export function importModel(options: {
  readonly nowMs: number;
  readonly timings: ImportTimings;
  readonly maxActiveImports: number;
  /** @default false */
  readonly restsInCleanup?: boolean;
}): ImportModel {
  const { nowMs, timings, maxActiveImports } = options;
  const world: ImportWorld = {
    sessions: new Map(),
    timings,
    maxActiveImports,
    reservedNames: new Set(),
    coming: new Set(),
    restsInCleanup: options.restsInCleanup ?? false,
    happened: () => {},
    atMs: nowMs,
  };
  let count = 0;
  return {
    world,
    advanceTo: (toMs) => advanceWorld(world, toMs),
    create(order) {
      if (order.scheduledMs !== undefined) demandFuture(world, order.scheduledMs);
      const [volume] = order.volumes;
      const alone = order.isGroup ? undefined : volume;
      const session = add(order, order.isGroup ? "group" : `${order.type} volume`, alone, undefined);
      for (const member of order.isGroup ? order.volumes : []) add(order, `${order.type} member`, member, session.id);
      settle(world, session);
      return session;
    },
  };

  function add(
    order: ImportOrder,
    shape: SessionShape,
    volume: OrderedVolume | undefined,
    parentId: string | undefined,
  ): ImportSession {
    count += 1;
    const session: ImportSession = {
      id: sessionId(count),
      name: parentId === undefined || volume === undefined ? order.name : `${order.name}_${volume.name}`,
      order,
      shape,
      sourceResourceId: parentId === undefined || volume === undefined ? order.sourceResourceId : volume.sourceVolumeId,
      parentId,
      copy: newCopy(volume?.sizeBytes ?? 0, volume?.bytesPerSecond ?? 0),
      conditions: { hostsReachable: true, rollbackEndsIn: undefined, cutover: "succeeds" },
      state: "Queued",
      sinceMs: world.atMs,
      isHeld: false,
      dueMs: undefined,
      scheduledMs: order.scheduledMs,
      destinationId: undefined,
      error: undefined,
      rollback: undefined,
      isBeingCancelled: false,
      pending: undefined,
      disguise: {},
    };
    world.sessions.set(session.id, session);
    enter(session, order.scheduledMs === undefined ? "Queued" : "Scheduled", world.atMs, timings);
    return session;
  }
}

/** Puts a session into a state by hand, without asking whether that is possible; with `stays` it does not go on by itself. */
export function setState(world: ImportWorld, session: ImportSession, state: ImportState, stays: boolean): void {
  session.pending = undefined;
  session.rollback = undefined;
  if (state === "Cancel_In_Progress") session.rollback = { kind: "cancel", gotStuck: false };
  if (state === "Cleanup_In_Progress") session.rollback = { kind: "cleanup", gotStuck: false };
  if (beyondCopy.some((one) => one === state)) session.copy.copiedBytes = session.copy.sizeBytes;
  enter(session, state, world.atMs, world.timings);
  if (stays) {
    session.isHeld = true;
    session.dueMs = undefined;
  }
  settle(world, session);
}

/** From now on a volume is copied at this rate; 0 stalls it. */
export function setRate(world: ImportWorld, session: ImportSession, bytesPerSecond: number): void {
  changeRate(session.copy, bytesPerSecond, world.atMs);
  if (session.state === "Copy_In_Progress" && !session.isHeld) session.dueMs = copyEndsMs(session.copy);
}

const beyondCopy = ["Ready_For_Cutover", "Cutover_In_Progress", "Import_Completed"] as const;

/** Looks like the vendor's ids, is the same in every run, and does not sort in the order of creation. */
function sessionId(count: number): string {
  const hex = createHash("sha256").update(`import session ${count}`).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    "-",
  );
}
