import { expect, test } from "vitest";
import { virtualClock } from "../../core/virtual-clock.ts";
import { inProcessEternus } from "../in-process-arrays.ts";
import { chosenCases, contradictionsText, sizeOf, tally, tallyText } from "../tally.ts";
import { judge } from "../trial.ts";
import { groupParts } from "./group-space.ts";
import { groupTrial, type Reach } from "./group-trial.ts";

const inProcess: Reach = (options) => {
  const clock = virtualClock();
  return { clock, ...inProcessEternus({ clock, options }), close: async () => {} };
};

test(
  "a preview of a REC session group announces just what its run does, in every situation",
  async () => {
    const parts = groupParts();
    const result = await tally(chosenCases(parts), async (one) => judge(await groupTrial(one, inProcess)));
    console.log(`ETERNUS: ${tallyText(result, sizeOf(parts))}`);
    expect(contradictionsText(result)).toBe("");
  },
  24 * 3_600_000,
);
