import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("every test that SECURITY.md names is there", () => {
  const text = readFileSync(new URL("../../.github/SECURITY.md", import.meta.url), "utf8");
  const named = [...text.matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path ?? "");
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !existsSync(new URL(`../../${path}`, import.meta.url)))).toEqual([]);
});
