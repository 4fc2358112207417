import { fateOfAct, isPassing, MigrationError } from "./errors.ts";
import { mapBounded } from "./map-bounded.ts";
import type { Run } from "./run.ts";

/** What to do next about what was observed: the whole vocabulary of a plan. */
export type Step<Act> =
  /** The declared state is reached. */
  | { readonly kind: "settled"; readonly reason: string }
  /** As far as it may go for now: a person has to open a gate first. A success. */
  | { readonly kind: "held"; readonly reason: string }
  /** The array is at work. */
  | { readonly kind: "wait"; readonly reason: string }
  | { readonly kind: "act"; readonly acts: readonly Act[]; readonly reason: string }
  /** The declared state cannot be reached from here. `next` says what a person can do. */
  | { readonly kind: "stuck"; readonly reason: string; readonly next: string };

/** One kind of settling: how to look, what to conclude, how to act. */
export interface Settling<Observed, Act> {
  /** For errors: `bring import session 7 to Ready_For_Cutover`. */
  readonly attempted: string;
  /** For errors: the array. */
  readonly on: string;
  observe(signal: AbortSignal): Promise<Observed>;
  plan(observed: Observed): Step<Act>;
  /** Sends one act. Gets no signal: an act under way is always seen to its answer. */
  act(act: Act, observed: Observed): Promise<void>;
  /** The opportunity an act uses up. Planned again while its opportunity lasts, it is not sent again. */
  opportunity(act: Act): string;
  /** How long to let the array work before the next look, in milliseconds. `looks` counts those since anything changed. */
  paceMs(observed: Observed, looks: number): number;
  /** Hears of each look and what was concluded: records the observation, shows progress. */
  onStep(observed: Observed, step: Step<Act>): void;
  /** Acts under way at once. @default 1 */
  readonly actsAtOnce?: number;
  /** How long an act whose answer was lost is given to show, before it is sent again, in milliseconds. */
  readonly lostAnswerGraceMs: number;
}

export interface Settled<Observed> {
  readonly kind: "settled" | "held";
  readonly reason: string;
  readonly observed: Observed;
}

/**
 * Observes, plans and acts until the plan says settled or held.
 *
 * Each act is sent at most once per opportunity: while the plan keeps asking for an act that the array has taken, it is waited for; one whose answer
 * was lost is sent again only when the array has kept showing the opportunity for a grace time.
 *
 * @throws MigrationError `stuck`, `timeout` or `cancelled`, or the array's refusal of an act
 */
export async function settle<Observed, Act>(settling: Settling<Observed, Act>, run: Run): Promise<Settled<Observed>> {
  const deadline = new AbortController();
  const over = AbortSignal.any([run.signal, deadline.signal]);
  const finished = new AbortController();
  run.clock.sleep(run.deadlineMs - run.clock.nowMs(), finished.signal).then(() => deadline.abort());
  try {
    return await new Loop(settling, run, over).run();
  } finally {
    finished.abort();
  }
}

type Attempt =
  | { readonly fate: "taken" }
  | { readonly fate: "unknown"; readonly atMs: number }
  | { readonly fate: "refused"; readonly error: MigrationError };

class Loop<Observed, Act> {
  readonly #settling: Settling<Observed, Act>;
  readonly #run: Run;
  readonly #over: AbortSignal;
  #attempts = new Map<string, Attempt>();
  #looks = 0;
  #lastReason: string | undefined;
  #lastFailure: MigrationError | undefined;

  constructor(settling: Settling<Observed, Act>, run: Run, over: AbortSignal) {
    this.#settling = settling;
    this.#run = run;
    this.#over = over;
  }

  async run(): Promise<Settled<Observed>> {
    for (;;) {
      const observed = await this.#observe();
      const step = this.#settling.plan(observed);
      this.#settling.onStep(observed, step);
      this.#looks = step.reason === this.#lastReason ? this.#looks + 1 : 0;
      this.#lastReason = step.reason;
      switch (step.kind) {
        case "settled":
        case "held":
          return { kind: step.kind, reason: step.reason, observed };
        case "stuck":
          throw this.#error("stuck", step.reason, step.next);
        case "wait":
          this.#attempts.clear();
          break;
        case "act":
          await this.#act(step.acts, observed);
          break;
      }
      await this.#pause(this.#settling.paceMs(observed, this.#looks));
    }
  }

  /** Looks until a look succeeds: one failed poll is never a failed migration. */
  async #observe(): Promise<Observed> {
    for (let failures = 1; ; failures++) {
      this.#throwIfOver();
      try {
        const observed = await this.#settling.observe(this.#over);
        this.#lastFailure = undefined;
        return observed;
      } catch (error) {
        this.#throwIfOver();
        if (!isPassing(error)) throw error;
        this.#lastFailure = error;
        this.#run.progress(`looking again: ${error.message}`);
        await this.#pause(Math.max(error.retryAfterMs ?? 0, backoffMs(failures)));
      }
    }
  }

  async #act(acts: readonly Act[], observed: Observed): Promise<void> {
    const planned = new Set(acts.map((act) => this.#settling.opportunity(act)));
    this.#attempts = new Map([...this.#attempts].filter(([opportunity]) => planned.has(opportunity)));
    const refused = [...this.#attempts.values()].find((attempt) => attempt.fate === "refused");
    // Refused, and a fresh look still plans it: the array means it.
    if (refused !== undefined) throw refused.error;
    const due = acts.filter((act) => this.#isDue(this.#settling.opportunity(act)));
    if (due.length > 0) this.#looks = 0;
    const pauses = await mapBounded(due, this.#settling.actsAtOnce ?? 1, (act) => this.#attempt(act, observed));
    await this.#pause(Math.max(0, ...pauses));
  }

  #isDue(opportunity: string): boolean {
    const attempt = this.#attempts.get(opportunity);
    if (attempt === undefined) return true;
    return attempt.fate === "unknown" && this.#run.clock.nowMs() - attempt.atMs >= this.#settling.lostAnswerGraceMs;
  }

  /** @returns how long the array asked to be left alone, in milliseconds */
  async #attempt(act: Act, observed: Observed): Promise<number> {
    if (this.#over.aborted) return 0;
    const opportunity = this.#settling.opportunity(act);
    try {
      await this.#settling.act(act, observed);
      this.#attempts.set(opportunity, { fate: "taken" });
      return 0;
    } catch (error) {
      if (!(error instanceof MigrationError)) throw error;
      const fate = fateOfAct(error);
      this.#lastFailure = error;
      this.#run.progress(`looking again: ${error.message}`);
      if (fate === "refused") this.#attempts.set(opportunity, { fate, error });
      if (fate === "unknown") this.#attempts.set(opportunity, { fate, atMs: this.#run.clock.nowMs() });
      return error.retryAfterMs ?? 0;
    }
  }

  async #pause(durationMs: number): Promise<void> {
    await this.#run.clock.sleep(durationMs, this.#over);
    this.#throwIfOver();
  }

  #throwIfOver(): void {
    if (!this.#over.aborted) return;
    if (this.#run.signal.aborted) {
      const goOn = "What was seen last is recorded; run `pulumi up` again to go on from here.";
      throw this.#error("cancelled", `the run was interrupted while ${this.#lastReason ?? "looking"}`, goOn);
    }
    const failure = this.#lastFailure === undefined ? "" : `; the last look failed: ${this.#lastFailure.message}`;
    throw this.#error(
      "timeout",
      `the deadline passed while ${this.#lastReason ?? "looking"}${failure}`,
      "The array goes on by itself. What was seen last is recorded; run `pulumi up` again to go on waiting, with a longer `customTimeouts` if need be.",
    );
  }

  #error(kind: "stuck" | "timeout" | "cancelled", answered: string, next: string): MigrationError {
    return new MigrationError({ kind, attempted: this.#settling.attempted, on: this.#settling.on, answered, next });
  }
}

/** 1 s, doubling up to a minute: a failing array is not helped by being asked more. */
function backoffMs(failures: number): number {
  return Math.min(1000 * 2 ** Math.min(failures - 1, 6), 60_000);
}
