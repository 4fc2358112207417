import type { Temper } from "./temperament.ts";

/**
 * Whether an action is refused because something else is in progress: from its first attempt on for as long as the trait takes,
 * then not before the next such action. Gives the number of the action, to choose a form of the refusal by.
 */
export function refusedInPassing(temper: Temper): (action: string, nowMs: number) => number | undefined {
  const attempts = new Map<string, { nth: number; refusedUntilMs: number | undefined }>();
  return (action, nowMs) => {
    const attempt = attempts.get(action) ?? { nth: 0, refusedUntilMs: undefined };
    attempts.set(action, attempt);
    attempt.refusedUntilMs ??= nowMs + temper.msIfStrikes("passing-refusals", action, attempt.nth);
    if (nowMs < attempt.refusedUntilMs) return attempt.nth;
    attempt.nth += 1;
    attempt.refusedUntilMs = undefined;
    return undefined;
  };
}
