import { type MigrationError, outcomeOfAction } from "../errors.ts";

type Attempt =
  | { readonly kind: "taken" }
  | { readonly kind: "unknown"; readonly atMs: number }
  /** Until `untilMs`, the rejection may only mean that the array has taken an earlier request, whose effect does not show yet. */
  | { readonly kind: "rejected"; readonly error: MigrationError; readonly untilMs: number };

export type Attempts = ReturnType<typeof trackAttempts>;

/**
 * Tracks the opportunities that this run has used, so that it sends no action twice for one of them.
 *
 * @param graceMs after a lost answer, the time until the action is due again because no effect has shown, in milliseconds
 */
export function trackAttempts(graceMs: number) {
  let attempts = new Map<string, Attempt>();
  return {
    /** Forgets each opportunity that the plan no longer contains. If the plan contains it again later, it is a new one. */
    forgetAllBut(planned: readonly string[]): void {
      attempts = new Map([...attempts].filter(([dedupeKey]) => planned.includes(dedupeKey)));
    },
    isDue(dedupeKey: string, nowMs: number): boolean {
      const attempt = attempts.get(dedupeKey);
      return attempt === undefined || (attempt.kind === "unknown" && nowMs - attempt.atMs >= graceMs);
    },
    taken(dedupeKey: string): void {
      attempts.set(dedupeKey, { kind: "taken" });
    },
    /** The array may have taken the action, which shows within the grace time. */
    unclear(dedupeKey: string, atMs: number): void {
      attempts.set(dedupeKey, { kind: "unknown", atMs });
    },
    failed(dedupeKey: string, error: MigrationError, nowMs: number): void {
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
    /** The array's rejection of an action that the plan still contains. */
    rejection(nowMs: number): MigrationError | undefined {
      for (const attempt of attempts.values())
        if (attempt.kind === "rejected" && nowMs >= attempt.untilMs) return attempt.error;
      return undefined;
    },
  };
}
