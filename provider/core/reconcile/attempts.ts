import { type MigrationError, outcomeOfAction } from "../errors.ts";

/** Which opportunities this run has used, so that no action is sent twice for one. */
export interface Attempts {
  /** An opportunity that is not planned any more is over; the next one like it is new. */
  forgetAllBut(planned: readonly string[]): void;
  isDue(dedupeKey: string, nowMs: number): boolean;
  taken(dedupeKey: string): void;
  /** Whether it was taken will show within the grace time. */
  unclear(dedupeKey: string, atMs: number): void;
  failed(dedupeKey: string, error: MigrationError, nowMs: number): void;
  /** The array's rejection of an action that is still planned. */
  rejection(nowMs: number): MigrationError | undefined;
}

type Attempt =
  | { readonly kind: "taken" }
  | { readonly kind: "unknown"; readonly atMs: number }
  /** `untilMs`: the rejection may only mean that the array has taken an earlier request, which has this long to show. */
  | { readonly kind: "rejected"; readonly error: MigrationError; readonly untilMs: number };

/** @param graceMs how long an action whose answer was lost may take to show, before it is due again */
export function trackAttempts(graceMs: number): Attempts {
  let attempts = new Map<string, Attempt>();
  return {
    forgetAllBut(planned) {
      attempts = new Map([...attempts].filter(([dedupeKey]) => planned.includes(dedupeKey)));
    },
    isDue(dedupeKey, nowMs) {
      const attempt = attempts.get(dedupeKey);
      return attempt === undefined || (attempt.kind === "unknown" && nowMs - attempt.atMs >= graceMs);
    },
    taken(dedupeKey) {
      attempts.set(dedupeKey, { kind: "taken" });
    },
    unclear(dedupeKey, atMs) {
      attempts.set(dedupeKey, { kind: "unknown", atMs });
    },
    failed(dedupeKey, error, nowMs) {
      const wasUnclear = attempts.get(dedupeKey)?.kind === "unknown";
      switch (outcomeOfAction(error)) {
        case "unknown":
          attempts.set(dedupeKey, { kind: "unknown", atMs: nowMs });
          break;
        case "rejected":
          attempts.set(dedupeKey, { kind: "rejected", error, untilMs: wasUnclear ? nowMs + graceMs : nowMs });
          break;
        case "not sent":
          if (!wasUnclear) attempts.delete(dedupeKey);
          break;
      }
    },
    rejection(nowMs) {
      const rejected = [...attempts.values()].find(
        (attempt) => attempt.kind === "rejected" && nowMs >= attempt.untilMs,
      );
      return rejected?.kind === "rejected" ? rejected.error : undefined;
    },
  };
}
