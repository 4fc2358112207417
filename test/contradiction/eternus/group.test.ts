import { expect, test } from "vitest";
import { eternusInProcess } from "../in-process.ts";
import { areUsual, chosenCases, contradictionsText, sizeOf, tally, tallyText } from "../tally.ts";
import { judge } from "../trial.ts";
import { groupParts } from "./group-space.ts";
import { groupTrial } from "./group-trial.ts";
import { leaversWronged } from "./leavers.ts";

test(
  "a preview of a REC session group announces just what its run does, in every situation",
  async () => {
    const parts = groupParts();
    const result = await tally(chosenCases(parts), async (one) => {
      const verdict = await judge(await groupTrial(one, eternusInProcess));
      return { ...verdict, contradictions: [...verdict.contradictions, ...leaversWronged(one, verdict)] };
    });
    console.log(`ETERNUS: ${tallyText(result, sizeOf(parts))}`);
    expect(contradictionsText(result)).toBe("");
    // What nobody can tell does not become more unseen.
    if (areUsual()) expect(result.open).toBe(938);
  },
  24 * 3_600_000,
);
