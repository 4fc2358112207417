import { expect, test } from "vitest";
import { powerStoreInProcess } from "../in-process.ts";
import { areUsual, chosenCases, contradictionsText, sizeOf, tally, tallyText } from "../tally.ts";
import { judge } from "../trial.ts";
import { importParts } from "./import-space.ts";
import { importTrial } from "./import-trial.ts";

test(
  "a preview of an import session announces just what its run does, in every situation",
  async () => {
    const parts = importParts();
    const result = await tally(chosenCases(parts), async (one) => judge(await importTrial(one, powerStoreInProcess)));
    console.log(`PowerStore: ${tallyText(result, sizeOf(parts))}`);
    expect(contradictionsText(result)).toBe("");
    // What nobody can tell does not become more unseen.
    if (areUsual()) expect(result.open).toBe(20);
  },
  24 * 3_600_000,
);
