import type { Moment } from "../../../core/reconcile/step.ts";
import { isCutOver } from "../cut-over.ts";
import { lastCutoverOf } from "../journaled.ts";
import type { ObservedImport } from "../observed.ts";
import { isPastCopy, type TargetState } from "../states.ts";
import type { ImportTarget } from "../target.ts";
import { type GateDoubt, gateOf } from "./gate.ts";
import { type GateAhead, gatesAhead, hostWork, pausedAsDeclared } from "./held.ts";

/** What the way forward is decided by, besides what is observed. */
export interface ForwardGoal {
  readonly targetState: TargetState;
  /** Keeps the copy paused (true) or running (false). Undefined leaves a pause of somebody else alone. */
  readonly paused: boolean | undefined;
  /** What the people at the hosts have done; agentless imports only. */
  readonly sourceStopped: boolean;
  readonly destinationStarted: boolean;
  /** Why the cutover may not be sent now. Empty: it may. */
  readonly closed: readonly string[];
  /** What holds the session further on, as far as it is certain. */
  readonly ahead: readonly GateAhead[];
  /** The start that is declared, in milliseconds since the epoch. Undefined: at once. */
  readonly scheduledMs: number | undefined;
  /** Whether the array cuts over automatically. */
  readonly automaticCutover: boolean;
  /** Whether another resource cuts the session over, and reports what becomes of that. */
  readonly isCutOverElsewhere: boolean;
  /** The recorded state of a session that may well be gone by now: nothing is lost with it. */
  readonly mayBeGone: string | undefined;
  /** Whether a cutover was sent or seen in an earlier run. */
  readonly isCutOver: boolean;
  /** Whether somebody else has made the session. */
  readonly isAdopted: boolean;
  /** The session whose copy may be thrown away. */
  readonly copyAgain: string | undefined;
  /** The last session with which this stack has cut the source over, as the journal has it. */
  readonly importedBefore: string | undefined;
}

/** Something that is not known, or not yet. */
export interface Doubt {
  /** When things are as the goal takes them to be, to be read after `if`. */
  readonly when: string;
  /** The goal where they are not. */
  shut(goal: ForwardGoal): ForwardGoal;
}

/** What is wanted, and what is not known of it. The goal takes whatever is not known to let things pass. */
export function goalOf(
  target: ImportTarget,
  observed: ObservedImport,
  moment: Moment,
): { readonly goal: ForwardGoal; readonly doubts: readonly Doubt[] } {
  const { inputs, unknown } = target;
  const { sourceStopped = false, destinationStarted = false } = unknown.includes("hostSteps")
    ? { sourceStopped: true, destinationStarted: true }
    : (inputs.hostSteps ?? {});
  const { closed, doubts, ahead } = gateOf(target, observed, moment);
  const goal: ForwardGoal = {
    targetState: unknown.includes("targetState") ? "Import_Completed" : inputs.targetState,
    paused: unknown.includes("paused") ? false : inputs.paused,
    sourceStopped,
    destinationStarted,
    closed,
    ahead: gatesAhead(unknown.includes("targetState") ? undefined : inputs.targetState, {
      sourceStopped: sourceStopped ? [] : [hostWork.sourceStopped],
      destinationStarted: destinationStarted ? [] : [hostWork.destinationStarted],
      paused: inputs.paused === true && !unknown.includes("paused") ? [pausedAsDeclared] : [],
      cutover: ahead,
    }),
    // PowerStore takes no start that has passed.
    scheduledMs: (inputs.scheduledTimestamp ?? 0) > moment.nowMs ? inputs.scheduledTimestamp : undefined,
    automaticCutover: inputs.automaticCutover ?? false,
    isCutOverElsewhere: inputs.wave?.part === "copy",
    mayBeGone: mayBeGone(target),
    isCutOver: target.recorded !== undefined && isCutOver(target.recorded.state),
    isAdopted: inputs.sessionId !== undefined,
    copyAgain: inputs.copyAgain,
    importedBefore: lastCutoverOf(target.acts ?? [], inputs.sourceResourceId ?? ""),
  };
  return { goal, doubts: [...doubts.map(doubtOf), ...unknownDoubts(target, observed)] };
}

function doubtOf({ opensWhen, held }: GateDoubt): Doubt {
  return { when: opensWhen, shut: (goal) => ({ ...goal, closed: [...goal.closed, held] }) };
}

/** What inputs that are not known yet may come to instead. */
function unknownDoubts({ inputs, unknown }: ImportTarget, { session }: ObservedImport): readonly Doubt[] {
  const lowest = (session?.type ?? inputs.type) === "Agentless" ? "Mirror_Enabled" : "Ready_For_Cutover";
  const possible: readonly [input: keyof typeof inputs, when: string, otherwise: Partial<ForwardGoal>][] = [
    ["paused", "paused does not hold it", { paused: true }],
    ["hostSteps", "hostSteps.sourceStopped is true", { sourceStopped: false }],
    ["hostSteps", "hostSteps.destinationStarted is true", { destinationStarted: false }],
    ["targetState", "targetState asks for it", { targetState: lowest }],
  ];
  const relevant = possible.filter(([input]) => unknown.includes(input));
  return relevant.map(([, when, otherwise]) => ({ when, shut: (goal) => ({ ...goal, ...otherwise }) }));
}

/**
 * The recorded state of a session that may well be gone by now. Undefined: one that is gone is lost.
 *
 * A record may be cleared away on the array once an import was cut over. Of a wave's copy that was ready, the cutover may have been sent by the other resource that has
 * the session. Forgotten, either would be imported again, perhaps from a stale source.
 */
export function mayBeGone({ recorded, inputs, unknown, operation }: ImportTarget): string | undefined {
  const state = recorded?.state.state;
  const before = operation.kind === "update" && unknown.includes("wave") ? operation.before.wave : inputs.wave;
  if (recorded !== undefined && isCutOver(recorded.state)) return state;
  return before?.part === "copy" && isPastCopy(state) ? state : undefined;
}
