import { isDeepStrictEqual } from "node:util";
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
import { isOver, type TargetState, targetStates } from "./states.ts";

/** What a new session announces in preview. */
export function announceImport(inputs: ImportSessionInputs, nowMs: number): Pick<Review, "plan" | "warnings"> {
  const target = inputs.targetState ?? "Ready_For_Cutover";
  const start =
    inputs.sessionId === undefined
      ? `create session ${inputs.sessionName ?? defaultSessionName(inputs.resourceUrn)}`
      : `adopt session ${inputs.sessionId}`;
  const warnings = [...cutoverAtStake(inputs, inputs.sessionId ?? "", target, nowMs), ...forceAtStake(inputs)];
  return { plan: `${start}, bring it to ${target}`, warnings };
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
    return { changes: true, replaces, plan: "another session", warnings: [replacement(replaces, state)] };
  if (inputs === undefined) return { changes: true, replaces: [], warnings: [] };
  const forward = forwardOf(inputs, state.sessionId, nowMs);
  // Where the start stands on the array is not recorded: it is moved only when the program moves it.
  const scheduledMs = changed.includes("scheduledTimestamp") ? forward.scheduledMs : undefined;
  const step = planForward({ ...forward, scheduledMs, mayCreate: false, cutOverFrom: [] }, observedOf(state));
  if (step.kind === "stuck" && isReplaceable(state)) {
    return {
      changes: true,
      replaces: ["state"],
      plan: step.reason,
      warnings: [replacement([`state (${state.state})`], state)],
    };
  }
  const isAtRest = step.kind === "settled" || step.kind === "held";
  const target = inputs.targetState ?? "Ready_For_Cutover";
  const warnings = [
    ...(isAtRest ? [] : cutoverAtStake(inputs, state.sessionId, target, nowMs)),
    ...(isAtRest && changed.length === 0 ? [] : forceAtStake(inputs)),
  ];
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
  if (before !== undefined && isSameSession(before, after) && rank(after) < rank(before)) {
    failures.push({
      property: "targetState",
      reason: `cannot move back from ${before.targetState ?? "Ready_For_Cutover"} to ${after.targetState ?? "Ready_For_Cutover"}: an import only goes forward`,
    });
  }
  return failures;
}

/** Another session starts anew, so it may be brought less far. */
function isSameSession(before: ImportSessionInputs, after: ImportSessionInputs): boolean {
  const names = (["array", "sessionId", ...creationInputs] as const).filter((name) => name !== "scheduledTimestamp");
  return names.every((name) => isDeepStrictEqual(before[name], after[name]));
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

function cutoverAtStake(inputs: ImportSessionInputs, sessionId: string, target: TargetState, nowMs: number): string[] {
  if (target !== "Import_Completed" || shutGate(inputs, sessionId, nowMs) !== undefined) return [];
  const source = inputs.sourceResourceId === undefined ? "the source is" : `source ${inputs.sourceResourceId} is`;
  return [`cutover: irreversible; ${source} no longer kept in sync`];
}

function forceAtStake({ forceCancel, forceCancelAfter }: ImportSessionInputs): string[] {
  const loss = "no rollback if the source or the hosts cannot be reached";
  if (forceCancel === true) return [`destroy would cancel with force: ${loss}`];
  if (forceCancelAfter !== undefined) return [`destroy would cancel with force if a graceful cancel fails: ${loss}`];
  return [];
}

function replacement(causes: readonly string[], { state, adopted }: RecordedImport): string {
  const because = `replaced because of ${causes.join(", ")}`;
  if (state === "Import_Completed") return `${because}: the import is complete and stays; another one begins`;
  const fate = adopted ? "the adopted session is cancelled" : "the session is cancelled";
  return `${because}: ${isOver(state) ? "another session is made" : fate} and the copy starts again`;
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
