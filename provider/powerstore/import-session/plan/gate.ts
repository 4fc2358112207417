import type { Moment } from "../../../core/reconcile/step.ts";
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
 * @returns in `closed` why it is certain to be held, which is empty where nothing holds it, and what may hold it
 */
export function gateOf(target: ImportTarget, observed: ObservedImport, moment: Moment) {
  const parts = [waveGate(target, observed, moment), approvalGate(target, observed), windowGate(target, moment)];
  return {
    closed: parts.flatMap((part) => (typeof part === "string" ? [part] : [])),
    doubts: parts.flatMap((part) => (typeof part === "object" ? [part] : [])),
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
  const { cutoverApproval: approval } = inputs;
  const sessionId = session?.id ?? run.sessionId ?? "";
  const held = `held until approved: set cutoverApproval to ${sessionId === "" ? "the session's id" : `"${sessionId}"`}`;
  const isUnknown = unknown.includes("cutoverApproval");
  if (approval === undefined && !isUnknown) return undefined;
  // An empty approval always holds, also while there is no session whose id could be given.
  if (approval === "") return held;
  if (isUnknown || (sessionId === "" && unknown.includes("sessionId")))
    return { opensWhen: "cutoverApproval does not hold it", held };
  return approval === sessionId ? undefined : held;
}

function windowGate({ inputs, unknown }: ImportTarget, { nowMs, isNow }: Moment): Part {
  const { notBefore = Number.NEGATIVE_INFINITY, notAfter = Number.POSITIVE_INFINITY } = inputs.cutoverWindow ?? {};
  if (unknown.includes("cutoverWindow"))
    return { opensWhen: "cutoverWindow does not hold it", held: "held: the cutover window is not open" };
  if (nowMs >= notAfter) return `held: the cutover window closed at ${declaredMomentText(notAfter)}`;
  const isAhead = nowMs < notBefore;
  const opens = isAhead ? `held until ${declaredMomentText(notBefore)}, when the cutover window opens` : undefined;
  if (isNow) return opens;
  if (notAfter === Number.POSITIVE_INFINITY)
    return opens && { opensWhen: `ready after ${declaredMomentText(notBefore)}`, held: opens };
  const closes = declaredMomentText(notAfter);
  if (!isAhead) return { opensWhen: `ready before ${closes}`, held: `held: the cutover window closes at ${closes}` };
  const opening = declaredMomentText(notBefore);
  return {
    opensWhen: `ready between ${opening} and ${closes}`,
    held: `held: the cutover window is open from ${opening} to ${closes} only`,
  };
}
