import { reconcile } from "./reconcile.ts";
import type { Run } from "./run.ts";

/** Reads once, and again after each transient failure, until the deadline. */
export async function readWithRetry<Observed>(
  what: { readonly attempted: string; readonly on: string },
  observe: (signal: AbortSignal) => Promise<Observed>,
  run: Run,
): Promise<Observed> {
  const { observed } = await reconcile<Observed, never>(
    {
      ...what,
      observe,
      plan: () => ({ kind: "settled", reason: "read" }),
      send: async () => {},
      dedupeKey: () => "",
      pollIntervalMs: () => 0,
      onStep: () => {},
      lostAnswerGraceMs: 0,
    },
    run,
  );
  return observed;
}
