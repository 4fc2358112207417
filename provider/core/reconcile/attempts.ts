import { type MigrationError, outcomeOfAction } from "../errors.ts";

/** Which opportunities this run has used, so that no act is sent twice for one. */
export interface Attempts {
  /** An opportunity that is not planned any more is over; the next one like it is new. */
  forgetAllBut(planned: readonly string[]): void;
  isDue(opportunity: string, nowMs: number): boolean;
  taken(opportunity: string): void;
  /** Whether it was taken will show within the grace time. */
  unclear(opportunity: string, atMs: number): void;
  failed(opportunity: string, error: MigrationError, nowMs: number): void;
  /** The array's refusal of an act that is still planned. */
  rejection(nowMs: number): MigrationError | undefined;
}

type Attempt =
  | { readonly fate: "taken" }
  | { readonly fate: "unknown"; readonly atMs: number }
  /** `untilMs`: the refusal may only mean that an earlier request was taken, which has this long to show. */
  | { readonly fate: "refused"; readonly error: MigrationError; readonly untilMs: number };

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
    unclear(opportunity, atMs) {
      attempts.set(opportunity, { fate: "unknown", atMs });
    },
    failed(opportunity, error, nowMs) {
      const wasUnclear = attempts.get(opportunity)?.fate === "unknown";
      switch (outcomeOfAction(error)) {
        case "unknown":
          attempts.set(opportunity, { fate: "unknown", atMs: nowMs });
          break;
        case "refused":
          attempts.set(opportunity, { fate: "refused", error, untilMs: wasUnclear ? nowMs + graceMs : nowMs });
          break;
        case "not taken":
          if (!wasUnclear) attempts.delete(opportunity);
          break;
      }
    },
    rejection(nowMs) {
      const refused = [...attempts.values()].find((attempt) => attempt.fate === "refused" && nowMs >= attempt.untilMs);
      return refused?.fate === "refused" ? refused.error : undefined;
    },
  };
}
