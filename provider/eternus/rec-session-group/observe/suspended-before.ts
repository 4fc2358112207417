import type { JournalAct } from "../../../core/journal/acts.ts";
import { separator } from "../../../core/reconcile/journaled.ts";
import type { CopySession } from "../../copy-session.ts";
import { sessionKey } from "../naming.ts";

/** A suspend takes minutes to drain, and the array's clock is another one. */
const maxApartMs = 10 * 60_000;

/**
 * Whether the journal shows that a killed run of this resource suspended a session that had been copying, and that nobody has moved it since. Of what another resource
 * has suspended nobody knows in which direction it last copied, or whether somebody has resumed and suspended it again: a group that takes it over leaves it as it is.
 */
export function isSuspendedByResource(
  acts: readonly JournalAct[],
  urn: string,
  session: CopySession,
  nowMs: number,
): boolean {
  const { id, status, isSuspending, suspendedAt } = session;
  if (status !== "Suspend" && !isSuspending) return false;
  const moves = acts.filter(({ object, outcome, act }) => {
    const isCarriedOut = outcome === "taken" || outcome === "lost";
    return isCarriedOut && /^(suspend|resume|reverse)\b/.test(act) && object.split(separator).includes(sessionKey(id));
  });
  const [first, last] = [moves.at(0), moves.at(-1)];
  const isAlone = moves.every((move) => move.urn === urn && !move.act.startsWith("reverse"));
  if (!isAlone || last?.act.startsWith("suspend") !== true || first?.act.startsWith("resume") === true) return false;
  const suspendedMs = isSuspending ? nowMs : Date.parse(suspendedAt ?? "");
  return Math.abs(suspendedMs - Date.parse(last.at)) <= maxApartMs;
}
