import { expect, test } from "vitest";
import { virtualClock } from "../../core/virtual-clock.ts";
import { inProcessPowerStore } from "../in-process-arrays.ts";
import { chosenCases, contradictionsText, tally } from "../tally.ts";
import { judge } from "../trial.ts";
import { importSpace } from "./import-space.ts";
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
    const space = importSpace();
    console.log([...Array(12)].map((_, i) => i));
    const result = await tally(chosenCases(space, 4000), async (one) => judge(await importTrial(one, inProcess)));
    const { tried, open, refused, sending } = result;
    console.log(
      `PowerStore: ${tried} of ${space.size} situations: ${sending} send something, ${open} are open, ${refused} are refused`,
    );
    expect(contradictionsText(result)).toBe("");
  },
  24 * 3_600_000,
);
