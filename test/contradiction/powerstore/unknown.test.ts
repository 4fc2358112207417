import { expect, test } from "vitest";
import { powerStoreInProcess } from "../in-process.ts";
import { chosenCases, contradictionsText, sizeOf, tally, tallyText } from "../tally.ts";
import { judgeUnknown } from "../trial.ts";
import { importTrial } from "./import-trial.ts";
import { type UnknownCase, unknownParts } from "./unknown-space.ts";

async function judged({ one, unknown: { names, values }, compare }: UnknownCase) {
  const [first = {}] = values;
  const unknown = await importTrial({ ...one, ...first }, powerStoreInProcess, names);
  const turnedOut = await Promise.all(values.map((value) => importTrial({ ...one, ...value }, powerStoreInProcess)));
  return judgeUnknown(unknown, turnedOut, compare);
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
