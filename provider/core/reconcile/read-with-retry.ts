import { settle } from "./reconcile.ts";
import type { Run } from "./run.ts";

/** Looks once, and again while a look fails in passing, until the deadline. */
export async function look<Observed>(
  what: { readonly attempted: string; readonly on: string },
  observe: (signal: AbortSignal) => Promise<Observed>,
  run: Run,
): Promise<Observed> {
  const { observed } = await settle<Observed, never>(
    {
      ...what,
      observe,
      plan: () => ({ kind: "settled", reason: "seen" }),
      act: async () => {},
      opportunity: () => "",
      paceMs: () => 0,
      onStep: () => {},
      lostAnswerGraceMs: 0,
    },
    run,
  );
  return observed;
}
