import type { AuditEntry } from "../../../core/reconcile/audit-log.ts";
import { cutoverStates } from "../states.ts";
import { rowOf } from "./actions.ts";

/**
 * Cutovers that an earlier run has sent, rejected ones too, by the opportunity they used up: one whose run ended at once may not show yet, and must not be sent again for
 * that. An entry that does not say from which state uses up each.
 */
export function recentCutovers(
  sessionId: string,
  entries: readonly (Omit<AuditEntry, "outcome"> & { readonly outcome?: string | undefined })[],
) {
  return entries
    .filter(({ act }) => act === "cutover")
    .flatMap(({ at, from: recorded }) => {
      const known = cutoverStates.filter((state) => state === recorded);
      const states = known.length > 0 ? known : cutoverStates;
      return states.map((from) => {
        const cutover = { kind: "cutover", sessionId, from } as const;
        return { dedupeKey: rowOf(cutover).dedupeKey(cutover), atMs: Date.parse(at) };
      });
    });
}
