import { type Space, sampled } from "./space.ts";
import type { Verdict } from "./trial.ts";

/** What came of many trials. */
export interface Tally {
  readonly tried: number;
  /** Of so many the preview leaves open how the run ends. */
  readonly open: number;
  /** So many are refused, or something else takes the resource's place: no such run follows. */
  readonly refused: number;
  /** In so many something was sent. */
  readonly sending: number;
  /** The contradictions, the most frequent first. */
  readonly contradictions: readonly Contradiction[];
}

interface Contradiction {
  readonly text: string;
  readonly count: number;
  /** The first case in which it shows. */
  readonly example: string;
}

/** Tries the cases, one after the other. */
export async function tally<Case>(cases: readonly Case[], judged: (one: Case) => Promise<Verdict>): Promise<Tally> {
  const found: { readonly text: string; readonly example: string }[] = [];
  let [open, refused, sending] = [0, 0, 0];
  for (const one of cases) {
    const example = JSON.stringify(one);
    const verdict = await judged(one).catch(defect);
    if (verdict.isOpen) open += 1;
    if (verdict.isRefused) refused += 1;
    if (verdict.sent.length > 0) sending += 1;
    found.push(...verdict.contradictions.map((text) => ({ text, example })));
  }
  const contradictions = [...Map.groupBy(found, ({ text }) => text)]
    .map(([text, those]) => ({ text, count: those.length, example: those[0]?.example ?? "" }))
    .toSorted((one, other) => other.count - one.count);
  return { tried: cases.length, open, refused, sending, contradictions };
}

/** What has no preview or no run at all. */
function defect(error: unknown): Verdict {
  return { contradictions: [`${error}`], isOpen: false, isRefused: false, isIdle: false, sent: [] };
}

/** The contradictions in words, with what is needed to see one again. */
export function contradictionsText({ tried, contradictions }: Tally): string {
  const texts = contradictions.map(({ text, count, example }) => `${count} of ${tried}: ${text}\n  as in ${example}`);
  const left = texts.length - maxTexts;
  return [...texts.slice(0, maxTexts), ...(left > 0 ? [`and ${left} others`] : [])].join("\n\n");
}

const maxTexts = 30;

/**
 * The cases that a test run tries: a sample that is always the same, or what `CONTRADICTIONS` says: `all` of them, or another number; and of those, only the ones whose JSON
 * matches `CONTRADICTIONS_ONLY`.
 */
export function chosenCases<Case>(space: Space<Case>, usual: number): readonly Case[] {
  const { CONTRADICTIONS: count = `${usual}`, CONTRADICTIONS_ONLY: pattern = "" } = process.env;
  const cases = sampled(space, count === "all" ? space.size : Number(count), seed);
  return cases.filter((one) => new RegExp(pattern).test(JSON.stringify(one)));
}

const seed = 20_261_130;
