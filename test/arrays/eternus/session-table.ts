import type { ErrorCode } from "./error-codes.ts";

/*
 * The words an ETERNUS uses for its copy sessions, what each command meets in each state, and how sessions move.
 * Everything else in this folder is plumbing around these three tables.
 */

/** Session types that a real list can contain; suspend, resume, reverse and mode changes are for REC only. */
export type SessionType = "REC" | "EC" | "OPC" | "QuickOPC" | "SnapOPC" | "SnapOPC+" | "Monitor" | "ODX" | "XCOPY";

/**
 * Status of a session. `Active`, `Suspend`, `Error` and `Reserved` are spelt as the RESTful API reference spells them;
 * the others are inferred from the CLI's status bytes.
 */
export const sessionStatuses = ["Idle", "Reserved", "Active", "Suspend", "Halt", "Error", "Error_Suspend"] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

/** Phase of the physical copy. `Copying`, `Equivalent` and `Copying_and_Tracking` stand in the reference. */
export type CopyPhase = "No_Pair" | "Readying" | "Copying" | "Equivalent" | "Tracking" | "Copying_and_Tracking";

/** Whether a session that is active in this phase has not begun to copy. */
export function isPreparing(phase: CopyPhase): boolean {
  return phase === "No_Pair" || phase === "Readying";
}

/** How updates travel. `Through` can be seen but not set (RESTful API reference, Modifying REC Session). */
export const settableTransferModes = ["Synchronous", "Stack", "Consistency"] as const;
export type TransferMode = (typeof settableTransferModes)[number] | "Through";

export const switches = ["Automatic", "Manual"] as const;
/** Split mode and recovery mode. */
export type Switch = (typeof switches)[number];

/** Whether a suspend in this mode goes on after its job said `Success` (reference, Suspending Multiple REC Sessions). */
export const suspendOutlivesJob: Readonly<Record<TransferMode, boolean>> = {
  Synchronous: true,
  Consistency: true,
  Stack: false,
  Through: false,
};

/** What a command finds when its job starts. */
export interface Situation {
  readonly type: SessionType;
  readonly status: SessionStatus;
  readonly phase: CopyPhase;
  readonly transferMode: TransferMode;
  /** This session's own suspend is under way. */
  readonly suspending: boolean;
  /** A concurrent suspend of another request is under way somewhere on the array. */
  readonly concurrentSuspend: boolean;
  readonly force: boolean;
  /** Whether `force` also lifts the rule that a Stack session must be equivalent: the reference does not say. */
  readonly forceLiftsStackRule: boolean;
  /** The copy path to the other array is down. */
  readonly pathLost: boolean;
  /** The send and receive buffers for the opposite direction exist on both arrays. */
  readonly reverseBuffers: boolean;
  /** What this firmware answers to a suspend of a session that is not equivalent. */
  readonly notEquivalentCode: "5201" | "5323";
}

export type SessionCommand = "suspend" | "resume" | "reverse" | "modify";

type Rule = readonly [when: (now: Situation) => boolean, refusal: (now: Situation) => ErrorCode];

const notRec: Rule = [(s) => s.type !== "REC", () => "0019"];
const failed: readonly Rule[] = [
  [(s) => s.status === "Error", () => "5321"],
  [(s) => s.status === "Error_Suspend", () => "5319"],
];
const notStarted: Rule = [(s) => s.status === "Idle" || s.status === "Reserved", () => "5321"];
const duringItsSuspend: Rule = [(s) => s.suspending, () => "5322"];
const isUnequal = (s: Situation) => s.status === "Active" && s.phase !== "Equivalent";
const notSuspended: Rule = [(s) => s.status !== "Suspend", () => "5321"];

/** Why a command is refused: the first rule that applies decides; where none does, the command runs. */
export const refusals: Readonly<Record<SessionCommand, readonly Rule[]>> = {
  suspend: [
    notRec,
    [(s) => s.suspending || s.status === "Suspend", () => "5344"],
    ...failed,
    notStarted,
    [(s) => s.transferMode === "Through", () => "5321"],
    [(s) => s.concurrentSuspend, () => "5322"],
    [(s) => s.status === "Halt" && !s.force, () => "5323"],
    [(s) => isUnequal(s) && s.transferMode === "Stack" && !(s.force && s.forceLiftsStackRule), () => "5201"],
    [(s) => isUnequal(s) && !s.force, (s) => s.notEquivalentCode],
  ],
  resume: [
    notRec,
    duringItsSuspend,
    [(s) => s.status === "Active", () => "5345"],
    ...failed,
    notSuspended,
    [(s) => s.pathLost, () => "5300"],
  ],
  reverse: [
    notRec,
    duringItsSuspend,
    ...failed,
    notSuspended,
    [(s) => s.pathLost, () => "5300"],
    [(s) => s.transferMode === "Consistency" && !s.reverseBuffers, () => "5348"],
  ],
  modify: [notRec, duringItsSuspend, ...failed, notSuspended],
};

/** What can happen to a session, whoever caused it. */
export type SessionEvent =
  | "started"
  | "prepared"
  | "copied"
  | "suspended"
  | "restarted"
  | "halted"
  | "recovered"
  | "failed"
  | "failedSuspended";

/** Where each event leads. Phase `data-left` is `Copying` while something is not transferred, else `Equivalent`. */
export const transitions: Readonly<
  Record<
    SessionEvent,
    { readonly from: readonly SessionStatus[]; readonly to: SessionStatus; readonly phase: "kept" | "data-left" }
  >
> = {
  started: { from: ["Idle", "Reserved"], to: "Active", phase: "data-left" },
  prepared: { from: ["Active"], to: "Active", phase: "data-left" },
  copied: { from: ["Active"], to: "Active", phase: "data-left" },
  suspended: { from: ["Active", "Halt"], to: "Suspend", phase: "data-left" },
  restarted: { from: ["Suspend"], to: "Active", phase: "data-left" },
  halted: { from: ["Active"], to: "Halt", phase: "kept" },
  recovered: { from: ["Halt"], to: "Active", phase: "data-left" },
  failed: { from: sessionStatuses, to: "Error", phase: "kept" },
  failedSuspended: { from: sessionStatuses, to: "Error_Suspend", phase: "kept" },
};
