import type { WireSession } from "../wire.ts";
import { type CancelHistory, cancelRead, nothingCancelled } from "./cancel-history.ts";
import { type ImportSessionState, isPastCutover } from "./states.ts";

/** A session as the array shows it, and what this run has done with it. */
export interface ObservedImport {
  readonly session: WireSession | undefined;
  /** The sessions of its members, for a consistency group. */
  readonly members: readonly WireSession[];
  /** Why the cutover may not be sent now, as other sessions show it. */
  readonly unready: string | undefined;
  readonly endpoint: string | undefined;
  /** The time of the read by the array's own clock, in milliseconds since the epoch. */
  readonly atMs: number;
  /** How far the array's clock is ahead of ours, in milliseconds. Undefined: the array has not told its time. */
  readonly aheadMs: number | undefined;
  readonly run: RunMemory;
  /** The session that has imported the source before, where the resource has none. @default none is left on the array */
  readonly importedBy?: string | undefined;
  /** Whether it is the first read of a run or a preview. @default false */
  readonly isFirst?: boolean;
}

/** What a run remembers from read to read. */
export interface RunMemory {
  /** The session that is recorded, adopted, made or found by its name. Undefined while there is none. */
  readonly sessionId: string | undefined;
  /** Whether it was created and not read yet. */
  readonly isJustCreated: boolean;
  /** When a session was found that an earlier run has made, in milliseconds since the epoch. */
  readonly foundAtMs: number | undefined;
  readonly hasSent: boolean;
  /** The state from which a cutover was sent, while the session still shows it. */
  readonly cuttingOverFrom: ImportSessionState | undefined;
  /** The states from which this run has cut over and which the session has left since: none is cut over from twice. */
  readonly cutOverFrom: readonly string[];
  /** The first cutover of this run: sent, or seen in two reads. */
  readonly cutOver: { readonly atMs: number; readonly from?: string; readonly by: "sent" | "seen" } | undefined;
  /** Whether the last read, or the record of an earlier run, shows the session past its cutover. */
  readonly wasPastCutover: boolean;
  readonly cancels: CancelHistory;
}

/** A run before its first read. */
export function newRun(sessionId: string | undefined, wasPastCutover = false): RunMemory {
  return {
    sessionId,
    isJustCreated: false,
    foundAtMs: undefined,
    hasSent: false,
    cuttingOverFrom: undefined,
    cutOverFrom: [],
    cutOver: undefined,
    wasPastCutover,
    cancels: nothingCancelled,
  };
}

export function runAfterRead(run: RunMemory, session: WireSession | undefined, nowMs: number): RunMemory {
  const isFound = run.sessionId === undefined && session !== undefined && !isLeftover(run, session);
  const { cuttingOverFrom: from } = run;
  const isPast = isPastCutover(session?.state);
  const seen = isPast && run.wasPastCutover ? ({ atMs: nowMs, by: "seen" } as const) : undefined;
  const hasLeft = from !== undefined && session?.state !== from;
  return {
    ...run,
    sessionId: isFound ? session.id : run.sessionId,
    isJustCreated: false,
    foundAtMs: isFound && !run.hasSent ? nowMs : run.foundAtMs,
    cuttingOverFrom: hasLeft ? undefined : from,
    cutOverFrom: hasLeft ? [...run.cutOverFrom, from] : run.cutOverFrom,
    cutOver: run.cutOver ?? seen,
    wasPastCutover: isPast,
    cancels: cancelRead(run.cancels, session, nowMs),
  };
}

/** Whether it is what an earlier, failed attempt of the same resource has left. It makes room only with consent. */
export function isLeftover({ sessionId }: RunMemory, { state }: WireSession): boolean {
  return sessionId === undefined && (state === "Failed" || state === "Cancelled");
}
