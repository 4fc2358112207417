import type { WireSession } from "../../wire.ts";
import { cancelRejected, cancelSent, cancelUnclear, cleanupSent } from "../cancel-history.ts";
import type { RunMemory } from "../observed.ts";
import type { ImportAction } from "./actions.ts";

/** What became of an action that was sent. */
export type Sent =
  /** `made`: the session that it has created. */
  | { readonly kind: "taken"; readonly made: string | undefined; readonly nowMs: number }
  /** The array may have taken it. */
  | { readonly kind: "lost"; readonly nowMs: number }
  | { readonly kind: "rejected"; readonly text: string; readonly nowMs: number };

/** The first cutover that may have reached the array. */
function cutOverNow({ cutOver }: RunMemory, { from }: ImportAction<"cutover">, { nowMs }: Sent): RunMemory["cutOver"] {
  return cutOver ?? { atMs: nowMs, from, by: "sent" };
}

export function runAfterSent(
  run: RunMemory,
  session: WireSession | undefined,
  action: ImportAction,
  sent: Sent,
): RunMemory {
  const after = { ...run, hasSent: true };
  switch (action.kind) {
    case "create":
      return sent.kind === "taken" ? { ...after, sessionId: sent.made, isJustCreated: true } : after;
    case "cutover":
      if (sent.kind === "rejected") return after;
      return { ...after, cuttingOverFrom: action.from, cutOver: cutOverNow(run, action, sent) };
    case "cancel": {
      const { cancels } = run;
      if (sent.kind === "taken") return { ...after, cancels: cancelSent(cancels, session, action.force, sent.nowMs) };
      if (sent.kind === "lost") return { ...after, cancels: cancelUnclear(cancels, session) };
      return { ...after, cancels: cancelRejected(cancels, session, action.force, sent) };
    }
    case "cleanup":
      return { ...after, cancels: cleanupSent(run.cancels, session) };
    default:
      return after;
  }
}
