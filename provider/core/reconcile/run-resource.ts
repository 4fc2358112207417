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

/** Outputs that hold an audit log, as those of every resource do. */
export interface Audited {
  readonly actions: readonly AuditEntry[];
}

/** What a run comes to. A failure is a value: whatever was recorded before it stays recorded. */
export type Applied<State> =
  | { readonly kind: "done"; readonly recorded: Recorded<State> }
  | { readonly kind: "failed"; readonly error: unknown; readonly recorded: Recorded<State> | undefined };

/** Brings a resource to what is declared, from wherever it is. Creating it, continuing after an interruption and changing it are the same loop. */
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

/** Deletes what a resource has made, or gives back what it has taken. */
export async function deleteResource<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  run: Run,
): Promise<void> {
  const memory = memoryOf<State, Observed, Action>(target.recorded, run);
  await reconcile(reconcilerOf(resource, target, run, memory), run);
}

/** Reads a resource once, and again while a read fails in passing. @returns undefined when the object is gone */
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

/** What is recorded after a read that sends nothing. @returns undefined when the object is gone */
export function recordOf<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State> & { readonly recorded: Recorded<State> },
  observed: Observed,
  nowMs: number,
): Recorded<State> | undefined {
  const step = certainStep(resource.plan(target, observed, { nowMs, isNow: true }));
  return resource.record(observed, target, { entries: target.recorded.state.actions, step, nowMs });
}

/** What one run knows: it is read and recorded in one place only, so that nothing that was sent is forgotten. */
interface Memory<State, Observed, Action> {
  /** What was observed last, with what was sent since. */
  observed: Observed | undefined;
  recorded: Recorded<State> | undefined;
  readonly log: AuditLog<Action>;
  /** How long it will still take, by the last read. */
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
  const note = (observed: Observed, step: Step<Action> | undefined) => {
    const { entries } = memory.log;
    const recorded = resource.record(observed, target, { entries, step, nowMs: run.clock.nowMs() });
    if (recorded !== undefined) memory.recorded = recorded;
  };
  return {
    // With the id of what this run has made.
    get attempted() {
      return resource.schemas.attempted({ ...target, recorded: memory.recorded });
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
      memory.log.sent(action, outcome, (together) => actions.entries(together, observed, target));
      // Recorded at once: the run may end before the next read.
      note(memory.observed, undefined);
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
      note(observed, step);
      const stakes = step.kind === "act" ? actions.warnings(step.actions, observed, target) : [];
      for (const warning of [...warnings, ...stakes]) run.warn(warning);
    },
    shown: (observed) => resource.progress(observed, { kind: "wait", reason: "" }, target).shown,
    actionsText: (acts) => actions.planText(acts, memory.observed ?? never(), target),
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
