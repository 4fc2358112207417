import { MigrationError } from "../errors.ts";
import { trackAttempts } from "./attempts.ts";
import { untilDeadline } from "./deadline.ts";
import { firstRead, nextRead, pauseBeforeRead } from "./next-read.ts";
import { observeWithRetry } from "./read-with-retry.ts";
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
export function reconcile<Observed, Action>(
  reconciler: Reconciler<Observed, Action>,
  run: Run,
): Promise<Settled<Observed>> {
  const { lostAnswerGraceMs, recent = [], showsAfterMs } = reconciler;
  const attempts = trackAttempts(lostAnswerGraceMs);
  for (const { dedupeKey, atMs } of recent) attempts.unclear(dedupeKey, Math.min(atMs, run.clock.nowMs()));
  const guard = stallGuard(reconciler, run);
  return untilDeadline(reconciler, run, async (deadline) => {
    for (let next = firstRead; ; ) {
      const observed = await observeWithRetry(reconciler.observe, run, deadline);
      const readMs = run.clock.nowMs();
      const step = reconciler.plan(observed);
      if (reconciler.shown !== undefined) run.debug(stepText(reconciler, step, observed));
      reconciler.onStep(observed, step);
      guard(observed, step, next.plannedMs);
      deadline.reason = step.reason;
      if (step.kind === "settled" || step.kind === "held") return { kind: step.kind, reason: step.reason, observed };
      if (step.kind === "stuck") {
        const { attempted, on } = reconciler;
        throw new MigrationError({ attempted, on, kind: step.as ?? "stuck", answered: step.reason, next: step.next });
      }
      const actions = step.kind === "act" ? step.actions : [];
      const sent = await sendOnce(reconciler, actions, observed, { run, deadline, attempts });
      next = nextRead(next, step, sent, {
        sendingMs: run.clock.nowMs() - readMs,
        showsAfterMs,
        pollIntervalMs: (unchanged) => reconciler.pollIntervalMs(observed, unchanged),
      });
      await pauseBeforeRead(next, deadline);
    }
  });
}

/** `plan: wait (Copy_In_Progress, 43%): copying` */
function stepText<Observed, Action>(
  { dedupeKey, actionsText, shown }: Reconciler<Observed, Action>,
  step: Step<Action>,
  observed: Observed,
): string {
  const keys = (actions: readonly Action[]) => actions.map((action) => dedupeKey(action)).join("; ");
  const text = step.kind === "act" ? `act ${(actionsText ?? keys)(step.actions, observed)}` : step.kind;
  return `plan: ${text} (${shown?.(observed)}): ${step.reason}`;
}
