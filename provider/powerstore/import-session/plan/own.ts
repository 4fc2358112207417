import type { Foreseen, Step } from "../../../core/reconcile/step.ts";
import type { ObservedImport } from "../observed.ts";
import { strangersMark } from "../owner.ts";
import type { ImportTarget } from "../target.ts";
import type { ImportAction } from "./actions.ts";

/** Sends nothing to a session that carries a stranger's mark: a second stack may hold a copy of the state. */
export function ownOnly(
  foreseen: Foreseen<ImportAction>,
  observed: ObservedImport,
  target: ImportTarget,
): Foreseen<ImportAction> {
  const mark = strangersMark(observed.session, target);
  if (mark === undefined) return foreseen;
  const held = (step: Step<ImportAction>) => (step.kind === "act" ? strange(observed, mark) : step);
  if (foreseen.kind !== "fork") return held(foreseen);
  return { ...foreseen, step: held(foreseen.step), otherwise: held(foreseen.otherwise) };
}

function strange({ session }: ObservedImport, mark: string): Step<ImportAction> {
  return {
    kind: "stuck",
    as: "identity",
    reason: `session ${session?.id} carries the mark ${mark} of another stack or resource`,
    next: `If this stack shall drive it from now on, declare sessionId: "${session?.id}" instead of what it was created with.`,
  };
}
