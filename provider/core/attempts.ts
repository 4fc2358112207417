import { fateOfAct, type MigrationError } from "./errors.ts";

/** Which opportunities this run has used, so that no act is sent twice for one. */
export interface Attempts {
  /** An opportunity that is not planned any more is over; the next one like it is new. */
  forgetAllBut(planned: readonly string[]): void;
  isDue(opportunity: string, nowMs: number): boolean;
  taken(opportunity: string): void;
  failed(opportunity: string, error: MigrationError, nowMs: number): void;
  /** The array's refusal of an act that is still planned. */
  refusal(): MigrationError | undefined;
}

type Attempt =
  | { readonly fate: "taken" }
  | { readonly fate: "unknown"; readonly atMs: number }
  | { readonly fate: "refused"; readonly error: MigrationError };

/** @param graceMs how long an act whose answer was lost is given to show, before it is due again */
export function trackAttempts(graceMs: number): Attempts {
  let attempts = new Map<string, Attempt>();
  return {
    forgetAllBut(planned) {
      attempts = new Map([...attempts].filter(([opportunity]) => planned.includes(opportunity)));
    },
    isDue(opportunity, nowMs) {
      const attempt = attempts.get(opportunity);
      return attempt === undefined || (attempt.fate === "unknown" && nowMs - attempt.atMs >= graceMs);
    },
    taken(opportunity) {
      attempts.set(opportunity, { fate: "taken" });
    },
    failed(opportunity, error, nowMs) {
      const fate = fateOfAct(error);
      if (fate === "unknown") attempts.set(opportunity, { fate, atMs: nowMs });
      else if (fate === "refused") attempts.set(opportunity, { fate, error });
      else attempts.delete(opportunity);
    },
    refusal() {
      return [...attempts.values()].flatMap((attempt) => (attempt.fate === "refused" ? [attempt.error] : []))[0];
    },
  };
}
