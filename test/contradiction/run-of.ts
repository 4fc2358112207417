import type { Clock } from "../../provider/core/async/clock.ts";
import { MigrationError } from "../../provider/core/errors.ts";
import type { Audited } from "../../provider/core/reconcile/audited.ts";
import type { Run } from "../../provider/core/reconcile/run.ts";
import { applyResource, deleteResource } from "../../provider/core/reconcile/run-resource.ts";
import { certainStep, type Step } from "../../provider/core/reconcile/step.ts";
import type { Recorded, Resource, Target } from "../../provider/core/resource.ts";

/** How a run ended. */
export interface Ran<State, Observed> {
  /** `settled`, `held`, or the kind of the error it failed with. */
  readonly kind: string;
  readonly reason: string;
  /** What it planned by, read by read. */
  readonly observed: readonly Observed[];
  readonly recorded: Recorded<State> | undefined;
  readonly warnings: readonly string[];
}

/** Runs what was previewed, in virtual time and with nothing else happening. */
export async function runOf<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  previewed: Target<Inputs, State>,
  clock: Clock,
  maxMs: number,
): Promise<Ran<State, Observed>> {
  const target = { ...previewed, isPreview: false };
  const warnings: string[] = [];
  const observed: Observed[] = [];
  let last: Step<Action> | undefined;
  const watching =
    (plan: typeof resource.plan): typeof resource.plan =>
    (...given) => {
      const foreseen = plan(...given);
      last = certainStep(foreseen);
      observed.push(given[1]);
      return foreseen;
    };
  const watched = { ...resource, plan: watching(resource.plan), planDelete: watching(resource.planDelete) };
  const run: Run = {
    clock,
    deadlineMs: clock.nowMs() + maxMs,
    signal: new AbortController().signal,
    progress: () => undefined,
    warn: (text) => void warnings.push(text),
    debug: () => undefined,
  };
  const ended = (kind: string, reason: string, recorded?: Recorded<State>): Ran<State, Observed> => {
    return { kind, reason, observed, recorded, warnings };
  };
  const failed = (error: unknown, recorded?: Recorded<State>) => {
    if (!(error instanceof MigrationError)) throw error;
    return ended(error.kind, error.answered, recorded);
  };
  const rested = (recorded?: Recorded<State>) => ended(last?.kind ?? "nothing", last?.reason ?? "", recorded);
  if (target.operation.kind !== "delete") {
    const applied = await applyResource(watched, target, run);
    return applied.kind === "failed" ? failed(applied.error, applied.recorded) : rested(applied.recorded);
  }
  try {
    await deleteResource(watched, target, run);
    return rested();
  } catch (error) {
    return failed(error);
  }
}
