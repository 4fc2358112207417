import { type Copy, copyEndsMs, startCopy, stopCopy } from "./copy.ts";
import {
  type AutomaticTransition,
  automaticTransitions,
  type Cause,
  type ImportState,
  type ImportType,
  type Rollback,
  type SessionShape,
} from "./import-states.ts";

/** What was asked for when a session was created, all names resolved to ids. */
export interface ImportOrder {
  readonly name: string;
  readonly description: string | undefined;
  readonly type: ImportType;
  readonly remoteSystemId: string;
  readonly sourceResourceId: string;
  /** One for a volume, all of its members for a consistency group. */
  readonly volumes: readonly OrderedVolume[];
  readonly isGroup: boolean;
  readonly volumeGroupId: string | undefined;
  readonly protectionPolicyId: string | undefined;
  readonly automaticCutover: boolean;
  readonly scheduledMs: number | undefined;
  readonly globalStorageDiscoveryAddress: string | undefined;
  /** Why the array's own checks will stop the import as soon as it is set up. */
  readonly precheckError: SessionError | undefined;
}

export interface OrderedVolume {
  readonly sourceVolumeId: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly bytesPerSecond: number;
}

/** The single `error` of a session: the vendor's `error_instance`. */
export interface SessionError {
  readonly code: string;
  readonly message: string;
  readonly arguments?: readonly string[];
}

/** What the world around a session is like: scripted by a test. */
export interface SessionConditions {
  /** Whether source and hosts follow when the import is taken back. A group's holds for all its members. @default true */
  hostsReachable: boolean;
  /** The state a rollback ends in when hosts are not reachable. @default as the table `rollbacks` says */
  rollbackEndsIn: ImportState | undefined;
  /**
   * How the cutover ends. `incomplete`: a member stays Ready_For_Cutover, once, and may be tried again; `cancelled`: a
   * member is taken out of the import. For a volume of its own both are a failure. @default "succeeds"
   */
  cutover: "succeeds" | "incomplete" | "cancelled";
}

/** One import session inside the array. */
export interface ImportSession {
  readonly id: string;
  readonly name: string;
  readonly order: ImportOrder;
  readonly shape: SessionShape;
  readonly sourceResourceId: string;
  readonly parentId: string | undefined;
  readonly copy: Copy;
  readonly conditions: SessionConditions;
  state: ImportState;
  /** When the state was entered. */
  sinceMs: number;
  /** Whether the state was set by hand and does not end by itself. */
  isHeld: boolean;
  /** When the state ends by itself; undefined if it does not, or waits for a free slot. */
  dueMs: number | undefined;
  scheduledMs: number | undefined;
  destinationId: string | undefined;
  error: SessionError | undefined;
  rollback:
    | {
        readonly kind: Rollback;
        gotStuck: boolean;
        /** A group that waits until its other members are cancelled one by one. */
        readonly rests?: true;
      }
    | undefined;
  /** Whether a cancel was asked for: then a cleanup ends in Cancelled, else in Failed. */
  isBeingCancelled: boolean;
  /** An action that was accepted and has not taken effect yet. */
  pending: { readonly atMs: number; run(): void } | undefined;
  /** What is shown instead of the truth, attribute by attribute. */
  disguise: Readonly<Record<string, unknown>>;
}

/** How long things take, in virtual milliseconds. */
export interface ImportTimings {
  /** The least time in Queued. @default 2000 */
  readonly queueMs: number;
  /** In_Progress of a volume. @default 20000 */
  readonly setupMs: number;
  /** Mirror_Enabled, where nobody is waited for. @default 10000 */
  readonly mirrorMs: number;
  /** Ready_To_Start_Copy, where nobody is waited for. @default 5000 */
  readonly readyMs: number;
  /** Cutover of one volume; a group's are cut over one after another. @default 30000 */
  readonly cutoverMs: number;
  /** Cancel_In_Progress and Cleanup_In_Progress. @default 20000 */
  readonly rollbackMs: number;
  /** From the answer to an action until it can be observed. @default 0 */
  readonly actionLagMs: number;
}

/** Puts a session into a state, from which it will go on by itself when that is due. */
export function enter(session: ImportSession, state: ImportState, atMs: number, timings: ImportTimings): void {
  stopCopy(session.copy, atMs);
  session.state = state;
  session.sinceMs = atMs;
  session.isHeld = false;
  const transition = transitionFrom(session);
  session.dueMs = transition === undefined ? undefined : dueMs(session, transition.when, atMs, timings);
}

/** How the session's state will end by itself, if it does. */
export function transitionFrom(session: ImportSession): AutomaticTransition | undefined {
  return automaticTransitions.find(
    ({ from, type, when }) =>
      from === session.state &&
      (type === undefined || type === session.order.type) &&
      (when !== "automatic" || (session.order.automaticCutover && session.parentId === undefined)) &&
      ownCauses[session.shape === "group" ? "group" : "volume"](when),
  );
}

const ownCauses = {
  group: (cause: Cause) => cause === "schedule" || cause === "automatic" || cause === "member failed",
  volume: (cause: Cause) => cause !== "member failed",
};

function dueMs(session: ImportSession, cause: Cause, atMs: number, timings: ImportTimings): number | undefined {
  switch (cause) {
    case "schedule":
      return Math.max(atMs, session.scheduledMs ?? atMs);
    case "member failed":
      return undefined;
    case "automatic":
      return atMs;
    case "slot":
      return atMs + timings.queueMs;
    case "setup":
      return atMs + timings.setupMs;
    case "mirror":
      return atMs + timings.mirrorMs;
    case "ready":
      return atMs + timings.readyMs;
    case "cutover":
      return atMs + timings.cutoverMs;
    case "rollback":
      return atMs + timings.rollbackMs;
    case "copied":
      startCopy(session.copy, atMs);
      return copyEndsMs(session.copy);
  }
}
