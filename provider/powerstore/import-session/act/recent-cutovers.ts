import { exchangeLimits } from "../../../core/http/limits.ts";
import type { AuditEntry } from "../../../core/reconcile/audit-log.ts";
import { dedupeKeyOf } from "../plan/actions.ts";
import type { ImportSessionState } from "../states.ts";

/** How long an act whose answer was lost is given to show, in milliseconds: PowerStore answers when it has acted, so as long as an answer may take. */
export const lostAnswerGraceMs = exchangeLimits.headersMs;

/** The states from which a session is cut over; from the second, the members of a group that are left. */
const cutoverStates = ["Ready_For_Cutover", "Import_Cutover_Incomplete"] as const satisfies ImportSessionState[];

/** Cutovers that an earlier run has sent, refused ones too: one whose run ended at once may not show yet, and must not be sent again for that. */
export function recentCutovers(known: {
  readonly sessionId: string | undefined;
  readonly actions: readonly AuditEntry[];
}): { readonly dedupeKey: string; readonly atMs: number }[] {
  const { sessionId } = known;
  if (sessionId === undefined) return [];
  return known.actions.flatMap(({ act, at, reason }) => {
    if (!act.startsWith("cutover")) return [];
    const told = cutoverStates.filter((state) => reason.startsWith(`${state},`));
    // A reason that does not begin with the state may mean either.
    const from = told.length > 0 ? told : cutoverStates;
    return from.map((state) => ({
      dedupeKey: dedupeKeyOf({ name: "cutover", sessionId, from: state }),
      atMs: Date.parse(at),
    }));
  });
}
