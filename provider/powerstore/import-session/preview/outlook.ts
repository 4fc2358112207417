import type { Announcement } from "../../../core/lifecycle.ts";
import type { Step } from "../../../core/reconcile/step.ts";
import type { ImportSessionInputs } from "../inputs.ts";
import type { ForwardAction } from "../plan/actions.ts";
import { creationText, isEnding, isReady, type Place, planText } from "./plan-text.ts";
import { automaticCutover, type CutoverAhead, cutoverAhead, cutoverWarnings, forceWarnings } from "./stakes.ts";

/** What a new session announces in preview, by its inputs alone. */
export function announceImport(inputs: ImportSessionInputs, nowMs: number): Announcement {
  const { sessionId, targetState = "Ready_For_Cutover" } = inputs;
  const ahead = newCutover(inputs, nowMs);
  const plan =
    sessionId === undefined
      ? creationText(inputs, ahead, nowMs)
      : `adopt session ${sessionId}, bring it to ${targetState}${ahead === undefined ? "" : `; ${ahead.text}`}`;
  return { plan, warnings: [...cutoverWarnings(inputs, nowMs, ahead), ...forceWarnings(inputs)] };
}

/** The cutover of a session that is not there yet, or was not seen. */
function newCutover(inputs: ImportSessionInputs, nowMs: number): CutoverAhead | undefined {
  if (inputs.automaticCutover === true) return automaticCutover(inputs);
  return cutoverAhead(inputs, inputs.sessionId ?? "", nowMs, false);
}

/** What is announced of a session that is there already: one to adopt, or one that an earlier run made. */
export function announceFound(
  how: "adopt" | "go on, unless it is replaced, with",
  inputs: ImportSessionInputs,
  seen: SeenSession,
  step: Step<ForwardAction>,
  nowMs: number,
): Announcement {
  const { plan, warnings } = outlook(inputs, seen, step, nowMs);
  const start = `${how} session ${seen.sessionId} (${seen.state})`;
  return {
    plan: step.kind === "settled" ? `${start}: nothing to send` : `${start}; ${plan}`,
    warnings: [...warnings, ...forceWarnings(inputs)],
  };
}

/** A session as far as its outlook needs it. */
export interface SeenSession extends Place {
  readonly sessionId: string;
  readonly cutsOverByItself: boolean;
}

/** What a run would do from here, and what is at stake in it. */
export function outlook(
  inputs: ImportSessionInputs,
  seen: SeenSession,
  step: Step<ForwardAction>,
  nowMs: number,
): { readonly plan: string; readonly warnings: readonly string[] } {
  const ahead = seen.cutsOverByItself
    ? automaticCutover(inputs)
    : cutoverAhead(inputs, seen.sessionId, nowMs, isReady(seen.state));
  const plan = planText(step, inputs, seen, ahead);
  switch (step.kind) {
    case "settled":
      return { plan, warnings: [] };
    case "held":
    case "stuck":
      return { plan, warnings: [plan] };
    case "act":
      if (step.actions.some(({ name }) => name === "cutover")) return { plan, warnings: [plan] };
      return { plan, warnings: cutoverWarnings(inputs, nowMs, ahead) };
    case "wait":
      return { plan, warnings: isEnding(seen.state) ? parting(seen) : cutoverWarnings(inputs, nowMs, ahead) };
  }
}

/** A session that the array takes back leads nowhere, but has not arrived there. */
function parting({ sessionId, state }: SeenSession): string[] {
  if (state === "Cutover_In_Progress") return [];
  return [`session ${sessionId} is being taken back on the array: the run fails when that is done`];
}
