import type { JournalAct } from "../../core/journal/acts.ts";
import { separator } from "../../core/reconcile/journaled.ts";

/** A session as acts and claims name it. */
export function sessionText(id: string): string {
  return `session ${id}`;
}

/** A source as acts name it. */
export function sourceText(id: string): string {
  return `source ${id}`;
}

/** The session that an act was about. */
export function sessionIn(object: string): string | undefined {
  return /^session ([^,]+)/.exec(object)?.[1];
}

/** The last session with which a run of this stack may have cut a source over. Its record may be cleared away since, on the array and here. */
export function lastCutoverOf(acts: readonly JournalAct[], sourceId: string): string | undefined {
  const cutover = acts.findLast(
    ({ act, outcome, object }) =>
      act === "cutover" &&
      (outcome === "taken" || outcome === "lost") &&
      object.split(separator).includes(sourceText(sourceId)),
  );
  return cutover && sessionIn(cutover.object);
}
