import { type AuditEntry, maxEntries } from "../../../core/reconcile/audit-log.ts";
import type { Step } from "../../../core/reconcile/step.ts";
import type { Recorded } from "../../../core/resource.ts";
import { cutOverIn } from "../cut-over.ts";
import { creatorOf } from "../naming.ts";
import { isLeftover, type ObservedImport, type RunMemory } from "../observed.ts";
import { acceptedMark } from "../owner.ts";
import { mayBeGone } from "../plan/goal.ts";
import { type CutOver, type RecordedImport, recordOf, recordOfCreated } from "../recorded.ts";
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
  const actions = withBeginning(entries, observed, target);
  const first = recorded?.state.cutOver ?? firstOf(cutOverIn(actions), cutOverOfRun(run));
  const cutOver = first === undefined ? {} : { cutOver: first };
  const kept = { adopted, held, acceptedMark: acceptedMark(observed, target), ...cutOver, actions };
  if (session !== undefined)
    return isLeftover(run, session) ? undefined : { id: session.id, state: recordOf(session, observed, kept) };
  if (run.isJustCreated && run.sessionId !== undefined)
    return { id: run.sessionId, state: recordOfCreated(run.sessionId, observed, kept) };
  const isKept = recorded !== undefined && mayBeGone(target) !== undefined;
  return isKept ? { ...recorded, state: { ...recorded.state, adopted, ...cutOver } } : undefined;
}

/** The log, with where that of this session begins: after what was done with the one that it replaces. */
function withBeginning(
  entries: readonly AuditEntry[],
  { session, run, atMs }: ObservedImport,
  { recorded, predecessor, inputs, urn }: ImportTarget,
): AuditEntry[] {
  const replaced = recorded === undefined ? (predecessor?.state.actions.at(-1)?.at ?? "") : "";
  const before = recorded === undefined ? entries.filter(({ at }) => at <= replaced) : [];
  const own = entries.slice(before.length);
  const { foundAtMs } = run;
  const creator = (session && creatorOf(session, urn)) ?? "a run that was lost";
  if (foundAtMs !== undefined)
    // Another resource has created it, or a run whose record was lost.
    return shortened([...before, { act: "found", at: iso(foundAtMs), reason: `created by ${creator}` }, ...own]);
  if (before.length === 0 || inputs.sessionId === undefined) return [...entries];
  const adopted = { act: "adopted", at: own[0]?.at ?? iso(atMs), reason: `in the place of session ${predecessor?.id}` };
  return shortened([...before, adopted, ...own]);
}

function shortened(entries: readonly AuditEntry[]): AuditEntry[] {
  return entries.slice(-maxEntries);
}

function cutOverOfRun({ cutOver }: RunMemory): CutOver | undefined {
  if (cutOver === undefined) return undefined;
  const { atMs, ...rest } = cutOver;
  return { at: iso(atMs), ...rest };
}

function firstOf(one: CutOver | undefined, other: CutOver | undefined): CutOver | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.at <= other.at ? one : other;
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}
