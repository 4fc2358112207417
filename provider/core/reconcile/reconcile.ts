import { isTransient, MigrationError } from "../errors.ts";
import { type Attempts, trackAttempts } from "./attempts.ts";
import { type Deadline, deadlineFor, retrying } from "./deadline.ts";
import { firstRead, nextRead, pauseBeforeRead } from "./next-read.ts";
import type { Reconciler, Settled } from "./reconciler.ts";
import type { Run } from "./run.ts";
import { sendOnce } from "./send-once.ts";
import { stallGuard } from "./stall-guard.ts";
import type { Step } from "./step.ts";

/**
 * Observes, plans and acts until the plan is settled or held.
 *
 * The run sends each action at most once per opportunity. While the plan still contains an action that the array has taken, the run waits for its effect. After a lost
 * answer, the run sends the action again only if the array still shows the opportunity at the end of a grace time.
 *
 * @throws MigrationError `stuck`, `stalled`, `timeout` or `cancelled`, or the array's rejection of an action
 */
export async function reconcile<Observed, Action>(
  reconciler: Reconciler<Observed, Action>,
  run: Run,
): Promise<Settled<Observed>> {
  const finished = new AbortController();
  const deadline = deadlineFor(reconciler, run, AbortSignal.any([run.signal, deadlineSignal(run, finished.signal)]));
  const attempts = recentAttempts(reconciler, run);
  const guard = stallGuard(reconciler, run);
  try {
    for (let next = firstRead; ; ) {
      const observed = await observeWithRetry(reconciler, run, deadline);
      const readMs = run.clock.nowMs();
      const step = reconciler.plan(observed);
      if (reconciler.shown !== undefined) run.debug(stepText(reconciler, step, reconciler.shown(observed)));
      reconciler.onStep(observed, step);
      guard(observed, step, next.plannedMs);
      deadline.reason = step.reason;
      const settled = conclude(reconciler, step, observed);
      if (settled !== undefined) return settled;
      const sent = await advance(reconciler, step, observed, { run, deadline, attempts });
      next = nextRead(next, step, sent, {
        sendingMs: run.clock.nowMs() - readMs,
        showsAfterMs: reconciler.showsAfterMs,
        pollIntervalMs: (unchanged) => reconciler.pollIntervalMs(observed, unchanged),
      });
      await pauseBeforeRead(next, deadline);
    }
  } finally {
    finished.abort();
  }
}

/** Aborts at the deadline of the run. Leaves no timer behind after `finished` has aborted. */
function deadlineSignal(run: Run, finished: AbortSignal): AbortSignal {
  const controller = new AbortController();
  run.clock.sleep(run.deadlineMs - run.clock.nowMs(), finished).then(() => {
    if (!finished.aborted) controller.abort();
  });
  return controller.signal;
}

function recentAttempts<Observed, Action>(
  { lostAnswerGraceMs, recent = [] }: Reconciler<Observed, Action>,
  run: Run,
): Attempts {
  const attempts = trackAttempts(lostAnswerGraceMs);
  for (const { dedupeKey, atMs } of recent) attempts.unclear(dedupeKey, Math.min(atMs, run.clock.nowMs()));
  return attempts;
}

/** The result of the run if the step ends it. */
function conclude<Observed, Action>(
  { attempted, on }: Reconciler<Observed, Action>,
  step: Step<Action>,
  observed: Observed,
): Settled<Observed> | undefined {
  switch (step.kind) {
    case "settled":
    case "held":
      return { kind: step.kind, reason: step.reason, observed };
    case "stuck":
      throw new MigrationError({
        attempted,
        on,
        kind: step.as ?? "stuck",
        answered: step.reason,
        next: step.next,
      });
    case "wait":
    case "act":
      return undefined;
  }
}

async function advance<Observed, Action>(
  reconciler: Reconciler<Observed, Action>,
  step: Step<Action>,
  observed: Observed,
  means: { readonly run: Run; readonly deadline: Deadline; readonly attempts: Attempts },
) {
  if (step.kind === "act") return sendOnce(reconciler, step.actions, observed, means);
  means.attempts.forgetAllBut([]);
  return { anyTaken: false, askedMs: 0 };
}

/** Reads until a read succeeds, because one failed poll is never a failed migration. */
async function observeWithRetry<Observed, Action>(
  reconciler: Reconciler<Observed, Action>,
  run: Run,
  deadline: Deadline,
): Promise<Observed> {
  const startedMs = run.clock.nowMs();
  for (let failures = 1; ; failures++) {
    deadline.throwIfOver();
    try {
      const observed = await reconciler.observe(deadline.over);
      deadline.hasRead = true;
      deadline.lastFailure = undefined;
      return observed;
    } catch (error) {
      deadline.throwIfOver();
      // An array that has answered this read before may reject it for a moment, for example because of a lock.
      const isRejectedNow = deadline.hasRead && error instanceof MigrationError && error.kind === "refused";
      if (!isRejectedNow && !isTransient(error)) throw error;
      // No read has succeeded yet and the array is not busy: probably a wrong address, not a transient error. Give up after `maxDoubtMs`.
      const isDoubtful = isRejectedNow || (!deadline.hasRead && error.kind !== "busy");
      if (isDoubtful && run.clock.nowMs() - startedMs >= maxDoubtMs) throw error;
      deadline.lastFailure = error;
      run.progress(`retrying: ${error.message}`, retrying);
      await deadline.pause(Math.max(error.retryAfterMs ?? 0, backoffMs(failures)) * (1 + run.clock.chance() / 10));
    }
  }
}

/** How long the first read may fail, or the array may reject a later one, before the run gives up, in milliseconds. A later read may fail until the deadline. */
const maxDoubtMs = 5 * 60_000;

/** 1 s, doubling up to a minute, because more requests do not help a failing array. */
function backoffMs(failures: number): number {
  return Math.min(1000 * 2 ** Math.min(failures - 1, 6), 60_000);
}

/** `plan: wait (Copy_In_Progress, 43%): copying` */
function stepText<Observed, Action>(
  reconciler: Reconciler<Observed, Action>,
  step: Step<Action>,
  shown: string,
): string {
  const keys = (actions: readonly Action[]) => actions.map((action) => reconciler.dedupeKey(action)).join("; ");
  const text = step.kind === "act" ? `act ${(reconciler.actionsText ?? keys)(step.actions)}` : step.kind;
  return `plan: ${text} (${shown}): ${step.reason}`;
}
