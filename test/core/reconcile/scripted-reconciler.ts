import type { Clock } from "../../../provider/core/async/clock.ts";
import { MigrationError, type MigrationErrorKind } from "../../../provider/core/errors.ts";
import type { Reconciler } from "../../../provider/core/reconcile/reconciler.ts";
import type { Run } from "../../../provider/core/reconcile/run.ts";
import type { Step } from "../../../provider/core/reconcile/step.ts";

/** What one look shows: a state, or a failure of the look. The last of a list goes on for ever. */
export type Look = string | Error | ((signal: AbortSignal) => Promise<string>);

/** What one act comes to: taken, or a failure. The last of a list goes on for ever. */
export type Answer = "taken" | Error | ((confirm: () => void) => Promise<void>);

/** A settling that plays a script, and what it came to. */
export interface Scripted {
  readonly settling: Reconciler<string, string>;
  /** When each look began. */
  readonly looksAtMs: number[];
  readonly sent: { readonly act: string; readonly atMs: number }[];
  readonly steps: string[];
}

/**
 * Plays looks and answers from lists. A state is `done`, `held`, `broken`, or the acts it offers (`ready a b`); anything else is
 * the array at work.
 */
export function scripted(
  clock: Clock,
  script: { readonly looks: readonly Look[]; readonly answers?: readonly Answer[] },
  changes: Partial<Reconciler<string, string>> = {},
): Scripted {
  const looksAtMs: number[] = [];
  const sent: { act: string; atMs: number }[] = [];
  const steps: string[] = [];
  return {
    looksAtMs,
    sent,
    steps,
    settling: {
      attempted: "bring volume 7 over",
      on: "the array",
      async observe(signal) {
        const look = at(script.looks, looksAtMs.push(clock.nowMs()) - 1) ?? "done";
        if (look instanceof Error) throw look;
        return typeof look === "string" ? look : look(signal);
      },
      plan: stepFor,
      async send(act, _observed, confirm) {
        const answer = at(script.answers ?? [], sent.push({ act, atMs: clock.nowMs() }) - 1) ?? "taken";
        if (answer instanceof Error) throw answer;
        if (answer !== "taken") await answer(confirm);
      },
      dedupeKey: (act) => act,
      pollIntervalMs: () => 2000,
      onStep: (_observed, step) => steps.push(step.kind),
      lostAnswerGraceMs: 30_000,
      ...changes,
    },
  };
}

function stepFor(state: string): Step<string> {
  const [word, ...acts] = state.split(" ");
  switch (word) {
    case "done":
      return { kind: "settled", reason: "it is done" };
    case "held":
      return { kind: "held", reason: "a person has to approve it" };
    case "broken":
      return { kind: "stuck", reason: "it is broken", next: "Mend it." };
    case "ready":
      return { kind: "act", actions: acts, reason: `it is ready for ${acts.join(" and ")}` };
    default:
      return { kind: "wait", reason: `it is ${state}` };
  }
}

function at<Item>(items: readonly Item[], index: number): Item | undefined {
  return items[Math.min(index, items.length - 1)];
}

/** A run on this clock, and what it said. @param options.timeoutMs @default an hour */
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
