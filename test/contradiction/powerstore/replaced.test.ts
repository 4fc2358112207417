import { expect, test } from "vitest";
import { powerStoreInProcess } from "../in-process.ts";
import { chosenCases, contradictionsText, sizeOf, tally, tallyText } from "../tally.ts";
import { judgeReplacement } from "../trial.ts";
import { replacedParts } from "./import-space.ts";
import { importTrial } from "./import-trial.ts";

test(
  "the previews of a replacement announce just what becomes of both sessions, in every situation",
  async () => {
    const parts = replacedParts();
    const cases = chosenCases(parts);
    const result = await tally(cases, async (one) => judgeReplacement(await importTrial(one, powerStoreInProcess)));
    console.log(`PowerStore, replaced: ${tallyText(result, sizeOf(parts))}`);
    expect(contradictionsText(result)).toBe("");
  },
  24 * 3_600_000,
);
