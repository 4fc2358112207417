import { MigrationError } from "../../../core/errors.ts";
import type { InputFailure } from "../../../core/inputs.ts";
import type { DiffAnswer, DiffQuestion, Recorded } from "../../../core/resource.ts";
import { forceWarnings } from "../act/warnings.ts";
import { isCutOver } from "../cut-over.ts";
import { consents, gateInputs, type ImportSessionInputs, identifyingInputs } from "../inputs.ts";
import { uselessGate } from "../observe/adopt.ts";
import type { ObservedImport } from "../observed.ts";
import { type ImportAction, noRollback } from "../plan/actions.ts";
import { type GivenUp, whyKept } from "../plan/consent.ts";
import { assumedOf, type RecordedImport } from "../recorded.ts";
import { forwardMove, isKnownState, isOver, targetStates } from "../states.ts";

type Question = DiffQuestion<ImportSessionInputs, RecordedImport, ObservedImport, ImportAction>;

/** What is to be judged of a change besides its route: whether another session takes the place of the recorded one, and what may not be asked for. */
export function diffImport(question: Question): DiffAnswer {
  const { target, observed, isGone, changed, step } = question;
  const causes = causesToReplace(question);
  if (causes.length > 0) return replacement(causes, question);
  const { id, state } = target.recorded;
  const isGoneCopy = observed.session === undefined && !isGone && !isCutOver(state);
  const isUseless = changed.includes("copyAgain") && consents(target.inputs, id);
  const isForceNew = changed.includes("forceCancel") || changed.includes("forceCancelAfter");
  const names = [...changed, ...target.unknown];
  return {
    refusal:
      (changed.includes("targetState") ? refusedRetreat(question) : undefined) ??
      refusedGate(observed, target.inputs) ??
      refusedStuck(question),
    // As after a refresh that could not read the state, or when somebody has done by hand what it was held for.
    isStale: state.held === undefined ? step.kind === "held" : step.kind === "settled",
    // A gate means nothing once the cutover has been sent, whatever it comes to be.
    isUnchanged:
      target.unknown.length > 0 &&
      observed.session?.state === "Import_Completed" &&
      names.every((name) => gateInputs.includes(name)),
    remarks: changed.includes("description")
      ? ["the array keeps the description that the session was created with"]
      : [],
    warnings: [
      // A wave's copy that may have been cut over by the other resource that has the session, and cleared away.
      ...(isGoneCopy
        ? [
            `session ${id} is not on the array any more. If it was cut over, nothing is lost; if not, take the member out of the wave, run \`pulumi up\`, and put it back`,
          ]
        : []),
      ...(isUseless
        ? [
            `copyAgain names session ${id}: its copy stays until an input that identifies the import changes, Pulumi is told to replace it, or it fails`,
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
  { id, state }: Recorded<RecordedImport>,
  successor: ImportSessionInputs,
  { sourceResourceId }: Pick<ImportSessionInputs, "sourceResourceId">,
): MigrationError | undefined {
  const assumed = assumedOf({ id, state });
  const session = { ...assumed.session, progress_percentage: state.progressPercentage };
  const refused = refusedReplacement({ ...assumed, id, session, recorded: state, sourceResourceId }, successor);
  if (refused !== undefined) return refused;
  if (successor.sessionId !== state.sessionId || isOver(state.state) || state.adopted) return undefined;
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
  const { id, state } = target.recorded;
  if (isGone && !state.adopted) return ["state"];
  if (changed.includes("array")) return ["array"];
  // Naming the recorded session itself only changes how the program speaks of it.
  const isItself = target.inputs.sessionId === id;
  const names = isItself ? [] : identifyingInputs.filter((name) => changed.includes(name));
  if (names.length > 0) return names;
  const hasEnded = step.kind === "stuck" && isEnded(observed);
  return hasEnded && !state.adopted && consents(target.inputs, id) ? ["copyAgain"] : [];
}

function isEnded({ session }: ObservedImport): boolean {
  return session?.state === "Failed" || session?.state === "Cancelled";
}

/** Another session takes the place of the recorded one: its own route is shown when it is checked. */
function replacement(causes: readonly string[], question: Question): DiffAnswer {
  const { target, observed, isGone } = question;
  const { id, state } = target.recorded;
  const { session, members } = observed;
  const old = { id, session, members, recorded: state, sourceResourceId: question.before.sourceResourceId };
  // A wave's copy that was ready, and is gone, may have been cut over by the other resource that has the session.
  const isGoneCopy = session === undefined && !isGone && !isCutOver(state) && !consents(target.inputs, id);
  return {
    replaces: { properties: causes, text: replacementText(causes, question), warnings: laterForce(question) },
    refusal: isGoneCopy ? lostCopy(id) : refusedReplacement(old, target.inputs),
  };
}

function replacementText(causes: readonly string[], { target, before, isGone }: Question): string {
  const { inputs, recorded } = target;
  // The copy of a wave was made again: its cutover follows it.
  if ((inputs.wave ?? before.wave)?.part === "cutover")
    return "the wave's copy has another session: that one is cut over instead";
  const again = "another session is created, and the copy starts again";
  if (isGone)
    return `session ${recorded.id} is not on the array any more: another one is created, and the copy starts again`;
  const then = inputs.sessionId === undefined ? again : `session ${inputs.sessionId} is adopted instead`;
  return `replaced because of ${causes.join(", ")}: ${then}`;
}

/** What no route foresees: how long the graceful cancel takes. */
function laterForce({ before, observed, target }: Question): readonly string[] {
  const isCancelled =
    observed.session !== undefined && !isOver(observed.session.state) && !target.recorded.state.adopted;
  if (!isCancelled || before.forceCancelAfter === undefined) return [];
  return [`force cancel: sent if the graceful cancel fails or takes too long; ${noRollback}`];
}

/** An import that is kept: nothing takes its place without consent. */
function refusedReplacement(old: GivenUp, successor: ImportSessionInputs): MigrationError | undefined {
  const kept = whyKept(old, successor);
  return kept && replacementError(old.id, kept.reason, kept.next);
}

function lostCopy(id: string): MigrationError {
  return replacementError(
    id,
    `import session ${id} is complete, or gone`,
    `Revert the change; to import something else, declare another resource. To import that source again all the same, set copyAgain: "${id}".`,
  );
}

function replacementError(id: string, answered: string, next: string): MigrationError {
  return new MigrationError({
    kind: "input",
    attempted: `replace import session ${id}`,
    on: "PowerStore",
    answered,
    next,
  });
}

/** A session that failed is replaced only with consent. Until then its update is certain to fail. */
function refusedStuck({ target, observed, step }: Question): MigrationError | undefined {
  if (step.kind !== "stuck" || !isEnded(observed) || target.recorded.state.adopted) return undefined;
  return new MigrationError({
    kind: "stuck",
    attempted: `bring import session ${target.recorded.id} to ${target.inputs.targetState}`,
    on: "PowerStore",
    answered: step.reason,
    next: step.next,
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
