import { existsSync, readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";
import { type Mutant, mutated } from "./mutant.ts";
import { mutants } from "./mutants.ts";

const inCheckout = (path: string) => new URL(`../../${path}`, import.meta.url);

test.each(mutants)(
  "$rule: its mutant changes one place of the product, into something else that can be read",
  (mutant) => {
    const changed = mutantOf(mutant);
    expect(changed, `\`find\` must stand in ${mutant.file} exactly once`).toBeDefined();
    expect(mutant.replace).not.toBe(mutant.find);
    expect(mutant.file).toMatch(/^(provider|sdk)\//);
    expect(syntaxErrorsIn(changed ?? "")).toEqual([]);
  },
);

test("the tests that are to notice a mutant are there", () => {
  const missing = mutants.flatMap(({ tests }) => tests).filter((path) => !existsSync(inCheckout(path)));
  expect(missing).toEqual([]);
  expect(mutants.filter(({ tests }) => tests.length === 0)).toEqual([]);
});

test("each rule has a mutant of its own, and there are at least 40", () => {
  const changes = mutants.map(({ file, find, replace }) => JSON.stringify([file, find, replace]));
  expect(new Set(mutants.map(({ rule }) => rule)).size).toBe(mutants.length);
  expect(new Set(changes).size).toBe(mutants.length);
  expect(mutants.length).toBeGreaterThanOrEqual(40);
});

test("what does not stand there, or more than once, cannot be changed", () => {
  const mutant = { rule: "", file: "", find: "a", replace: "b", tests: [] };
  expect(mutated(mutant, "xax")).toBe("xbx");
  expect(mutated(mutant, "xx")).toBeUndefined();
  expect(mutated(mutant, "xaxa")).toBeUndefined();
});

function mutantOf(mutant: Mutant): string | undefined {
  return mutated(mutant, readFileSync(inCheckout(mutant.file), "utf8"));
}

function syntaxErrorsIn(text: string): unknown[] {
  const { diagnostics = [] } = ts.transpileModule(text, { reportDiagnostics: true });
  return diagnostics.map(({ messageText }) => messageText);
}
