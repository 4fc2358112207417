import type { OneImport } from "../one-import.ts";

/** What a run left: how it failed, where the session is, and what holds it there. */
export function left({ error, state }: Awaited<ReturnType<OneImport["up"]>>) {
  return { error, state: state?.state, held: state?.held };
}
