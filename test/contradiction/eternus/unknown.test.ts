import { expect, test } from "vitest";
import { eternusInProcess } from "../in-process.ts";
import { chosenCases, contradictionsText, sizeOf, tally, tallyText } from "../tally.ts";
import { judgeUnknown } from "../trial.ts";
import { groupTrial } from "./group-trial.ts";
import { type UnknownCase, unknownParts } from "./unknown-space.ts";

async function judged({ one, unknown: { names, values }, compare }: UnknownCase) {
  const [first = {}] = values;
  const unknown = await groupTrial({ ...one, ...first }, eternusInProcess, names);
  const turnedOut = await Promise.all(values.map((value) => groupTrial({ ...one, ...value }, eternusInProcess)));
  return judgeUnknown(unknown, turnedOut, compare);
}

test(
  "a preview with inputs that are not known yet announces whatever its run may do, in every situation",
  async () => {
    const parts = unknownParts();
    const result = await tally(chosenCases(parts), judged);
    console.log(`ETERNUS, not all known: ${tallyText(result, sizeOf(parts))}`);
    expect(contradictionsText(result)).toBe("");
  },
  24 * 3_600_000,
);
