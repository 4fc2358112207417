import type { Clock } from "../../../provider/core/async/clock.ts";
import { MigrationError, type MigrationErrorKind } from "../../../provider/core/errors.ts";
import type { Reconciler } from "../../../provider/core/reconcile/reconciler.ts";
import type { Run } from "../../../provider/core/reconcile/run.ts";
import type { Step } from "../../../provider/core/reconcile/step.ts";

/** What one read shows: a state, or a failure of the read. The last of a list is repeated for ever. */
export type Read = string | Error | ((signal: AbortSignal) => Promise<string>);

/** What one action comes to: taken, or a failure. The last of a list is repeated for ever. */
export type Answer = "taken" | Error | ((confirm: () => void) => Promise<void>);

/** A reconciler that plays a script, and what it came to. */
export interface Scripted {
  readonly reconciler: Reconciler<string, string>;
  /** When each read began. */
  readonly readsAtMs: number[];
  readonly sent: { readonly action: string; readonly atMs: number }[];
  readonly steps: string[];
}

/**
 * Plays reads and answers from lists. A state is `done`, `held`, `broken`, or the actions it offers (`ready a b`); anything else is
 * the array at work.
 */
export function scripted(
  clock: Clock,
  script: { readonly reads: readonly Read[]; readonly answers?: readonly Answer[] },
  changes: Partial<Reconciler<string, string>> = {},
): Scripted {
  const readsAtMs: number[] = [];
  const sent: { action: string; atMs: number }[] = [];
  const steps: string[] = [];
  return {
    readsAtMs,
    sent,
    steps,
    reconciler: {
      attempted: "bring volume 7 over",
      on: "the array",
      async observe(signal) {
        const read = at(script.reads, readsAtMs.push(clock.nowMs()) - 1) ?? "done";
        if (read instanceof Error) throw read;
        return typeof read === "string" ? read : read(signal);
      },
      plan: stepFor,
      async send(action, _observed, confirm) {
        const answer = at(script.answers ?? [], sent.push({ action, atMs: clock.nowMs() }) - 1) ?? "taken";
        if (answer instanceof Error) throw answer;
        if (answer !== "taken") await answer(confirm);
      },
      dedupeKey: (action) => action,
      pollIntervalMs: () => 2000,
      onStep: (_observed, step) => steps.push(step.kind),
      lostAnswerGraceMs: 30_000,
      ...changes,
    },
  };
}

function stepFor(state: string): Step<string> {
  const [word, ...actions] = state.split(" ");
  switch (word) {
    case "done":
      return { kind: "settled", reason: "it is done" };
    case "held":
      return { kind: "held", reason: "a person has to approve it" };
    case "broken":
      return { kind: "stuck", reason: "it is broken", next: "Fix it." };
    case "ready":
      return { kind: "act", actions, reason: `it is ready for ${actions.join(" and ")}` };
    default:
      return { kind: "wait", reason: `it is ${state}` };
  }
}

function at<Item>(items: readonly Item[], index: number): Item | undefined {
  return items[Math.min(index, items.length - 1)];
}

/** A run on this clock, and what it reported. @param options.timeoutMs @default an hour */
export function runOn(
  clock: Clock,
  options: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
): Run & { readonly said: string[] } {
  const said: string[] = [];
  return {
    clock,
    deadlineMs: clock.nowMs() + (options.timeoutMs ?? 3_600_000),
    signal: options.signal ?? new AbortController().signal,
    progress: (text) => said.push(text),
    warn: (text) => said.push(text),
    debug: (text) => said.push(text),
    said,
  };
}

export function failure(kind: MigrationErrorKind, retryAfterMs?: number): MigrationError {
  return new MigrationError({
    kind,
    attempted: "do it",
    on: "the array",
    answered: `it was ${kind}`,
    next: "Try again.",
    retryAfterMs,
  });
}
