import { declaredMomentText } from "../../../core/text/moment.ts";

/** The inputs that can shut the way to the cutover. */
export interface CutoverGate {
  readonly cutoverWindow?:
    | { readonly notBefore?: number | undefined; readonly notAfter?: number | undefined }
    | undefined;
  readonly cutoverApproval?: string | undefined;
  readonly wave?: { readonly part: "copy" } | { readonly part: "cutover"; readonly hold: string } | undefined;
}

/** Why the cutover may not be sent now; undefined when it may. */
export function closedGate(gate: CutoverGate, sessionId: string, nowMs: number): string | undefined {
  const { notBefore, notAfter } = gate.cutoverWindow ?? {};
  const { cutoverApproval, wave } = gate;
  if (wave?.part === "cutover" && wave.hold !== "") return `held: ${wave.hold}`;
  // An empty approval holds always, also while there is no session whose id could be given.
  if (cutoverApproval !== undefined && (cutoverApproval === "" || cutoverApproval !== sessionId)) {
    return `held until approved: set cutoverApproval to ${sessionId === "" ? "the session's id" : `"${sessionId}"`}`;
  }
  if (notBefore !== undefined && nowMs < notBefore)
    return `held until ${declaredMomentText(notBefore)}, when the cutover window opens`;
  if (notAfter !== undefined && nowMs >= notAfter)
    return `held: the cutover window closed at ${declaredMomentText(notAfter)}`;
  return undefined;
}
