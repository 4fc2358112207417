import type { JournalAct } from "../../../core/journal/acts.ts";
import { separator } from "../../../core/reconcile/journaled.ts";
import type { CopySession } from "../../copy-session.ts";
import { sessionKey } from "../naming.ts";

/** A suspend takes minutes to drain, and the array's clock is another one. */
const maxApartMs = 10 * 60_000;

/**
 * Whether the journal shows that a run of this stack suspended a session that had been copying, and that nobody has moved it since: then a group that takes it over knows
 * how it was found. A session of which the array does not tell when it was suspended may have been resumed and suspended by hand: of that nobody knows.
 */
export function isSuspendedByStack(acts: readonly JournalAct[], session: CopySession, nowMs: number): boolean {
  const { id, status, isSuspending, suspendedAt } = session;
  if (status !== "Suspend" && !isSuspending) return false;
  const moves = acts.filter(({ object, outcome, act }) => {
    const isCarriedOut = outcome === "taken" || outcome === "lost";
    return isCarriedOut && /^(suspend|resume|reverse)\b/.test(act) && object.split(separator).includes(sessionKey(id));
  });
  const last = moves.at(-1);
  const isResumedFirst = moves.find(({ urn }) => urn === last?.urn)?.act.startsWith("resume") === true;
  if (last?.act.startsWith("suspend") !== true || isResumedFirst) return false;
  const suspendedMs = isSuspending ? nowMs : Date.parse(suspendedAt ?? "");
  return Math.abs(suspendedMs - Date.parse(last.at)) <= maxApartMs;
}
