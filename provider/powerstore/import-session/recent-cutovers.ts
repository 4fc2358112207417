import { exchangeLimits } from "../../core/exchange-limits.ts";
import type { SentAct } from "../../core/sent-act.ts";
import { opportunityOf } from "./acts.ts";

/** How long an act whose answer was lost is given to show, in milliseconds: PowerStore answers when it has acted, so as long as an answer may take. */
export const lostAnswerGraceMs = exchangeLimits.headersMs;

/** Cutovers that an earlier run has sent: one whose run ended at once may not show yet, and must not be sent again for that. */
export function recentCutovers(known: {
  readonly sessionId: string | undefined;
  readonly actions: readonly SentAct[];
}): { readonly opportunity: string; readonly atMs: number }[] {
  const { sessionId } = known;
  if (sessionId === undefined) return [];
  return known.actions.flatMap(({ act, at }) => {
    if (!act.startsWith("cutover")) return [];
    return [
      { opportunity: opportunityOf({ name: "cutover", sessionId, from: "Ready_For_Cutover" }), atMs: Date.parse(at) },
    ];
  });
}
