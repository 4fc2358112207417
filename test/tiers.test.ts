import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { tiers, virtualOnly } from "./tiers.ts";

const cwd = fileURLToPath(new URL("..", import.meta.url));
const filesOf = (globs: readonly string[], exclude: readonly string[] = []) => globSync([...globs], { cwd, exclude });

test.each(Object.values(tiers).flat())("%s names tests that are there", (glob) => {
  expect(filesOf([glob])).not.toEqual([]);
});

test("every test is in one tier; the stories of a whole life are in two", () => {
  const all = filesOf(["test/**/*.test.ts"]);
  const virtual = filesOf(virtualOnly.include, virtualOnly.exclude);
  const inTiers = [...Object.values(tiers).map((globs) => filesOf(globs)), virtual].flat();
  const twice = inTiers.filter((file, at) => inTiers.indexOf(file) !== at);
  expect(new Set(inTiers)).toEqual(new Set(all));
  expect(twice.toSorted()).toEqual(filesOf(["test/scenarios/whole/*.test.ts"]).toSorted());
});
