import { MigrationError } from "../../../core/errors.ts";
import type { InputFailure } from "../../../core/inputs.ts";
import type { DiffAnswer, DiffQuestion, Recorded } from "../../../core/resource.ts";
import { forceWarnings } from "../act/warnings.ts";
import { gateInputs, type ImportSessionInputs, identifyingInputs } from "../inputs.ts";
import { uselessGate } from "../observe/adopt.ts";
import type { ObservedImport } from "../observed.ts";
import { type ImportAction, noRollback } from "../plan/actions.ts";
import type { RecordedImport } from "../recorded.ts";
import { forwardMove, isKnownState, isOver, targetStates } from "../states.ts";

type Question = DiffQuestion<ImportSessionInputs, RecordedImport, ObservedImport, ImportAction>;

/** What is to be judged of a change besides its route: whether another session takes the place of the recorded one, and what may not be asked for. */
export function diffImport(question: Question): DiffAnswer {
  const { target, observed, isGone, changed, step } = question;
  const causes = causesToReplace(question);
  if (causes.length > 0) return replacement(causes, question);
  const { id, state } = target.recorded;
  const isGoneCopy = observed.session === undefined && !isGone && state.state !== "Import_Completed";
  const isForceNew = changed.includes("forceCancel") || changed.includes("forceCancelAfter");
  const names = [...changed, ...target.unknown];
  return {
    refusal:
      (changed.includes("targetState") ? refusedRetreat(question) : undefined) ?? refusedGate(observed, target.inputs),
    // As after a refresh that could not read the state, or when somebody has done by hand what it was held for.
    isStale: state.held === undefined ? step.kind === "held" : step.kind === "settled",
    // A gate means nothing once the cutover has been sent, whatever it comes to be.
    isUnchanged:
      target.unknown.length > 0 &&
      observed.session?.state === "Import_Completed" &&
      names.every((name) => gateInputs.includes(name)),
    warnings: [
      // A wave's copy that may have been cut over by the other resource that has the session, and cleared away.
      ...(isGoneCopy
        ? [
            `session ${id} is not on the array any more. If it was cut over, nothing is lost; if not, take the member out of the wave, run \`pulumi up\`, and put it back`,
          ]
        : []),
      ...(isForceNew ? forceWarnings(target.inputs) : []),
    ],
  };
}

/** What may not be asked for, given what was asked for before. */
export function refuseImport(
  before: ImportSessionInputs | undefined,
  after: ImportSessionInputs,
  nowMs: number,
): readonly InputFailure[] {
  const isMoved = before !== undefined && after.scheduledTimestamp !== before.scheduledTimestamp;
  const isPast = (after.scheduledTimestamp ?? Number.POSITIVE_INFINITY) <= nowMs;
  return isMoved && isPast ? [{ property: "scheduledTimestamp", reason: "lies in the past" }] : [];
}

/** Why Pulumi, told to replace without asking for a difference, must not have its way. */
export function refuseReplacement(
  { state }: Recorded<RecordedImport>,
  successor: ImportSessionInputs,
): MigrationError | undefined {
  if (successor.sessionId !== state.sessionId || isOver(state.state))
    return state.state === "Import_Completed"
      ? completeAlready(["what Pulumi was told to replace"], state.sessionId, "complete")
      : undefined;
  return new MigrationError({
    kind: "input",
    attempted: `replace import session ${state.sessionId}`,
    on: "PowerStore",
    answered: "the program adopts the very session that would be cancelled for it",
    next: "Nothing was sent. Leave out what makes Pulumi replace it, or destroy the resource to cancel the import.",
  });
}

/** Why another session takes the place of the recorded one, by property. */
function causesToReplace({ target, observed, isGone, changed, step }: Question): readonly string[] {
  const { adopted } = target.recorded.state;
  if (isGone && !adopted) return ["state"];
  if (changed.includes("array")) return ["array"];
  // Naming the recorded session itself only changes how the program speaks of it.
  const isItself = target.inputs.sessionId === target.recorded.id;
  const names = isItself ? [] : identifyingInputs.filter((name) => changed.includes(name));
  if (names.length > 0) return names;
  const state = observed.session?.state;
  const hasEnded = step.kind === "stuck" && (state === "Failed" || state === "Cancelled");
  return hasEnded && !adopted ? ["state"] : [];
}

/** Another session takes the place of the recorded one: its own route is shown when it is checked. */
function replacement(causes: readonly string[], question: Question): DiffAnswer {
  const { target, observed, isGone } = question;
  const { id, state } = target.recorded;
  const shown = observed.session?.state ?? state.state;
  const named = causes.map((cause) => (cause === "state" ? `state (${shown})` : cause));
  const isGoneCopy = observed.session === undefined && !isGone;
  return {
    replaces: { properties: causes, text: replacementText(named, question) },
    refusal:
      shown === "Import_Completed" || isGoneCopy
        ? completeAlready(named, id, isGoneCopy && shown !== "Import_Completed" ? "complete, or gone" : "complete")
        : undefined,
  };
}

function replacementText(causes: readonly string[], { target, before, observed, isGone }: Question): string {
  const { id, state } = target.recorded;
  // The copy of a wave was made again: its cutover follows it.
  if ((target.inputs.wave ?? before.wave)?.part === "cutover")
    return "the wave's copy has another session: that one is cut over instead";
  if (isGone) return `session ${id} is not on the array any more: another one is created, and the copy starts again`;
  const cause = `replaced because of ${causes.join(", ")}`;
  if (isOver(observed.session?.state ?? state.state))
    return `${cause}: another session is created, and the copy starts again`;
  const cancelled = `${state.adopted ? "adopted session" : "session"} ${id} is cancelled${forcedText(before)}`;
  return `${cause}: ${cancelled}, and the copy starts again`;
}

/** The old session is cancelled with the inputs it was created with. */
function forcedText({ forceCancel, forceCancelAfter }: ImportSessionInputs): string {
  if (forceCancel) return ` with force (${noRollback})`;
  return forceCancelAfter === undefined ? "" : `, with force if needed (${noRollback})`;
}

/** A completed import is not made again by editing it: its source is stale, and the cutover would follow. */
function completeAlready(causes: readonly string[], sessionId: string, how: string): MigrationError {
  return new MigrationError({
    kind: "input",
    attempted: `create another session because of ${causes.join(", ")}`,
    on: "PowerStore",
    answered: `import session ${sessionId} is ${how}`,
    next: "Revert the change; to import something else, declare another resource.",
  });
}

/** An import only goes forward: asking for less than it has reached would say what is not so. */
function refusedRetreat({ target, before, observed }: Question): MigrationError | undefined {
  const { targetState } = target.inputs;
  const state = observed.session?.state ?? target.recorded.state.state;
  if (targetStates.indexOf(targetState) >= targetStates.indexOf(before.targetState)) return undefined;
  const later = targetStates.slice(targetStates.indexOf(targetState) + 1);
  if (!isKnownState(state) || !later.some((target) => forwardMove(state, target) === "settled")) return undefined;
  return new MigrationError({
    kind: "input",
    attempted: `bring import session ${target.recorded.id} back to ${targetState}`,
    on: "PowerStore",
    answered: `the session is ${state} already, and an import only goes forward`,
    next: "Leave `targetState` where it was, or destroy the resource to cancel the import.",
  });
}

/** An adopted session may be one that the array cuts over automatically: then it does not wait for a gate. */
function refusedGate({ session }: ObservedImport, inputs: ImportSessionInputs): MigrationError | undefined {
  if (session?.automatic_cutover !== true || isOver(session.state)) return undefined;
  return uselessGate(session.id, inputs, "PowerStore");
}
