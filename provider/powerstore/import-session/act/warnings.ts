import { momentText } from "../../../core/text/moment.ts";
import type { WireSession } from "../../wire.ts";
import type { ImportSessionInputs } from "../inputs.ts";
import { creatorOf, markOf, ownershipMark } from "../naming.ts";
import { isLeftover, type ObservedImport } from "../observed.ts";
import { strangersMark } from "../owner.ts";
import { irreversible } from "../plan/actions.ts";
import { isBeforeCutover, isPastCutover, notObservedYet } from "../states.ts";
import { type ImportTarget, isAdopting } from "../target.ts";

/** What somebody should know who sees this, besides what is sent. */
export function importWarnings(observed: ObservedImport, target: ImportTarget): readonly string[] {
  const { inputs, operation, isPreview } = target;
  const ofOwner = ownerWarnings(observed, target);
  if (operation.kind === "read") return ofOwner;
  if (operation.kind === "delete") return [...ofOwner, ...cancelWarnings(observed)];
  return [
    ...ofOwner,
    ...automaticWarnings(observed, target),
    ...clockWarnings(observed, target),
    // Pulumi asks no provider in a preview of a destroy: it is said when the resource is new, and when it changes.
    ...(isPreview && operation.kind !== "update" ? forceWarnings(inputs) : []),
  ];
}

/** A session that is taken over, or that somebody else has marked. */
function ownerWarnings(observed: ObservedImport, target: ImportTarget): readonly string[] {
  const { session, run, isFirst = false } = observed;
  const { inputs, urn, operation, recorded } = target;
  // The session of the same wave's copy, which a destroy leaves alone.
  if (session === undefined || inputs.wave?.part === "cutover") return [];
  const mark = isAdopting(target) ? markOf(session) : strangersMark(session, target);
  if (mark !== undefined && mark !== ownershipMark(urn))
    return [
      `session ${session.id} carries the mark of another Pulumi resource: destroying either of the two cancels it`,
    ];
  const isFound = recorded === undefined && inputs.sessionId === undefined && run.sessionId === session.id;
  return isFound && isFirst && operation.kind === "create" ? [takeoverText(session, urn)] : [];
}

function takeoverText(session: WireSession, urn: string): string {
  const { id, state, progress_percentage: percent, last_update_timestamp: at } = session;
  const isOwn = markOf(session) === ownershipMark(urn);
  const creator = creatorOf(session, urn);
  const shown = [
    state,
    ...(percent === undefined ? [] : [`${percent}% copied`]),
    ...(at === undefined ? [] : [`last change ${at}`]),
  ];
  const what = isOwn ? "continues with import session" : "takes over import session";
  return `${what} ${id}${isOwn || creator === undefined ? "" : ` of ${creator}`}, ${shown.join(", ")}`;
}

/** What a destroy would do that a preview of a destroy cannot say. */
export function forceWarnings({ forceCancel, forceCancelAfter }: ImportSessionInputs): readonly string[] {
  const end = "if the source or the hosts are unreachable, it ends without a rollback";
  if (forceCancel) return [`on destroy: the import is force-cancelled; ${end}`];
  if (forceCancelAfter === undefined) return [];
  return [`on destroy: the import is force-cancelled if the graceful cancel fails or takes too long; ${end}`];
}

/** The array cuts some sessions over automatically: no run sends that, and no gate holds it. */
function automaticWarnings(observed: ObservedImport, target: ImportTarget): readonly string[] {
  const { session, run } = observed;
  const { automaticCutover, targetState } = target.inputs;
  const isToBeMade = session === undefined ? run.sessionId === undefined : isLeftover(run, session);
  const isAutomatic = automaticCutover === true || session?.automatic_cutover === true;
  const isAhead = isToBeMade || session?.state === notObservedYet || isBeforeCutover(session?.state ?? "");
  if (!isAutomatic || !isAhead) return [];
  const rest =
    targetState === "Import_Completed"
      ? []
      : [`the array cuts over automatically: the session does not rest at ${targetState}`];
  return [irreversible("automatic cutover", { observed, target }), ...rest];
}

// Nobody plans a cutover to the minute, and clocks that nothing synchronises drift further.
const maxDifferenceMs = 60_000;

/** Whoever declares a window reads one of the two clocks. Told once: the times differ in each read. */
function clockWarnings(
  { session, atMs, aheadMs = 0, isFirst = false }: ObservedImport,
  target: ImportTarget,
): string[] {
  const isGated = target.inputs.cutoverWindow !== undefined || target.unknown.includes("cutoverWindow");
  if (
    !(isFirst || target.isPreview) ||
    !isGated ||
    Math.abs(aheadMs) <= maxDifferenceMs ||
    isPastCutover(session?.state)
  )
    return [];
  const [arrays, ours] = [minuteText(atMs), minuteText(atMs - aheadMs)];
  return [
    `the array's clock shows ${arrays} and this machine's ${ours}: a cutover window is open only when it is by both`,
  ];
}

/** A difference between clocks is told to the minute: `2026-12-05T22:00Z`. */
function minuteText(atMs: number): string {
  return momentText(atMs).replace(/:\d\dZ$/, "Z");
}

/** A cancel that was sent shows as Failed where the hosts did not follow. */
function cancelWarnings({ session, run: { cancels } }: ObservedImport): readonly string[] {
  if (!cancels.hasMoved || session?.state !== "Failed") return [];
  return ["the cancel ended as Failed, not Cancelled: check that the hosts use the source volume again"];
}
