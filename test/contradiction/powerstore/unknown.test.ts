import { expect, test } from "vitest";
import { powerStoreInProcess } from "../in-process.ts";
import { chosenCases, contradictionsText, sizeOf, tally, tallyText } from "../tally.ts";
import { judgeUnknown } from "../trial.ts";
import type { ImportCase } from "./import-case.ts";
import { importTrial } from "./import-trial.ts";
import { type UnknownCase, unknownParts } from "./unknown-space.ts";

async function judged({ one, unknown: { names, values }, compare }: UnknownCase) {
  const [first = {}] = values;
  const unknown = await trialOf({ ...one, ...first }, names);
  const turnedOut = await Promise.all(values.map((value) => trialOf({ ...one, ...value })));
  return judgeUnknown(unknown, turnedOut, compare);
}

/** What holds a session further on may depend on what is not known: only what holds it where it is must be announced. */
async function trialOf(one: ImportCase, unknown?: readonly string[]) {
  const trial = await importTrial(one, powerStoreInProcess, unknown);
  const plain = (reason: string) => trial.vocabulary.plain(reason).replace(/; later held.*$/, "");
  return { ...trial, vocabulary: { ...trial.vocabulary, plain } };
}

test(
  "a preview with inputs that are not known yet announces whatever its run may do, in every situation",
  async () => {
    const parts = unknownParts();
    const result = await tally(chosenCases(parts), judged);
    console.log(`PowerStore, not all known: ${tallyText(result, sizeOf(parts))}`);
    expect(contradictionsText(result)).toBe("");
  },
  24 * 3_600_000,
);
