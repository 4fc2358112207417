import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { catalogue, catalogueText, nextOf, provocations } from "./catalogue.ts";
import { kindTexts } from "./kinds.ts";
import { errorSites } from "./sites.ts";

const sites = await errorSites();
const entries = await catalogue();

test("every place in the code where an error comes from is in the catalogue, and none besides", () => {
  const names = sites.map(({ name }) => name);
  expect([...new Set(provocations.map(({ site }) => site))].sort()).toEqual([...names].sort());
});

test("docs/errors.md is what `npm run docs:errors` makes", async () => {
  const text = await readFile(new URL("../../docs/errors.md", import.meta.url), "utf8");
  expect(text).toBe(catalogueText(entries));
});

test.each(Object.keys(kindTexts))("there is an error of kind %s", (kind) => {
  expect(entries.some(({ error }) => error.kind === kind)).toBe(true);
});

describe.each(entries)("$site: $error.answered", ({ site, error }) => {
  test("comes from there", () => {
    const place = sites.find(({ name }) => name === site);
    expect(error.answered).toMatch(place?.answered ?? "");
    expect(nextOf(error.message, error.answered)).toMatch(place?.next ?? "");
  });

  test("has the fixed shape, and no stack", () => {
    expect(error.message).toMatch(/^[A-Z][\s\S]*: could not [a-z][\s\S]*: [\s\S]*[.!?] ([A-Z`][\s\S]*)[.)]$/);
    expect(error.stack).toBe("");
  });
});
