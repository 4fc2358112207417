import { expect, test } from "vitest";
import { virtualClock } from "../../core/virtual-clock.ts";
import { inProcessEternus } from "../in-process-arrays.ts";
import { chosenCases, contradictionsText, tally } from "../tally.ts";
import { judge } from "../trial.ts";
import { groupSpace } from "./group-space.ts";
import { groupTrial, type Reach } from "./group-trial.ts";

const inProcess: Reach = (options) => {
  const clock = virtualClock();
  return { clock, ...inProcessEternus({ clock, options }), close: async () => {} };
};

test(
  "a preview of a REC session group announces just what its run does, in every situation",
  async () => {
    const space = groupSpace();
    const result = await tally(chosenCases(space, 4000), async (one) => judge(await groupTrial(one, inProcess)));
    const { tried, open, refused, sending } = result;
    console.log(
      `ETERNUS: ${tried} of ${space.size} situations: ${sending} send something, ${open} are open, ${refused} are refused`,
    );
    expect(contradictionsText(result)).toBe("");
  },
  24 * 3_600_000,
);
