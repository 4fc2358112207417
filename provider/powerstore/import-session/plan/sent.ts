import type { WireSession } from "../../wire.ts";
import { cancelRejected, cancelSent, cancelUnclear, cleanupSent } from "../cancel-history.ts";
import type { RunMemory } from "../observed.ts";
import type { ImportAction } from "./actions.ts";

/** What a run remembers of an action that the array has taken. @param made the session that it has created */
export function runAfterTaken(
  run: RunMemory,
  session: WireSession | undefined,
  action: ImportAction,
  { made, nowMs }: { readonly made: string | undefined; readonly nowMs: number },
): RunMemory {
  switch (action.kind) {
    case "create":
      return { ...run, hasSent: true, sessionId: made, isJustCreated: true };
    case "cancel":
      return { ...run, hasSent: true, cancels: cancelSent(run.cancels, session, action.force, nowMs) };
    default:
      return runAfterLost(run, session, action);
  }
}

/** What a run remembers of an action whose answer was lost: the array may have taken it. */
export function runAfterLost(run: RunMemory, session: WireSession | undefined, action: ImportAction): RunMemory {
  const sent = { ...run, hasSent: true };
  switch (action.kind) {
    case "cutover":
      return { ...sent, cuttingOverFrom: action.from };
    case "cancel":
      return { ...sent, cancels: cancelUnclear(run.cancels, session) };
    case "cleanup":
      return { ...sent, cancels: cleanupSent(run.cancels, session) };
    default:
      return sent;
  }
}

/** What a run remembers of an action that the array has rejected. */
export function runAfterRejected(
  run: RunMemory,
  session: WireSession | undefined,
  action: ImportAction,
  rejection: { readonly text: string; readonly nowMs: number },
): RunMemory {
  const sent = { ...run, hasSent: true };
  switch (action.kind) {
    case "cancel":
      return { ...sent, cancels: cancelRejected(run.cancels, session, action.force, rejection) };
    case "cleanup":
      return { ...sent, cancels: cleanupSent(run.cancels, session) };
    default:
      return sent;
  }
}
