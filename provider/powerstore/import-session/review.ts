import { MigrationError } from "../../core/errors.ts";
import type { InputFailure } from "../../core/inputs.ts";
import type { Review, Reviewed } from "../../core/lifecycle.ts";
import type { Step } from "../../core/settle.ts";
import type { ForwardAct } from "./acts.ts";
import { refusedGate, restWarning } from "./adopt.ts";
import { forwardOf } from "./desired.ts";
import { planForward, wayForward } from "./forward.ts";
import { shutGate } from "./gate.ts";
import { creationInputs, gateInputs, type ImportSessionInputs } from "./inputs.ts";
import { defaultSessionName } from "./naming.ts";
import { observedOf, type RecordedImport } from "./state.ts";
import { isKnownState, isOver, targetStates } from "./states.ts";
import { goneCopy, mayBeCutOverElsewhere } from "./wave.ts";

/** What a new session announces in preview. */
export function announceImport(inputs: ImportSessionInputs, nowMs: number): Pick<Review, "plan" | "warnings"> {
  const target = inputs.targetState ?? "Ready_For_Cutover";
  const start =
    inputs.sessionId === undefined
      ? `create session ${inputs.sessionName ?? defaultSessionName(inputs.resourceUrn)}`
      : `adopt session ${inputs.sessionId}`;
  const warnings = [...cutoverAtStake(inputs, inputs.sessionId ?? "", nowMs), ...forceAtStake(inputs)];
  return { plan: `${start}, bring it to ${target}`, warnings };
}

/** Decides from what was seen last what an update would do. */
export function reviewImport(reviewed: Reviewed<ImportSessionInputs, RecordedImport>): Review {
  const { recorded, earlier, isGone, before, inputs, changed, nowMs } = reviewed;
  const { state } = recorded;
  const isGoneCopy = isGone && mayBeCutOverElsewhere(inputs ?? before, state);
  const isLost = isGone && !state.adopted && !isGoneCopy;
  const replaces = isLost ? ["state"] : replacing(changed, state, inputs?.sessionId);
  if (replaces.length > 0) {
    const refusal = refusedReplacement(replaces, state);
    return {
      changes: true,
      replaces,
      plan: "another session",
      warnings: [replacement(replaces, state, isGone, inputs ?? before)],
      refusal,
    };
  }
  if (isGoneCopy) return { changes: false, replaces: [], warnings: [goneCopy(state.sessionId)] };
  if (inputs === undefined) {
    const isPastGate = state.state === "Import_Completed" && changed.every((name) => gateInputs.includes(name));
    return { changes: !isPastGate, replaces: [], warnings: [] };
  }
  const forward = forwardOf(inputs, state.sessionId, nowMs);
  // Where the start stands on the array is not recorded: it is moved only when the program moves it.
  const scheduledMs = changed.includes("scheduledTimestamp") ? forward.scheduledMs : undefined;
  const observed = isGone ? { session: undefined, members: [] } : observedOf(state);
  const step = planForward({ ...forward, scheduledMs, mayCreate: false, cutOverFrom: [] }, observed);
  if (step.kind === "stuck" && isReplaceable(state)) {
    const warnings = [replacement([`state (${state.state})`], state, isGone, inputs)];
    return { changes: true, replaces: ["state"], plan: step.reason, warnings };
  }
  const isAtRest = step.kind === "settled" || step.kind === "held";
  const isToldAlready = isAtRest && changed.length === 0;
  const warnings = [
    ...(isAtRest ? [] : cutoverAtStake(inputs, state.sessionId, nowMs)),
    ...(isToldAlready || isOver(state.state) ? [] : restWarning(state.cutsOverByItself, inputs)),
    ...(isToldAlready ? [] : forceAtStake(inputs)),
    ...(step.kind === "held" ? [step.reason] : []),
  ];
  return {
    changes: !isAtRest || changed.length > 0 || isUntold(step, earlier),
    replaces: [],
    plan: planText(step, changed),
    warnings,
    refusal:
      (changed.includes("targetState") ? refusedRetreat(before, inputs, state) : undefined) ??
      uselessGate(inputs, state),
  };
}

/**
 * Whether what is recorded says held where it is not, or the other way round: as after a refresh that could not read the state, or when somebody has done by
 * hand what it was held for.
 */
function isUntold({ kind }: Step<ForwardAct>, earlier: RecordedImport | undefined): boolean {
  if (earlier === undefined) return false;
  return earlier.held === undefined ? kind === "held" : kind === "settled";
}

/** What cannot be asked for, given what was asked for before. */
export function refuseImport(
  before: ImportSessionInputs | undefined,
  after: ImportSessionInputs,
  nowMs: number,
): InputFailure[] {
  const isMoved = before !== undefined && after.scheduledTimestamp !== before.scheduledTimestamp;
  const isPast = (after.scheduledTimestamp ?? Number.POSITIVE_INFINITY) <= nowMs;
  return isMoved && isPast ? [{ property: "scheduledTimestamp", reason: "lies in the past" }] : [];
}

/** An import only goes forward: asking for less than it has reached would say what is not so. */
function refusedRetreat(
  before: ImportSessionInputs | undefined,
  after: ImportSessionInputs,
  { sessionId, state }: RecordedImport,
) {
  const { targetState = "Ready_For_Cutover" } = after;
  if (before !== undefined && rankOf(after) >= rankOf(before)) return undefined;
  const row: readonly string[] = isKnownState(state) ? wayForward[state] : [];
  if (row.lastIndexOf("settled") <= rankOf(after)) return undefined;
  return new MigrationError({
    kind: "input",
    attempted: `bring import session ${sessionId} back to ${targetState}`,
    on: "PowerStore",
    answered: `the session is ${state} already, and an import only goes forward`,
    next: "Leave `targetState` where it was, or destroy the resource to cancel the import.",
  });
}

/** An adopted session may be one that the array cuts over by itself: then it does not wait for a gate. */
function uselessGate(inputs: ImportSessionInputs, { sessionId, state, cutsOverByItself }: RecordedImport) {
  return cutsOverByItself === true && !isOver(state) ? refusedGate(sessionId, inputs, "PowerStore") : undefined;
}

function rankOf({ targetState = "Ready_For_Cutover" }: ImportSessionInputs): number {
  return targetStates.indexOf(targetState);
}

/** A completed import is not made again by editing it: its source is stale, and the cutover would follow by itself. */
function refusedReplacement(causes: readonly string[], { sessionId, state }: RecordedImport) {
  if (state !== "Import_Completed") return undefined;
  return new MigrationError({
    kind: "input",
    attempted: `make another session because of ${causes.join(", ")}`,
    on: "PowerStore",
    answered: `import session ${sessionId} is complete`,
    next: "Take the change back; to import something else, declare another resource.",
  });
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

function cutoverAtStake(inputs: ImportSessionInputs, sessionId: string, nowMs: number): string[] {
  if (inputs.targetState !== "Import_Completed" || shutGate(inputs, sessionId, nowMs) !== undefined) return [];
  const source = inputs.sourceResourceId === undefined ? "the source is" : `source ${inputs.sourceResourceId} is`;
  return [`cutover: irreversible; ${source} no longer kept in sync`];
}

function forceAtStake({ forceCancel, forceCancelAfter }: ImportSessionInputs): string[] {
  const loss = "no rollback if the source or the hosts cannot be reached";
  if (forceCancel === true) return [`destroy would cancel with force: ${loss}`];
  if (forceCancelAfter !== undefined) return [`destroy would cancel with force if a graceful cancel fails: ${loss}`];
  return [];
}

function replacement(
  causes: readonly string[],
  { state, adopted }: RecordedImport,
  isGone: boolean,
  inputs: ImportSessionInputs | undefined,
): string {
  if (inputs?.wave?.part === "cutover") return "the wave's copy has another session: that one is cut over instead";
  if (isGone) return "the session is not there any more: another one is made and the copy starts again";
  const fate = adopted ? "the adopted session is cancelled" : "the session is cancelled";
  const first = isOver(state) ? "another session is made" : fate;
  return `replaced because of ${causes.join(", ")}: ${first} and the copy starts again`;
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
