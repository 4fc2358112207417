import { type AuditEntry, maxEntries } from "../../../core/reconcile/audit-log.ts";
import type { Step } from "../../../core/reconcile/step.ts";
import type { Recorded } from "../../../core/resource.ts";
import { isLeftover, type ObservedImport } from "../observed.ts";
import { mayBeGone } from "../plan/goal.ts";
import { type RecordedImport, recordOf, recordOfCreated } from "../recorded.ts";
import type { ImportTarget } from "../target.ts";

/** What is recorded of an import. Undefined: nothing, because no session is the resource's own yet, or any more. */
export function recordImport(
  observed: ObservedImport,
  target: ImportTarget,
  { entries, step }: { readonly entries: readonly AuditEntry[]; readonly step: Step<unknown> | undefined },
): Recorded<RecordedImport> | undefined {
  const { session, run } = observed;
  const { recorded } = target;
  const adopted = target.inputs.sessionId !== undefined;
  const held = step?.kind === "held" ? step.reason : undefined;
  const kept = { adopted, held, actions: withFound(entries, run.foundAtMs) };
  if (session !== undefined)
    return isLeftover(run, session) ? undefined : { id: session.id, state: recordOf(session, observed, kept) };
  if (run.isJustCreated && run.sessionId !== undefined)
    return { id: run.sessionId, state: recordOfCreated(run.sessionId, observed, kept) };
  const isKept = recorded !== undefined && mayBeGone(target) !== undefined;
  return isKept ? { ...recorded, state: { ...recorded.state, adopted } } : undefined;
}

/** A session that a run has created whose record was lost: the log of that run is lost with it. */
function withFound(entries: readonly AuditEntry[], foundAtMs: number | undefined): AuditEntry[] {
  if (foundAtMs === undefined) return [...entries];
  const at = new Date(foundAtMs).toISOString();
  return [{ act: "found", at, reason: "created by a run that was lost" }, ...entries].slice(-maxEntries);
}
