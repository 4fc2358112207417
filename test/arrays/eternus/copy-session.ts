import {
  type CopyPhase,
  isPreparing,
  type SessionStatus,
  type SessionType,
  type Switch,
  type TransferMode,
} from "./session-table.ts";

/** Which volumes a session copies between, and in which direction. */
export interface CopyPair {
  /** The volume on this array; `name` is only known for volumes of this array. */
  readonly localVolume: { readonly number: number; readonly name: string };
  /** For REC the volume on the other array; else the second volume on this one. */
  readonly remoteVolume: { readonly number: number };
  /** 40 characters, filled with `#`. */
  readonly remoteBoxId: string;
  /** The same session's id on the other array. */
  readonly remoteSessionId: number;
  /** Direction: `true` when this array holds the source. */
  readonly isLocalSource: boolean;
}

/** One copy session. Amounts are as of `asOfMs`; `copy-flow.ts` says what they are at any later time. */
export interface CopySession extends CopyPair {
  readonly id: number;
  readonly type: SessionType;
  readonly status: SessionStatus;
  readonly phase: CopyPhase;
  readonly transferMode: TransferMode;
  readonly splitMode: Switch;
  readonly recoveryMode: Switch;
  /** Size of the pair in MB. */
  readonly totalMb: number;
  /** What the destination still lacks, in MB. */
  readonly uncopiedMb: number;
  /** What was written since the suspend, in MB; a resume copies it. */
  readonly trackedMb: number;
  /** Speed of the copy, MB per second; 0 never ends. */
  readonly rateMbPerSecond: number;
  /** What hosts write on the source, MB per second: grows the tracking while suspended, the backlog while halted. */
  readonly writeMbPerSecond: number;
  /** `false`: copies on without ever becoming equivalent, as the design guide says of Stack. */
  readonly becomesEquivalent: boolean;
  /** The suspend that is under way; `concurrent` when one request suspends several. */
  readonly suspending: { readonly endsMs: number; readonly concurrent: boolean } | undefined;
  /** How the last suspend over REST ended. */
  readonly suspendResult: "done" | "givenUp" | undefined;
  readonly pathLost: boolean;
  /** What will happen to it for a reason outside of it; the end of a trouble is followed as its recovery mode says. */
  readonly coming: { readonly what: "start" | "end of trouble"; readonly atMs: number } | undefined;
  /** Two hexadecimal digits; "00" while nothing is wrong. */
  readonly copyErrorCode: string;
  readonly startedMs: number;
  readonly suspendedMs: number | undefined;
  readonly failedMs: number | undefined;
  /** The tenant that the local volume belongs to; `undefined` for none. */
  readonly tenant: string | undefined;
  readonly requestor: string;
  readonly asOfMs: number;
}

/** A session as the test wants it at the start; only the id is needed: the default is REC, Synchronous, Active, Equivalent. */
export type CopySessionSeed = Pick<CopySession, "id"> &
  Partial<Omit<CopySession, "id" | "asOfMs" | "suspending" | "suspendResult" | "coming">>;

/**
 * The session that a seed describes. A session seeded in phase `Copying`, or before it, lacks all its data unless `uncopiedMb` says otherwise.
 * @default totalMb 1024, rateMbPerSecond 100, writeMbPerSecond 1, volumes 1000 + id here and 2000 + id there
 */
export function newCopySession(seed: CopySessionSeed, nowMs: number): CopySession {
  const totalMb = seed.totalMb ?? 1024;
  const phase = seed.phase ?? "Equivalent";
  return {
    type: "REC",
    status: "Active",
    phase,
    transferMode: "Synchronous",
    splitMode: "Manual",
    recoveryMode: "Automatic",
    localVolume: { number: 1000 + seed.id, name: `vol#${1000 + seed.id}` },
    remoteVolume: { number: 2000 + seed.id },
    remoteBoxId: boxId("00ETERNUSDXHS3ET00000B"),
    remoteSessionId: seed.id + 100,
    isLocalSource: true,
    totalMb,
    uncopiedMb: phase === "Copying" || isPreparing(phase) ? totalMb : 0,
    trackedMb: 0,
    rateMbPerSecond: 100,
    writeMbPerSecond: 1,
    becomesEquivalent: true,
    pathLost: false,
    copyErrorCode: "00",
    startedMs: nowMs,
    suspendedMs: undefined,
    failedMs: undefined,
    tenant: undefined,
    requestor: "REST",
    ...seed,
    suspending: undefined,
    suspendResult: undefined,
    coming: undefined,
    asOfMs: nowMs,
  };
}

/** A Box ID: 40 characters, filled up with `#`. */
export function boxId(name: string): string {
  return name.padEnd(40, "#");
}
