import type { Progress, Recorded, Resource, Target } from "../resource.ts";
import { type AuditEntry, type AuditNote, continueLog } from "./audit-log.ts";
import type { Audited } from "./audited.ts";
import { driving } from "./driving.ts";
import { etaEstimator, shownLeftMs } from "./eta.ts";
import { journaled, separator } from "./journaled.ts";
import { pollIntervalMs } from "./pause.ts";
import { readWithRetry } from "./read-with-retry.ts";
import { reconcile } from "./reconcile.ts";
import type { Reconciler } from "./reconciler.ts";
import type { Run } from "./run.ts";
import { certainStep, type Foreseen, type Moment, type Step, stageOf } from "./step.ts";

/** The result of a run. A failure is a value, so that what the run recorded before the failure stays recorded. */
type Applied<State> =
  | { readonly kind: "done"; readonly recorded: Recorded<State> }
  | { readonly kind: "failed"; readonly error: unknown; readonly recorded: Recorded<State> | undefined };

/** What a run has recorded so far, and its audit log. */
interface Memory<State> {
  recorded: Recorded<State> | undefined;
  entries: readonly AuditEntry[];
}

/** Brings a resource to its declared state from any state. Create, update and the continuation after an interruption are the same loop. */
export async function applyResource<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  run: Run,
): Promise<Applied<State>> {
  const memory: Memory<State> = { recorded: target.recorded, entries: [] };
  try {
    const { kind, reason } = await reconcile(reconcilerOf(resource, target, run, memory), run);
    if (kind === "held") run.warn(reason);
    if (memory.recorded === undefined) throw new Error("settled with nothing to record");
    return { kind: "done", recorded: memory.recorded };
  } catch (error) {
    return { kind: "failed", error, recorded: memory.recorded };
  }
}

/** Deletes the object that a resource has created, or restores the one that it has adopted. @returns the audit log, which the object that takes its place continues */
export async function deleteResource<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  run: Run,
): Promise<readonly AuditEntry[]> {
  const memory: Memory<State> = { recorded: target.recorded, entries: [] };
  await reconcile(reconcilerOf(resource, target, run, memory), run);
  return memory.entries;
}

/** Reads a resource once, and again after each transient failure. @returns undefined if the object is gone */
export async function readResource<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State> & { readonly recorded: Recorded<State> },
  run: Run,
): Promise<Recorded<State> | undefined> {
  const what = { attempted: resource.schemas.attempted(target), on: resource.open(target.inputs).title };
  const observe = (signal: AbortSignal) => resource.observe(target, undefined, { signal, nowMs: run.clock.nowMs() });
  const observed = await readWithRetry(what, observe, run);
  const nowMs = run.clock.nowMs();
  const step = certainStep(resource.plan(target, observed, { nowMs, isNow: true }));
  for (const warning of resource.progress(observed, step, target).warnings) run.warn(warning);
  return resource.record(observed, target, { entries: target.recorded.state.actions, step, nowMs });
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

/** The loop of one run, which keeps in `memory` what it has recorded so far. Only here is the run's state kept, so that the run forgets no action that it has sent. */
function reconcilerOf<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  run: Run,
  memory: Memory<State>,
): Reconciler<Observed, Action> {
  const { actions } = resource;
  const array = resource.open(target.inputs);
  const log = continueLog<Action>((target.recorded ?? target.predecessor)?.state.actions ?? [], () =>
    run.clock.nowMs(),
  );
  const estimate = etaEstimator();
  /** The last observation, with the effects of the actions that the run has sent since. */
  let latest: Observed | undefined;
  /** What the last read and its step show. */
  let progress: Progress | undefined;
  /** The remaining time at the last read, in milliseconds. */
  let etaMs: number | undefined;
  const record = (observed: Observed, step: Step<Action> | undefined) => {
    memory.entries = log.entries;
    const recorded = resource.record(observed, target, { entries: log.entries, step, nowMs: run.clock.nowMs() });
    if (recorded !== undefined) memory.recorded = recorded;
  };
  const drive = driving(resource, target, run, log);
  return {
    // With the id of the object that this run has created.
    get attempted() {
      return resource.schemas.attempted({ ...target, recorded: target.recorded ?? memory.recorded });
    },
    on: array.title,
    async observe(signal) {
      const reading = { signal, nowMs: run.clock.nowMs() };
      latest = await resource.observe(target, latest, reading);
      log.read();
      if (target.operation.kind !== "delete") await drive(latest, reading);
      return latest;
    },
    plan(observed) {
      const step = certainStep(planOf(resource, target)(observed, { nowMs: run.clock.nowMs(), isNow: true }));
      progress = resource.progress(observed, step, target);
      return step;
    },
    async send(action, observed, confirm) {
      run.confirmOwner?.();
      const sending = { clock: run.clock, confirm, warn: run.warn };
      const object = actions.about(action, target, observed).join(separator);
      const act = {
        urn: target.urn,
        array: array.settings.origin,
        object,
        ...noteOf(resource, target, action, observed),
      };
      const { outcome, after, error } = await journaled(run.journal, act, () =>
        actions.send(action, latest ?? observed, target, sending),
      );
      latest = after(latest ?? observed);
      log.sent(action, outcome, (sinceRead) => actions.entries(sinceRead, observed, target));
      // The run may end before the next read, so it records the action at once.
      record(latest, undefined);
      if (error !== undefined) throw error;
    },
    dedupeKey: (action) => actions.dedupeKey(action),
    pollIntervalMs: (_, unchanged) => pollIntervalMs(array.settings, unchanged, etaMs),
    showsAfterMs: array.showsAfterMs,
    waitForNextPoll: array.polls.waitForNextPoll,
    onStep(observed, step) {
      if (progress === undefined) return;
      const { text, sample, warnings } = progress;
      etaMs = sample && estimate(sample);
      const leftMs = sample && shownLeftMs(sample, etaMs);
      run.progress(text(leftMs), { stage: stageOf(step), leftMs });
      record(observed, step);
      const actionWarnings = step.kind === "act" ? actions.warnings(step.actions, observed, target) : [];
      for (const warning of [...warnings, ...actionWarnings]) run.warn(warning);
    },
    shown: () => progress?.shown ?? "",
    actionsText: (planned, observed) => actions.planText(planned, observed, target),
    progressMarker: () => progress?.marker && { ...progress.marker, patienceMs: progress.patienceMs },
    stallLimits: { warningMs: array.settings.stallWarningMs, failureMs: array.settings.stallFailureMs },
    semaphore: array.semaphore,
    recent: actions.recent?.(target, run.journal?.missed ?? []) ?? [],
    lostAnswerGraceMs: array.lostAnswerGraceMs,
  };
}

/** How the journal notes an action. */
function noteOf<Inputs, State, Observed, Action>(
  { actions }: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  action: Action,
  observed: Observed,
): AuditNote {
  const [first = { act: actions.dedupeKey(action), reason: "" }] = actions.entries([action], observed, target);
  return first;
}

/** The plan of the target's operation. */
export function planOf<Inputs, State, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
): (observed: Observed, moment: Moment) => Foreseen<Action> {
  const isDelete = target.operation.kind === "delete";
  return (observed, moment) =>
    isDelete ? resource.planDelete(target, observed, moment) : resource.plan(target, observed, moment);
}
