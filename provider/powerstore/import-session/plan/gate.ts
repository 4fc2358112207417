import type { Moment } from "../../../core/reconcile/step.ts";
import { durationText } from "../../../core/text/duration-text.ts";
import { declaredMomentText } from "../../../core/text/moment.ts";
import type { ObservedImport } from "../observed.ts";
import type { ImportTarget } from "../target.ts";

/** What may hold a cutover, as far as that is not known. */
export interface GateDoubt {
  /** When it is open, to be read after `if`: `ready between 22:00 and 04:00`. */
  readonly opensWhen: string;
  /** Why the cutover is held otherwise. */
  readonly held: string;
}

/**
 * What holds the cutover at a moment. Whatever is not known, an input or the time at which the session is ready, is neither open nor closed.
 *
 * A run asks it twice: for its plan, and right before the request leaves.
 *
 * @returns in `closed` why it is certain to be held, which is empty where nothing holds it; what may hold it; in `ahead` the same for a session that has not come so far
 */
export function gateOf(target: ImportTarget, observed: ObservedImport, moment: Moment) {
  const people = [waveGate(target, observed, moment), approvalGate(target, observed)];
  const parts = [...people, windowGate(target, observed, moment)];
  return {
    closed: parts.filter((part) => typeof part === "string"),
    doubts: parts.filter((part) => typeof part === "object"),
    ahead: [...people, windowAhead(target)].filter((part) => typeof part === "string"),
  };
}

/** Why it is closed, or what is doubtful about it. Undefined: it is open. */
type Part = string | GateDoubt | undefined;

function waveGate({ inputs, unknown }: ImportTarget, { unready }: ObservedImport, { isNow }: Moment): Part {
  const { wave } = inputs;
  if (unknown.includes("wave")) return { opensWhen: "the wave does not hold it", held: "held by the wave" };
  if (wave?.part !== "cutover") return undefined;
  if (wave.hold !== "") return `held: ${wave.hold}`;
  if (isNow) return unready;
  return { opensWhen: "all members of the wave are ready", held: "held: a member of the wave is not ready" };
}

function approvalGate({ inputs, unknown }: ImportTarget, { session, run }: ObservedImport): Part {
  const code = inputs.cutoverApproval?.code;
  const sessionId = session?.id ?? run.sessionId ?? "";
  const held = `held until approved: set cutoverApproval to { code: ${sessionId === "" ? "the session's id" : `"${sessionId}"`} }`;
  const isUnknown = unknown.includes("cutoverApproval");
  if (code === undefined && !isUnknown) return undefined;
  // Without a code it always holds, also while there is no session whose id could be given.
  if (code === "") return held;
  if (isUnknown || (sessionId === "" && unknown.includes("sessionId")))
    return { opensWhen: "cutoverApproval does not hold it", held };
  return code === sessionId ? undefined : held;
}

/** It is open only if both clocks say so: this machine's may be hours off, and so may the array's. */
function windowGate({ inputs, unknown }: ImportTarget, { aheadMs }: ObservedImport, moment: Moment): Part {
  if (unknown.includes("cutoverWindow"))
    return { opensWhen: "cutoverWindow does not hold it", held: "held: the cutover window is not open" };
  if (inputs.cutoverWindow === undefined) return undefined;
  return windowPart(inputs.cutoverWindow, moment, aheadMs ?? 0) ?? (aheadMs === undefined ? untoldTime : undefined);
}

type Window = NonNullable<ImportTarget["inputs"]["cutoverWindow"]>;

function windowPart({ notBefore, notAfter }: Window, { nowMs, isNow }: Moment, aheadMs: number): Part {
  const arrayMs = nowMs + aheadMs;
  const closes = notAfter === undefined ? undefined : declaredMomentText(notAfter);
  if (notAfter !== undefined && Math.max(nowMs, arrayMs) >= notAfter)
    return `held: the cutover window closed at ${closes}${byClock(nowMs >= notAfter, arrayMs >= notAfter, aheadMs)}`;
  if (notBefore === undefined || Math.min(nowMs, arrayMs) >= notBefore)
    return isNow || closes === undefined
      ? undefined
      : { opensWhen: `ready before ${closes}`, held: `held: the cutover window closes at ${closes}` };
  const opening = declaredMomentText(notBefore);
  const by = byClock(nowMs < notBefore, arrayMs < notBefore, aheadMs);
  const held = `held until ${opening}${by}, when the cutover window opens`;
  if (isNow) return held;
  return closes === undefined
    ? { opensWhen: `ready after ${opening}`, held }
    : {
        opensWhen: `ready between ${opening} and ${closes}`,
        held: `held: the cutover window is open from ${opening} to ${closes} only`,
      };
}

/** The window as it is declared, because nobody knows when the session comes so far. */
function windowAhead({ inputs: { cutoverWindow } }: ImportTarget): string | undefined {
  if (cutoverWindow === undefined) return undefined;
  const { notBefore, notAfter } = cutoverWindow;
  const from = notBefore === undefined ? "" : ` from ${declaredMomentText(notBefore)}`;
  const to = notAfter === undefined ? "" : ` to ${declaredMomentText(notAfter)}`;
  return `held outside the cutover window${from}${to}`;
}

/** Which clock holds it, if the other one does not. */
function byClock(isOurs: boolean, isTheArrays: boolean, aheadMs: number): string {
  if (isOurs === isTheArrays) return "";
  const [holder, other] = isOurs ? ["this machine's", "the array's"] : ["the array's", "this machine's"];
  const isAhead = aheadMs > 0 !== isOurs;
  return ` by ${holder} clock, which is ${durationText(Math.abs(aheadMs))} ${isAhead ? "ahead of" : "behind"} ${other}`;
}

const untoldTime: GateDoubt = {
  opensWhen: "the array's clock agrees",
  held: "held: the array does not report its time, so nobody knows whether the cutover window is open",
};
