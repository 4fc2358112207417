import { expect, test } from "vitest";
import { groupParts } from "./eternus/group-space.ts";
import { groupTrial } from "./eternus/group-trial.ts";
import { eternusOverHttps, powerStoreOverHttps } from "./over-https.ts";
import { importParts } from "./powerstore/import-space.ts";
import { importTrial } from "./powerstore/import-trial.ts";
import { contradictionsText, fewCases, sizeOf, tally, tallyText } from "./tally.ts";
import { judge } from "./trial.ts";

// What answers in this process answers over HTTPS too: a sample of the same situations shows it.

const dayMs = 24 * 3_600_000;

test(
  "over HTTPS, a preview of an import session announces just what its run does",
  async () => {
    const parts = importParts();
    const cases = fewCases(parts, 0.065);
    const result = await tally(cases, async (one) => judge(await importTrial(one, powerStoreOverHttps)));
    console.log(`PowerStore over HTTPS: ${tallyText(result, sizeOf(parts))}`);
    expect(contradictionsText(result)).toBe("");
  },
  dayMs,
);

test(
  "over HTTPS, a preview of a REC session group announces just what its run does",
  async () => {
    const parts = groupParts();
    const cases = fewCases(parts, 0.055);
    const result = await tally(cases, async (one) => judge(await groupTrial(one, eternusOverHttps)));
    console.log(`ETERNUS over HTTPS: ${tallyText(result, sizeOf(parts))}`);
    expect(contradictionsText(result)).toBe("");
  },
  dayMs,
);
