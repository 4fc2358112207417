import type { Recorded, Resource, Target } from "../resource.ts";
import { type AuditEntry, type AuditLog, continueLog } from "./audit-log.ts";
import { etaEstimator, shownLeftMs } from "./eta.ts";
import { pollIntervalMs } from "./pause.ts";
import { readWithRetry } from "./read-with-retry.ts";
import { reconcile } from "./reconcile.ts";
import type { Reconciler } from "./reconciler.ts";
import type { Run } from "./run.ts";
import { stallLimitsOf } from "./stall.ts";
import { certainStep, type Step, stageOf } from "./step.ts";

/** Outputs with an audit log. Every resource has one. */
export interface Audited {
  readonly actions: readonly AuditEntry[];
}

/** The result of a run. A failure is a value, so that what the run recorded before the failure stays recorded. */
export type Applied<State> =
  | { readonly kind: "done"; readonly recorded: Recorded<State> }
  | { readonly kind: "failed"; readonly error: unknown; readonly recorded: Recorded<State> | undefined };

/** Brings a resource to its declared state from any state. Create, update and the continuation after an interruption are the same loop. */
export async function applyResource<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  run: Run,
): Promise<Applied<State>> {
  const memory = memoryOf<State, Observed, Action>(target.recorded, run);
  try {
    const { kind, reason } = await reconcile(reconcilerOf(resource, target, run, memory), run);
    if (kind === "held") run.warn(reason);
    if (memory.recorded === undefined) throw new Error("settled with nothing to record");
    return { kind: "done", recorded: memory.recorded };
  } catch (error) {
    return { kind: "failed", error, recorded: memory.recorded };
  }
}

/** Deletes the object that a resource has created, or restores the one that it has adopted. */
export async function deleteResource<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  run: Run,
): Promise<void> {
  const memory = memoryOf<State, Observed, Action>(target.recorded, run);
  await reconcile(reconcilerOf(resource, target, run, memory), run);
}

/** Reads a resource once, and again after each transient failure. @returns undefined if the object is gone */
export async function readResource<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State> & { readonly recorded: Recorded<State> },
  run: Run,
): Promise<Recorded<State> | undefined> {
  const array = resource.open(target.inputs);
  const attempted = resource.schemas.attempted(target);
  const observed = await readWithRetry(
    { attempted, on: array.title },
    (signal) => resource.observe(target, undefined, { signal, nowMs: run.clock.nowMs() }),
    run,
  );
  return recordOf(resource, target, observed, run.clock.nowMs());
}

/** The record after a read that sends nothing. @returns undefined if the object is gone */
export function recordOf<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State> & { readonly recorded: Recorded<State> },
  observed: Observed,
  nowMs: number,
): Recorded<State> | undefined {
  const step = certainStep(resource.plan(target, observed, { nowMs, isNow: true }));
  return resource.record(observed, target, { entries: target.recorded.state.actions, step, nowMs });
}

/** The state of one run. Only one place reads and records it, so that the run forgets no action that it has sent. */
interface Memory<State, Observed, Action> {
  /** The last observation, with the effects of the actions that the run has sent since. */
  observed: Observed | undefined;
  recorded: Recorded<State> | undefined;
  readonly log: AuditLog<Action>;
  /** The remaining time at the last read, in milliseconds. */
  leftMs: number | undefined;
  readonly estimate: ReturnType<typeof etaEstimator>;
}

function memoryOf<State extends Audited, Observed, Action>(
  recorded: Recorded<State> | undefined,
  run: Run,
): Memory<State, Observed, Action> {
  const log = continueLog<Action>(recorded?.state.actions ?? [], () => run.clock.nowMs());
  return { observed: undefined, recorded, log, leftMs: undefined, estimate: etaEstimator() };
}

function reconcilerOf<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  run: Run,
  memory: Memory<State, Observed, Action>,
): Reconciler<Observed, Action> {
  const array = resource.open(target.inputs);
  const { actions } = resource;
  const isDelete = target.operation.kind === "delete";
  const record = (observed: Observed, step: Step<Action> | undefined) => {
    const { entries } = memory.log;
    const recorded = resource.record(observed, target, { entries, step, nowMs: run.clock.nowMs() });
    if (recorded !== undefined) memory.recorded = recorded;
  };
  return {
    // With the id of the object that this run has created.
    get attempted() {
      return resource.schemas.attempted({ ...target, recorded: target.recorded ?? memory.recorded });
    },
    on: array.title,
    async observe(signal) {
      const reading = { signal, nowMs: run.clock.nowMs() };
      const observed = await resource.observe(target, memory.observed, reading);
      memory.observed = observed;
      memory.log.read();
      return observed;
    },
    plan(observed) {
      const moment = { nowMs: run.clock.nowMs(), isNow: true };
      return certainStep(
        isDelete ? resource.planDelete(target, observed, moment) : resource.plan(target, observed, moment),
      );
    },
    async send(action, observed, confirm) {
      const sending = { clock: run.clock, confirm, warn: run.warn };
      const { outcome, after, error } = await actions.send(action, memory.observed ?? observed, target, sending);
      memory.observed = after(memory.observed ?? observed);
      memory.log.sent(action, outcome, (sinceRead) => actions.entries(sinceRead, observed, target));
      // The run may end before the next read, so it records the action at once.
      record(memory.observed, undefined);
      if (error !== undefined) throw error;
    },
    dedupeKey: (action) => actions.dedupeKey(action),
    pollIntervalMs: (_, unchanged) => pollIntervalMs(array.settings, unchanged, memory.leftMs),
    showsAfterMs: array.showsAfterMs,
    waitForNextPoll: array.polls.waitForNextPoll,
    onStep(observed, step) {
      const { text, sample, warnings } = resource.progress(observed, step, target);
      memory.leftMs = sample === undefined ? undefined : memory.estimate(sample);
      const leftMs = sample === undefined ? undefined : shownLeftMs(sample, memory.leftMs);
      run.progress(text(leftMs), { stage: stageOf(step), leftMs });
      record(observed, step);
      const actionWarnings = step.kind === "act" ? actions.warnings(step.actions, observed, target) : [];
      for (const warning of [...warnings, ...actionWarnings]) run.warn(warning);
    },
    shown: (observed) => resource.progress(observed, { kind: "wait", reason: "" }, target).shown,
    actionsText: (planned) => actions.planText(planned, memory.observed ?? never(), target),
    progressMarker(observed, step) {
      const { marker, patienceMs } = resource.progress(observed, step, target);
      return marker && { ...marker, patienceMs };
    },
    stallLimits: stallLimitsOf(array.settings),
    semaphore: array.semaphore,
    recent: actions.recent?.(target) ?? [],
    lostAnswerGraceMs: array.lostAnswerGraceMs,
  };
}

function never(): never {
  throw new Error("planned before anything was observed");
}
