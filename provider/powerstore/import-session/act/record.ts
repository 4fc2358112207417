import { type AuditEntry, maxEntries } from "../../../core/reconcile/audit-log.ts";
import type { Step } from "../../../core/reconcile/step.ts";
import type { Recorded } from "../../../core/resource.ts";
import { creatorOf } from "../naming.ts";
import { isLeftover, type ObservedImport } from "../observed.ts";
import { acceptedMark } from "../owner.ts";
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
  const creator = session && creatorOf(session, target.urn);
  const actions = withFound(entries, run.foundAtMs, creator);
  const kept = { adopted, held, acceptedMark: acceptedMark(observed, target), actions };
  if (session !== undefined)
    return isLeftover(run, session) ? undefined : { id: session.id, state: recordOf(session, observed, kept) };
  if (run.isJustCreated && run.sessionId !== undefined)
    return { id: run.sessionId, state: recordOfCreated(run.sessionId, observed, kept) };
  const isKept = recorded !== undefined && mayBeGone(target) !== undefined;
  return isKept ? { ...recorded, state: { ...recorded.state, adopted } } : undefined;
}

/** A session that was found: a run has created it whose record was lost, or another resource. */
function withFound(
  entries: readonly AuditEntry[],
  foundAtMs: number | undefined,
  creator = "a run that was lost",
): AuditEntry[] {
  if (foundAtMs === undefined) return [...entries];
  const at = new Date(foundAtMs).toISOString();
  return [{ act: "found", at, reason: `created by ${creator}` }, ...entries].slice(-maxEntries);
}
