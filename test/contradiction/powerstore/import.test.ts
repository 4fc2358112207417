import { expect, test } from "vitest";
import { virtualClock } from "../../core/virtual-clock.ts";
import { inProcessPowerStore } from "../in-process-arrays.ts";
import { chosenCases, contradictionsText, sizeOf, tally, tallyText } from "../tally.ts";
import { judge } from "../trial.ts";
import { importParts } from "./import-space.ts";
import { importTrial, pollMaximumMs, type Reach } from "./import-trial.ts";

const inProcess: Reach = (options) => {
  const clock = virtualClock();
  return {
    clock,
    ...inProcessPowerStore({ clock, options, settings: { pollMaximumMs } }),
    close: async () => {},
  };
};

test(
  "a preview of an import session announces just what its run does, in every situation",
  async () => {
    const parts = importParts();
    const result = await tally(chosenCases(parts), async (one) => judge(await importTrial(one, inProcess)));
    console.log(`PowerStore: ${tallyText(result, sizeOf(parts))}`);
    expect(contradictionsText(result)).toBe("");
  },
  24 * 3_600_000,
);
