import type { ProgressMarker } from "../../../core/reconcile/stall.ts";
import type { WireSession } from "../../wire.ts";
import type { ObservedImport } from "../plan/forward.ts";

/**
 * What shows whether an import gets on: states, percents, and the current rate while it is above 0. The average rate and the estimate go on changing
 * while nothing is copied. Undefined while a session waits for its scheduled start, or in the queue behind other imports.
 */
export function movementOf({ session, members }: ObservedImport, nowMs: number): ProgressMarker | undefined {
  if (session === undefined) return { fingerprint: "none", text: "no session" };
  const all = [session, ...members];
  const isWaitingItsTurn = all.some(({ state }) => state === "Queued");
  const isAtWork = members.some(({ state }) => state !== "Queued" && state !== "Scheduled");
  if ((isWaitingItsTurn || isAhead(session, nowMs)) && !isAtWork) return undefined;
  return { fingerprint: JSON.stringify(all.map(signOf)), text: shownText({ session, members }) };
}

/** In the array's words: `Copy_In_Progress, 43%, 0 MB/s`; of a group its members by their states. */
export function shownText({ session, members }: ObservedImport): string {
  if (session === undefined) return "no session";
  const { state, progress_percentage: percent, current_transfer_rate: rate, error } = session;
  const byState = Map.groupBy(members, (member) => member.state);
  const counted = [...byState].map(([word, those]) => `${those.length} ${word}`).join(", ");
  const parts = [
    state,
    ...(percent === undefined ? [] : [`${percent}%`]),
    ...(rate === undefined ? [] : [`${Math.round(rate / 1e6)} MB/s`]),
    ...(counted === "" ? [] : [`members: ${counted}`]),
    ...(error === undefined ? [] : [[error.code, error.message_l10n].filter(Boolean).join(" ")]),
  ];
  return parts.join(", ");
}

function signOf({ state, progress_percentage, current_transfer_rate, error }: WireSession): unknown[] {
  return [state, progress_percentage, current_transfer_rate, error?.code];
}

function isAhead({ state, scheduled_timestamp }: WireSession, nowMs: number): boolean {
  return state === "Scheduled" && !(Date.parse(scheduled_timestamp ?? "") <= nowMs);
}
