import type { InputFailure } from "../../core/inputs.ts";
import type { Review, Reviewed } from "../../core/lifecycle.ts";
import type { Step } from "../../core/settle.ts";
import type { ForwardAct } from "./acts.ts";
import { forwardOf } from "./desired.ts";
import { planForward } from "./forward.ts";
import { shutGate } from "./gate.ts";
import { creationInputs, type ImportSessionInputs } from "./inputs.ts";
import { defaultSessionName } from "./naming.ts";
import { observedOf, type RecordedImport } from "./state.ts";
import { type TargetState, targetStates } from "./states.ts";

/** What a new session announces in preview. */
export function announceImport(inputs: ImportSessionInputs, nowMs: number): Pick<Review, "plan" | "warnings"> {
  const target = inputs.targetState ?? "Ready_For_Cutover";
  const start =
    inputs.sessionId === undefined
      ? `create session ${inputs.sessionName ?? defaultSessionName(inputs.resourceUrn)}`
      : `adopt session ${inputs.sessionId}`;
  return { plan: `${start}, bring it to ${target}`, warnings: atStake(inputs, inputs.sessionId ?? "", target, nowMs) };
}

/** Decides from what is recorded, without asking the array, what an update would do. */
export function reviewImport({
  recorded,
  inputs,
  changed,
  nowMs,
}: Reviewed<ImportSessionInputs, RecordedImport>): Review {
  const { state } = recorded;
  const replaces = replacing(changed, state, inputs?.sessionId);
  if (replaces.length > 0)
    return { changes: true, replaces, plan: "another session", warnings: [copyStartsAgain(replaces)] };
  if (inputs === undefined) return { changes: true, replaces: [], warnings: [] };
  const step = planForward({ ...forwardOf(inputs, state.sessionId, nowMs), mayCreate: false }, observedOf(state));
  if (step.kind === "stuck" && isReplaceable(state)) {
    return {
      changes: true,
      replaces: ["state"],
      plan: step.reason,
      warnings: [copyStartsAgain([`state (${state.state})`])],
    };
  }
  const isAtRest = step.kind === "settled" || step.kind === "held";
  const warnings = isAtRest ? [] : atStake(inputs, state.sessionId, inputs.targetState ?? "Ready_For_Cutover", nowMs);
  return { changes: !isAtRest || changed.length > 0, replaces: [], plan: planText(step, changed), warnings };
}

/** What cannot be asked for, given what was asked for before. */
export function refuseImport(
  before: ImportSessionInputs | undefined,
  after: ImportSessionInputs,
  nowMs: number,
): InputFailure[] {
  const failures: InputFailure[] = [];
  const isNewStart = after.scheduledTimestamp !== undefined && after.scheduledTimestamp !== before?.scheduledTimestamp;
  if (isNewStart && (after.scheduledTimestamp ?? 0) <= nowMs) {
    failures.push({ property: "scheduledTimestamp", reason: "lies in the past; leave it out to start at once" });
  }
  const isSameSession =
    before !== undefined && before.sessionId === after.sessionId && before.sourceResourceId === after.sourceResourceId;
  if (isSameSession && rank(after) < rank(before)) {
    failures.push({
      property: "targetState",
      reason: `cannot move back from ${before.targetState ?? "Ready_For_Cutover"} to ${after.targetState ?? "Ready_For_Cutover"}: an import only goes forward`,
    });
  }
  return failures;
}

function rank({ targetState = "Ready_For_Cutover" }: ImportSessionInputs): number {
  return targetStates.indexOf(targetState);
}

/** The changed inputs that mean another session. The scheduled start is moved in place. */
function replacing(changed: readonly string[], state: RecordedImport, sessionId: string | undefined): string[] {
  if (changed.includes("array")) return ["array"];
  // Naming the recorded session itself only changes how the program speaks of it.
  if (sessionId === state.sessionId) return [];
  const creation: readonly string[] = ["sessionId", ...creationInputs];
  return changed.filter((name) => creation.includes(name) && name !== "scheduledTimestamp");
}

function isReplaceable({ state, adopted }: RecordedImport): boolean {
  return !adopted && (state === "Failed" || state === "Cancelled");
}

function atStake(inputs: ImportSessionInputs, sessionId: string, target: TargetState, nowMs: number): string[] {
  const source = inputs.sourceResourceId === undefined ? "the source is" : `source ${inputs.sourceResourceId} is`;
  const cutsOver = target === "Import_Completed" && shutGate(inputs, sessionId, nowMs) === undefined;
  return [
    ...(cutsOver ? [`cutover: irreversible; ${source} no longer kept in sync`] : []),
    ...(inputs.forceCancel === true
      ? ["destroy would cancel with force: no rollback if the source or the hosts cannot be reached"]
      : []),
  ];
}

function copyStartsAgain(causes: readonly string[]): string {
  return `replaced because of ${causes.join(", ")}: the session is cancelled and the copy starts again`;
}

function planText(step: Step<ForwardAct>, changed: readonly string[]): string | undefined {
  switch (step.kind) {
    case "settled":
      return changed.length === 0 ? undefined : `${step.reason}: nothing to send`;
    case "held":
      return step.reason;
    case "act":
      return `would send ${step.acts.map(({ name }) => name).join(", ")}`;
    case "wait":
      return `would wait: ${step.reason}`;
    case "stuck":
      return step.reason;
  }
}
