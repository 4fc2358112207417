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
  readonly cpuMs: number;
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
  const before = process.cpuUsage();
  for (const one of cases) {
    const example = JSON.stringify(one);
    const verdict = await judged(one).catch(defect);
    if (verdict.isOpen) open += 1;
    if (verdict.isRefused) refused += 1;
    if (verdict.sent.length > 0) sending += 1;
    found.push(...verdict.contradictions.map((text) => ({ text, example })));
  }
  const { user, system } = process.cpuUsage(before);
  const contradictions = [...Map.groupBy(found, ({ text }) => text)]
    .map(([text, those]) => ({ text, count: those.length, example: those[0]?.example ?? "" }))
    .toSorted((one, other) => other.count - one.count);
  return { tried: cases.length, open, refused, sending, cpuMs: (user + system) / 1000, contradictions };
}

/** What has no preview or no run at all. */
function defect(error: unknown): Verdict {
  const nothing = { isOpen: false, isRefused: false, isIdle: false, sent: [], row: undefined, warnings: [] };
  return { ...nothing, contradictions: [`${error}`] };
}

/** The contradictions in words, with what is needed to see one again. */
export function contradictionsText({ tried, contradictions }: Tally): string {
  const texts = contradictions.map(({ text, count, example }) => `${count} of ${tried}: ${text}\n  as in ${example}`);
  const left = texts.length - maxTexts;
  return [...texts.slice(0, maxTexts), ...(left > 0 ? [`and ${left} others`] : [])].join("\n\n");
}

const maxTexts = 30;

/** The numbers, for the output of a test run. */
export function tallyText({ tried, sending, open, refused, cpuMs }: Tally, size: number): string {
  const counts = `${sending} send something, ${open} are open, ${refused} are refused`;
  return `${tried} of ${size} situations in ${(cpuMs / 1000).toFixed(1)} CPU seconds: ${counts}`;
}

/** Cases of one kind, and how many of them every `npm test` tries. */
export interface Part<Case> {
  readonly space: Space<Case>;
  readonly usual: number;
}

/**
 * The cases that a test run tries: a sample that is always the same, or what `CONTRADICTIONS` says: `all` of them, or so many times the usual number; and of those, only the
 * ones whose JSON matches `CONTRADICTIONS_ONLY`.
 */
export function chosenCases<Case>(parts: readonly Part<Case>[]): readonly Case[] {
  const { CONTRADICTIONS: times = "1" } = process.env;
  return sampleOf(parts, times === "all" ? Number.POSITIVE_INFINITY : Number(times));
}

/** A few of them, for where each takes long: a share of the usual number, or with `all` as many as usual. */
export function fewCases<Case>(parts: readonly Part<Case>[], share: number): readonly Case[] {
  return sampleOf(parts, process.env.CONTRADICTIONS === "all" ? 1 : share);
}

function sampleOf<Case>(parts: readonly Part<Case>[], times: number): readonly Case[] {
  const pattern = new RegExp(process.env.CONTRADICTIONS_ONLY ?? "");
  const cases = parts.flatMap(({ space, usual }) =>
    sampled(space, Math.min(space.size, Math.ceil(usual * times)), seed),
  );
  return cases.filter((one) => pattern.test(JSON.stringify(one)));
}

/** Whether these are the cases that every `npm test` tries: of those all numbers are known. */
export function areUsual(): boolean {
  return process.env.CONTRADICTIONS === undefined && process.env.CONTRADICTIONS_ONLY === undefined;
}

/** How many cases there are. */
export function sizeOf(parts: readonly Part<unknown>[]): number {
  return parts.reduce((sum, { space }) => sum + space.size, 0);
}

const seed = 20_261_130;
