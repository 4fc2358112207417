import type { Verdict } from "./trial.ts";

/** What came of many trials. */
export interface Tally {
  readonly tried: number;
  readonly open: number;
  readonly refused: number;
  readonly idle: number;
  /** The cases in which preview and run contradict each other, with what each said. */
  readonly contradicted: readonly string[];
}

/** Tries all the cases, one after the other. */
export async function tally<Case>(cases: readonly Case[], judged: (one: Case) => Promise<Verdict>): Promise<Tally> {
  let [open, refused, idle] = [0, 0, 0];
  const contradicted: string[] = [];
  for (const one of cases) {
    const verdict = await judged(one).catch((error: unknown): never => {
      throw new Error(`${JSON.stringify(one)}: ${error}`, { cause: error });
    });
    if (verdict.isOpen) open += 1;
    if (verdict.isRefused) refused += 1;
    if (verdict.isIdle) idle += 1;
    if (verdict.contradictions.length > 0)
      contradicted.push([JSON.stringify(one), ...verdict.contradictions].join("\n  "));
  }
  return { tried: cases.length, open, refused, idle, contradicted };
}
