import type { WireSession } from "../wire.ts";

/** A cancel since it was sent, first rejected, or first seen at work. `rejectedIn`: the state in which the array has rejected such a cancel. */
interface Begun {
  readonly sinceMs: number;
  readonly rejectedIn?: string | undefined;
}

/** What has come of one kind of cancel in this run. */
export type CancelAttempt = { readonly kind: "none" } | TakenAttempt | FailedAttempt;

/** The array took it, or was first seen at it. */
type TakenAttempt = Begun & { readonly kind: "sent" };

export type FailedAttempt =
  /** The array rejected it in this state, last at `atMs`. `text` is in the array's words. */
  | (Begun & { readonly kind: "rejected"; readonly state: string; readonly text: string; readonly atMs: number })
  /** It ended in this state. `hasLeftState`: the array was seen to begin with it. A changed record alone says nothing of that, and allows no force. */
  | (Begun & { readonly kind: "failed"; readonly state: string; readonly hasLeftState: boolean });

/** What a destroy has sent so far, and what has come of it. */
export interface CancelHistory {
  readonly graceful: CancelAttempt;
  readonly forced: CancelAttempt;
  /** What the session showed when the last cancel was sent. Until that changes, what it shows is no outcome of it. */
  readonly before: Shown | undefined;
  readonly hasMoved: boolean;
  readonly hasLeftState: boolean;
  /** The same of a cleanup. */
  readonly cleanup: { readonly before: Shown | undefined; readonly isDone: boolean } | undefined;
}

type Shown = Pick<WireSession, "state" | "last_update_timestamp">;

export const nothingCancelled: CancelHistory = {
  graceful: { kind: "none" },
  forced: { kind: "none" },
  before: undefined,
  hasMoved: false,
  hasLeftState: false,
  cleanup: undefined,
};

export function cancelSent(
  history: CancelHistory,
  session: WireSession | undefined,
  force: boolean,
  nowMs: number,
): CancelHistory {
  const which = force ? "forced" : "graceful";
  const sent = { kind: "sent", sinceMs: nowMs, rejectedIn: rejectedIn(history[which]) } as const;
  return { ...history, before: session, hasMoved: false, hasLeftState: false, [which]: sent };
}

export function cancelRejected(
  history: CancelHistory,
  session: WireSession | undefined,
  force: boolean,
  { text, nowMs }: { readonly text: string; readonly nowMs: number },
): CancelHistory {
  const which = force ? "forced" : "graceful";
  const before = history[which];
  const state = session?.state ?? "";
  const sinceMs = before.kind === "rejected" && before.state === state ? before.sinceMs : nowMs;
  const rejected = { kind: "rejected", state, text, sinceMs, atMs: nowMs, rejectedIn: state } as const;
  return { ...history, before: session, [which]: rejected };
}

/** A cancel whose answer was lost: only what the session shows next says what became of it. */
export function cancelUnclear(history: CancelHistory, session: WireSession | undefined): CancelHistory {
  return { ...history, before: session };
}

/** A cleanup that was sent, whatever was answered. */
export function cleanupSent(history: CancelHistory, session: WireSession | undefined): CancelHistory {
  return { ...history, cleanup: { before: session, isDone: false } };
}

/** What a read shows to have come of what was sent. */
export function cancelRead(history: CancelHistory, session: WireSession | undefined, nowMs: number): CancelHistory {
  const { before, cleanup } = history;
  const hasLeftState = history.hasLeftState || (before !== undefined && session?.state !== before.state);
  const hasMoved = history.hasMoved || hasChanged(before, session);
  const graceful = session?.state === "Cancel_In_Progress" ? seenAtWork(history.graceful, nowMs) : history.graceful;
  const outcome = (attempt: CancelAttempt): CancelAttempt =>
    session !== undefined && hasMoved && wasTaken(attempt) && failures.includes(session.state)
      ? { ...attempt, kind: "failed", state: session.state, hasLeftState }
      : attempt;
  return {
    graceful: outcome(graceful),
    forced: outcome(history.forced),
    before,
    hasMoved,
    hasLeftState,
    cleanup: cleanup && { ...cleanup, isDone: cleanup.isDone || hasChanged(cleanup.before, session) },
  };
}

/** What counts in this state: elsewhere the same cancel may be taken, and one that failed elsewhere is under way again. */
export function attemptIn(attempt: CancelAttempt, state: string): CancelAttempt {
  if (attempt.kind === "rejected") return attempt.state === state ? attempt : { kind: "none" };
  if (attempt.kind === "failed" && attempt.state !== state) return { ...attempt, kind: "sent" };
  return attempt;
}

/** The state in which the array has rejected such a cancel. */
export function rejectedIn(attempt: CancelAttempt): string | undefined {
  return attempt.kind === "none" ? undefined : attempt.rejectedIn;
}

/** A cancel that an earlier run sent, or whose answer was lost, counts from when the array is first seen at it. */
function seenAtWork(attempt: CancelAttempt, nowMs: number): CancelAttempt {
  return wasTaken(attempt) ? attempt : { kind: "sent", sinceMs: nowMs, rejectedIn: rejectedIn(attempt) };
}

function wasTaken(attempt: CancelAttempt): attempt is Exclude<CancelAttempt, { readonly kind: "none" | "rejected" }> {
  return attempt.kind === "sent" || attempt.kind === "failed";
}

function hasChanged(before: Shown | undefined, now: Shown | undefined): boolean {
  if (before === undefined) return false;
  return now?.state !== before.state || now?.last_update_timestamp !== before.last_update_timestamp;
}

/** How a cancel that failed shows: of an agentless volume as the first, of a group as the second. */
const failures: readonly string[] = ["Cancel_Required", "Cancel_Failed"];
