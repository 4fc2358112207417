import { expect, test } from "vitest";
import { virtualClock } from "../core/virtual-clock.ts";
import { groupParts } from "./eternus/group-space.ts";
import { groupTrial } from "./eternus/group-trial.ts";
import { inProcessEternus, inProcessPowerStore } from "./in-process-arrays.ts";
import { importParts } from "./powerstore/import-space.ts";
import { importTrial } from "./powerstore/import-trial.ts";
import { fewCases } from "./tally.ts";
import { type Passage, passages } from "./trial.ts";

// Whatever a route passes, the array passes: with a read every second, none of it is missed.

const settings = { pollMinimumMs: 1000, pollMaximumMs: 1000 };
const reached = <Made extends object>(made: Made) => ({ ...made, close: async () => {} });

/** The passages that the array did not go. */
async function notGone<Case>(
  cases: readonly Case[],
  passed: (one: Case) => Promise<readonly Passage[] | undefined>,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const one of cases) {
    for (const { subject, foreseen, seen } of (await passed(one)) ?? []) {
      if (!` ${seen.join(" > ")} `.includes(` ${foreseen.join(" > ")} `))
        wrong.push(`${subject}: foreseen ${foreseen.join(" > ")}, seen ${seen.join(" > ")}\n  ${JSON.stringify(one)}`);
    }
  }
  return wrong;
}

test("each step that the route of an import foresees is one that the array makes", async () => {
  // What the array itself cuts over shows only for a moment that it is ready.
  const cases = fewCases(importParts(), 0.05).filter(({ isAutomatic }) => isAutomatic !== true);
  const wrong = await notGone(cases, async (one) =>
    passages(
      await importTrial(one, (options) => {
        const clock = virtualClock();
        return reached({ clock, ...inProcessPowerStore({ clock, options, settings }) });
      }),
    ),
  );
  expect(wrong.join("\n")).toBe("");
});

test("each step that the route of a REC session group foresees is one that the array makes", async () => {
  const wrong = await notGone(fewCases(groupParts(), 0.05), async (one) =>
    passages(
      await groupTrial(one, (options) => {
        const clock = virtualClock();
        return reached({ clock, ...inProcessEternus({ clock, options, settings }) });
      }),
    ),
  );
  expect(wrong.join("\n")).toBe("");
});
