import type { CopySession } from "./copy-session.ts";
import { isPreparing, type SessionEvent, transitions } from "./session-table.ts";

/** What the destination lacks at a time, in MB. */
export function uncopiedMbAt(session: CopySession, nowMs: number): number {
  if (isCopying(session)) return Math.max(0, session.uncopiedMb - flow(session, session.rateMbPerSecond, nowMs));
  if (session.status !== "Halt") return session.uncopiedMb;
  return Math.min(session.totalMb, session.uncopiedMb + flow(session, session.writeMbPerSecond, nowMs));
}

/** What was written since the suspend, at a time, in MB. */
export function trackedMbAt(session: CopySession, nowMs: number): number {
  if (session.status !== "Suspend") return session.trackedMb;
  return Math.min(session.totalMb, session.trackedMb + flow(session, session.writeMbPerSecond, nowMs));
}

/** When the session will change by itself next; `Infinity` for never. */
export function nextChangeMs(session: CopySession): number {
  return Math.min(
    preparedMs(session),
    copiedMs(session),
    session.suspending?.endsMs ?? Number.POSITIVE_INFINITY,
    session.coming?.atMs ?? Number.POSITIVE_INFINITY,
  );
}

/** The session after what is due at that time has happened; the same session if nothing is. */
export function changeAt(session: CopySession, atMs: number): CopySession {
  const come = (session.coming?.atMs ?? Number.POSITIVE_INFINITY) <= atMs ? afterComing(session, atMs) : session;
  const prepared = preparedMs(come) <= atMs ? after(come, "prepared", atMs) : come;
  const copied =
    copiedMs(prepared) <= atMs ? after({ ...rebased(prepared, atMs), uncopiedMb: 0 }, "copied", atMs) : prepared;
  if (copied.suspending === undefined || copied.suspending.endsMs > atMs) return copied;
  // Over in any case, also for a state that a test has made up.
  return { ...after(copied, "suspended", atMs), suspending: undefined };
}

/** The session after the trouble that stopped its transfer has ended: it goes on if its recovery mode is Automatic. */
export function afterTrouble(session: CopySession, atMs: number): CopySession {
  const mended = { ...session, pathLost: false };
  return session.recoveryMode === "Automatic" ? after(mended, "recovered", atMs) : mended;
}

function afterComing(session: CopySession, atMs: number): CopySession {
  const come = { ...session, coming: undefined };
  return session.coming?.what === "start" ? after(come, "started", atMs) : afterTrouble(come, atMs);
}

/** The session after an event, or the same session where the table has no such transition. */
export function after(session: CopySession, event: SessionEvent, atMs: number): CopySession {
  const { from, to, phase } = transitions[event];
  if (!from.includes(session.status)) return session;
  const now = rebased(session, atMs);
  // What was tracked is what the destination lacks, from the moment that the pair works again.
  const isBack = event === "restarted";
  const uncopiedMb = isBack ? Math.min(now.totalMb, now.uncopiedMb + now.trackedMb) : now.uncopiedMb;
  const moved: CopySession = {
    ...now,
    status: to,
    uncopiedMb,
    trackedMb: isBack ? 0 : now.trackedMb,
    suspending: goesOn.includes(event) ? now.suspending : undefined,
    suspendResult: isBack ? undefined : suspendResultAfter(now, event),
    suspendedMs: to === "Suspend" ? atMs : isBack ? undefined : now.suspendedMs,
  };
  return phase === "kept"
    ? moved
    : { ...moved, phase: uncopiedMb > 0 || !moved.becomesEquivalent ? "Copying" : "Equivalent" };
}

/** The same session with its amounts brought up to a time. */
export function rebased(session: CopySession, nowMs: number): CopySession {
  return {
    ...session,
    uncopiedMb: uncopiedMbAt(session, nowMs),
    trackedMb: trackedMbAt(session, nowMs),
    asOfMs: nowMs,
  };
}

/** What happens to a session without disturbing a suspend that is under way. */
const goesOn: readonly SessionEvent[] = ["prepared", "copied"];

function suspendResultAfter(session: CopySession, event: SessionEvent): CopySession["suspendResult"] {
  if (session.suspending === undefined || goesOn.includes(event)) return session.suspendResult;
  return event === "suspended" ? "done" : "givenUp";
}

/** In Through mode nothing is transferred. */
function isCopying(session: CopySession): boolean {
  return session.status === "Active" && session.phase === "Copying" && session.transferMode !== "Through";
}

// How long a session that is active is prepared before it copies: not documented.
const preparingMs = 5000;

function preparedMs(session: CopySession): number {
  return session.status === "Active" && isPreparing(session.phase)
    ? session.asOfMs + preparingMs
    : Number.POSITIVE_INFINITY;
}

function copiedMs(session: CopySession): number {
  if (!isCopying(session) || !session.becomesEquivalent || session.rateMbPerSecond <= 0)
    return Number.POSITIVE_INFINITY;
  return session.asOfMs + (session.uncopiedMb / session.rateMbPerSecond) * 1000;
}

function flow(session: CopySession, mbPerSecond: number, nowMs: number): number {
  return (mbPerSecond * (nowMs - session.asOfMs)) / 1000;
}
