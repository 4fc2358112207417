import type { Sight } from "../../core/forecast.ts";
import type { Step } from "../../core/settle.ts";
import type { WireSession } from "../wire.ts";
import type { ForwardAct } from "./acts.ts";
import type { ObservedImport } from "./forward.ts";

/** What a person watching sees (`nowMs` by the array's clock): stage, percent, rate and time left, as far as the array says them. */
export function progressText(observed: ObservedImport, step: Step<ForwardAct>, nowMs: number): string {
  const { session } = observed;
  if (session === undefined || session.state !== "Copy_In_Progress") return step.reason;
  const percent = session.progress_percentage === undefined ? "" : ` ${session.progress_percentage}%`;
  const rate = session.current_transfer_rate === undefined ? undefined : rateText(session.current_transfer_rate);
  const leftMs = copyLeftMs(session, nowMs);
  const left = leftMs === undefined ? undefined : `ready in ${durationText(leftMs)}`;
  return [`${step.reason}${percent}`, rate, left].filter((part) => part !== undefined).join(", ");
}

/** How long the array says the copy still takes, in milliseconds; undefined while nothing is copied. */
function copyLeftMs(session: WireSession | undefined, nowMs: number): number | undefined {
  const atMs = session?.state === "Copy_In_Progress" ? Date.parse(session.estimated_completion_timestamp ?? "") : NaN;
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

/** What a forecast of the copy goes by. */
export function copySight(session: WireSession | undefined, nowMs: number): Sight {
  const isCopying = session?.state === "Copy_In_Progress";
  return { nowMs, toldMs: copyLeftMs(session, nowMs), percent: isCopying ? session.progress_percentage : undefined };
}

function rateText(bytesPerSecond: number): string {
  return bytesPerSecond >= 1e9
    ? `${(bytesPerSecond / 1e9).toFixed(1)} GB/s`
    : `${Math.round(bytesPerSecond / 1e6)} MB/s`;
}

function durationText(lengthMs: number): string {
  const minutes = Math.ceil(lengthMs / 60_000);
  if (minutes < 1) return "less than a minute";
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes}m` : `${hours}h${`${minutes % 60}`.padStart(2, "0")}m`;
}
