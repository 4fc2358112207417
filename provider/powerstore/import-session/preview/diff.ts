import { MigrationError } from "../../../core/errors.ts";
import { type InputFailure, knownChanges } from "../../../core/inputs.ts";
import type { Review, Reviewed } from "../../../core/lifecycle.ts";
import type { Step } from "../../../core/reconcile/step.ts";
import { gateInputs, type ImportSessionInputs, identifyingInputs } from "../inputs.ts";
import { refusedGate, restWarning } from "../observe/adopt.ts";
import { cutoverOfAnother, goneCopy, mayBeCutOverElsewhere } from "../observe/wave.ts";
import type { ForwardAction } from "../plan/actions.ts";
import { planForward } from "../plan/forward.ts";
import { goalOf } from "../plan/goal.ts";
import { assumedOf, type RecordedImport } from "../recorded.ts";
import { isKnownState, isOver, targetStates } from "../states.ts";
import { forwardMoves } from "../way-forward.ts";
import { outlook, type SeenSession } from "./outlook.ts";
import { reviewPartlyKnown } from "./partly-known.ts";
import { forceWarnings, replacementText } from "./stakes.ts";

/** Decides from what was seen last what an update would do. */
export function reviewImport(reviewed: Reviewed<ImportSessionInputs, RecordedImport>): Review {
  const { recorded, earlier, isGone, before, inputs, partly, changed, nowMs } = reviewed;
  const { state } = recorded;
  const isGoneCopy = isGone && mayBeCutOverElsewhere(inputs ?? before, state);
  const isLost = isGone && !state.adopted && !isGoneCopy;
  const replaces = isLost ? ["state"] : replacing(knownChanges(changed, partly), state, inputs?.sessionId);
  if (replaces.length > 0) return reviewReplacement(replaces, replaces, isGoneCopy, reviewed);
  if (isGoneCopy) return { changes: false, replaces: [], warnings: [goneCopy(state.sessionId)] };
  if (inputs === undefined) {
    const isPastGate = state.state === "Import_Completed" && changed.every((name) => gateInputs.includes(name));
    const atStake = partly === undefined ? { warnings: [] } : reviewPartlyKnown(partly, state, nowMs);
    return { changes: !isPastGate, replaces: [], ...atStake };
  }
  const forward = goalOf(inputs, state.sessionId, nowMs);
  // Where the start stands on the array is not recorded: it is moved only when the program moves it.
  const scheduledMs = changed.includes("scheduledTimestamp") ? forward.scheduledMs : undefined;
  const observed = isGone ? { session: undefined, members: [] } : assumedOf(state);
  const step = planForward({ ...forward, scheduledMs, mayCreate: false, cutOverFrom: [] }, observed);
  if (step.kind === "stuck" && isReplaceable(state))
    return reviewReplacement(["state"], [`state (${state.state})`], false, reviewed);
  const isAtRest = step.kind === "settled" || step.kind === "held";
  const isToldAlready = isAtRest && changed.length === 0;
  const isForceNew = changed.some((name) => name === "forceCancel" || name === "forceCancelAfter");
  const { plan, warnings } = outlook(inputs, seenOf(state), step, nowMs);
  return {
    changes: !isAtRest || changed.length > 0 || isUntold(step, earlier),
    replaces: [],
    plan: step.kind === "settled" && changed.length === 0 ? undefined : plan,
    warnings: [
      ...warnings,
      ...(isToldAlready || isOver(state.state) ? [] : restWarning(state.cutsOverByItself, inputs)),
      ...(isForceNew ? forceWarnings(inputs) : []),
    ],
    refusal:
      (changed.includes("targetState") ? refusedRetreat(before, inputs, state) : undefined) ??
      uselessGate(inputs, state),
  };
}

function seenOf({ sessionId, state, sessionType, cutsOverByItself }: RecordedImport): SeenSession {
  return { sessionId, state, type: sessionType, cutsOverByItself: cutsOverByItself === true };
}

/** Another session takes the place of the recorded one: that one is announced when it is checked. */
function reviewReplacement(
  replaces: readonly string[],
  causes: readonly string[],
  isGoneCopy: boolean,
  { recorded, isGone, before, inputs }: Reviewed<ImportSessionInputs, RecordedImport>,
): Review {
  const { state } = recorded;
  const text =
    (inputs ?? before)?.wave?.part === "cutover" ? cutoverOfAnother : replacementText(causes, state, isGone, before);
  return {
    changes: true,
    replaces,
    plan: text,
    warnings: [text],
    refusal: refusedReplacement(causes, state, isGoneCopy),
  };
}

/**
 * Whether what is recorded says held where it is not, or the other way round: as after a refresh that could not read the state, or when somebody has done by
 * hand what it was held for.
 */
function isUntold({ kind }: Step<ForwardAction>, earlier: RecordedImport | undefined): boolean {
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
  const row: readonly string[] = isKnownState(state) ? forwardMoves[state] : [];
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
function refusedReplacement(causes: readonly string[], { sessionId, state }: RecordedImport, isGoneCopy: boolean) {
  if (state !== "Import_Completed" && !isGoneCopy) return undefined;
  return new MigrationError({
    kind: "input",
    attempted: `make another session because of ${causes.join(", ")}`,
    on: "PowerStore",
    answered: `import session ${sessionId} is complete${isGoneCopy ? ", or gone" : ""}`,
    next: "Take the change back; to import something else, declare another resource.",
  });
}

/** Why Pulumi, told to replace without asking for a difference, must not have its way. */
export function refusedSuccessor(state: RecordedImport, successor: ImportSessionInputs): MigrationError | undefined {
  if (successor.sessionId !== state.sessionId || isOver(state.state))
    return refusedReplacement(["what Pulumi was told to replace"], state, false);
  return new MigrationError({
    kind: "input",
    attempted: `replace import session ${state.sessionId}`,
    on: "PowerStore",
    answered: "the program adopts the very session that would be cancelled for it",
    next: "Nothing was sent. Leave out what makes Pulumi replace it, or destroy the resource to cancel the import.",
  });
}

/** The changed inputs that mean another session. */
function replacing(changed: readonly string[], state: RecordedImport, sessionId: string | undefined): string[] {
  if (changed.includes("array")) return ["array"];
  // Naming the recorded session itself only changes how the program speaks of it.
  if (sessionId === state.sessionId) return [];
  return identifyingInputs.filter((name) => changed.includes(name));
}

function isReplaceable({ state, adopted }: RecordedImport): boolean {
  return !adopted && (state === "Failed" || state === "Cancelled");
}
