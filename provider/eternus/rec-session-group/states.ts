import type { CopySession } from "../copy-session.ts";
import type { Target } from "./plan/goal.ts";

/** Where a session stands on its way to a target, by what the array shows of it alone. */
export type StatusClass =
  /** The target is reached. */
  | "there"
  /** It may be suspended now. */
  | "suspend"
  /** It may be suspended by force now. */
  | "force"
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
  /** The transfer stopped; the array goes on by itself once the cause is gone. */
  | "halted"
  /** The transfer stopped, and only a person can make it go on. */
  | "halted for good"
  | "failed"
  /** A status this release does not know. */
  | "unknown";

type Row = readonly [
  status: string | undefined,
  phase: string | undefined,
  transferMode: string | undefined,
  suspend: StatusClass,
  byForce: StatusClass,
  equivalent: StatusClass,
  copying: StatusClass,
  givenBack: StatusClass,
];

const any = undefined;

/**
 * Status, phase and transfer mode of a REC session against the target; the first row that fits decides. Made of the restrictions of Suspending Multiple
 * REC Sessions and Resuming REC Session (RESTful API reference).
 */
// biome-ignore format: a table
const rows: readonly Row[] = [
  // status         phase         mode        Suspend          by force       Equivalent       Copying        Given back
  ["Suspend",       any,          any,        "there",         "there",       "resume",        "resume",      "resume"],
  ["Active",        any,          "Through",  "through",       "through",     "through",       "there",       "there"],
  ["Active",        "Equivalent", any,        "suspend",       "suspend",     "there",         "there",       "there"],
  ["Active",        any,          "Stack",    "stack copying", "force",       "stack copying", "there",       "there"],
  ["Active",        any,          any,        "copying",       "force",       "copying",       "there",       "there"],
  ["Halt",          any,          any,        "halted",        "force",       "halted",        "halted",      "there"],
  ["Reserved",      any,          any,        "not started",   "not started", "not started",   "not started", "there"],
  ["Idle",          any,          any,        "not started",   "not started", "not started",   "not started", "there"],
  ["Error",         any,          any,        "failed",        "failed",      "failed",        "failed",      "failed"],
  ["Error_Suspend", any,          any,        "failed",        "failed",      "failed",        "failed",      "failed"],
  [any,             any,          any,        "unknown",       "unknown",     "unknown",       "unknown",     "unknown"],
];

export function statusClassOf(
  session: Pick<CopySession, "status" | "phase" | "transferMode" | "recoveryMode" | "isSuspending">,
  target: Target,
): StatusClass {
  if (target === "Left alone") return "there";
  if (session.isSuspending) return "suspending";
  const row = rows.find(([status, phase, transferMode]) => {
    return (
      (status ?? session.status) === session.status &&
      (phase ?? session.phase) === session.phase &&
      (transferMode ?? session.transferMode) === session.transferMode
    );
  });
  const standing = row?.[columns[target]] ?? "unknown";
  return standing === "halted" && session.recoveryMode === "Manual" ? "halted for good" : standing;
}

const columns = { Suspend: 3, "Suspend by force": 4, Equivalent: 5, Copying: 6, "Given back": 7 } as const;
