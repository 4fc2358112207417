import type { CopySession } from "../copy-session.ts";

/**
 * Where a session is to be brought.
 *
 * - `Suspend`: suspended from equivalence, so that its destination is usable
 * - `Suspend by force`: suspended whatever the destination lacks
 * - `Equivalent`: copying again, and source and destination are the same
 * - `Copying`: copying again
 * - `Restored`: no longer suspended; once copying has restarted, the array does the rest automatically
 * - `Unchanged`: as it is, because it was found suspended
 */
export type Target = "Suspend" | "Suspend by force" | "Equivalent" | "Copying" | "Restored" | "Unchanged";

/** Where a session stands on its way to a target, by what the array shows of it alone. */
export type StatusClass =
  /** The target is reached. */
  | "reached"
  /** It may be suspended now. */
  | "suspend"
  /** It may be suspended by force now. */
  | "force"
  /** The same in Stack mode: no document promises that force lifts its need of equivalence. */
  | "stack force"
  /** It may be resumed now. */
  | "resume"
  /** A suspend of it is under way. */
  | "suspending"
  | "copying"
  /** As copying; but in Stack mode nothing promises that it becomes equivalent. */
  | "stack copying"
  /** Its transfer is switched off. */
  | "through"
  | "not started"
  /** The transfer stopped; the array continues automatically once the cause is gone. */
  | "halted"
  /** The transfer stopped, and only a person can make it continue. */
  | "halted for good"
  | "failed"
  /** A status this release does not know. */
  | "unknown";

/** What becomes of a session while nothing is sent; `unknown`: nobody can tell. */
type Course = "stays" | "becomes equivalent" | "may become equivalent" | "may start" | "unknown";

type Row = readonly [
  status: string | undefined,
  phase: string | undefined,
  transferMode: string | undefined,
  suspend: StatusClass,
  byForce: StatusClass,
  equivalent: StatusClass,
  copying: StatusClass,
  restored: StatusClass,
  course: Course,
];

const any = undefined;

/**
 * Status, phase and transfer mode of a REC session against the target; the first row that fits decides. Made of the restrictions of Suspending Multiple
 * REC Sessions and Resuming REC Session (RESTful API reference).
 */
// biome-ignore format: a table
const rows: readonly Row[] = [
  // status         phase         mode        Suspend          by force       Equivalent       Copying        Restored       course
  ["Suspend",       any,          any,        "reached",       "reached",     "resume",        "resume",      "resume",      "stays"],
  ["Active",        any,          "Through",  "through",       "through",     "through",       "reached",     "reached",     "stays"],
  ["Active",        "Equivalent", any,        "suspend",       "suspend",     "reached",       "reached",     "reached",     "stays"],
  ["Active",        any,          "Stack",    "stack copying", "stack force", "stack copying", "reached",     "reached",     "may become equivalent"],
  ["Active",        any,          any,        "copying",       "force",       "copying",       "reached",     "reached",     "becomes equivalent"],
  ["Halt",          any,          "Through",  "through",       "through",     "through",       "halted",      "reached",     "unknown"],
  ["Halt",          any,          any,        "halted",        "force",       "halted",        "halted",      "reached",     "may become equivalent"],
  ["Reserved",      any,          any,        "not started",   "not started", "not started",   "not started", "reached",     "may start"],
  ["Idle",          any,          any,        "not started",   "not started", "not started",   "not started", "reached",     "may start"],
  ["Error",         any,          any,        "failed",        "failed",      "failed",        "failed",      "failed",      "stays"],
  ["Error_Suspend", any,          any,        "failed",        "failed",      "failed",        "failed",      "failed",      "stays"],
];

const unknownRow: Row = [any, any, any, "unknown", "unknown", "unknown", "unknown", "unknown", "unknown"];

export function statusClassOf(
  session: Pick<CopySession, "status" | "phase" | "transferMode" | "recoveryMode" | "isSuspending">,
  target: Target,
): StatusClass {
  if (target === "Unchanged") return "reached";
  if (session.isSuspending) return "suspending";
  const statusClass = rowOf(session)[columns[target]];
  return statusClass === "halted" && session.recoveryMode === "Manual" ? "halted for good" : statusClass;
}

const columns = { Suspend: 3, "Suspend by force": 4, Equivalent: 5, Copying: 6, Restored: 7 } as const;

/** What a session shows after this while nothing is sent. Undefined: it stays as it is, or nobody can tell. */
export function followingState(
  session: CopySession,
): { readonly session: CopySession; readonly isCertain: boolean } | undefined {
  if (session.isSuspending) return { session: suspended(session), isCertain: true };
  const course = rowOf(session)[8];
  if (course === "may start") return { session: { ...session, status: "Active", phase: "Copying" }, isCertain: false };
  const isCertain = course === "becomes equivalent";
  return isCertain || course === "may become equivalent" ? { session: equivalent(session), isCertain } : undefined;
}

/** Whether it can only be suspended by force now, and that is wanted. */
export function needsForce(session: CopySession, target: Target): boolean {
  return ["force", "stack force"].includes(statusClassOf(session, target));
}

/** Whether source and destination are the same now. */
export function isEquivalent({ status, phase }: Pick<CopySession, "status" | "phase">): boolean {
  return status === "Active" && phase === "Equivalent";
}

/** The session once source and destination are the same. */
export function equivalent(session: CopySession): CopySession {
  return { ...session, status: "Active", phase: "Equivalent", progress: undefined };
}

/** The session once it is suspended. */
export function suspended(session: CopySession): CopySession {
  return { ...session, status: "Suspend", isSuspending: false, suspendedAt: undefined };
}

function rowOf({ status, phase, transferMode }: Pick<CopySession, "status" | "phase" | "transferMode">): Row {
  const shown = [status, phase, transferMode];
  return rows.find((row) => shown.every((word, column) => (row[column] ?? word) === word)) ?? unknownRow;
}
