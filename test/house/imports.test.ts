import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { circles, forbidden, importsIn, importsOf, isIn, productFiles, rulesIn } from "./imports.ts";

const contributing = readFileSync(new URL("../../CONTRIBUTING.md", import.meta.url), "utf8");
const files = await productFiles();
const imports = importsOf(files);
const rules = rulesIn(contributing);

test("every file imports what the table in CONTRIBUTING allows its folder, and nothing else", () => {
  expect(forbidden(imports, rules)).toEqual([]);
});

test("no files import each other in a circle, types included", () => {
  expect(circles(imports)).toEqual([]);
});

test("every row of the table in CONTRIBUTING is about files that are there", () => {
  const named = rules.flatMap(({ folders }) => folders);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((folder) => !files.some((file) => isIn(file, folder)))).toEqual([]);
});

describe("the check of the imports", () => {
  const text = [
    'import type { Clock } from "../async/clock.ts";',
    'import { z } from "zod";',
    'export { a } from "./other.ts";',
    'import "node:fs";',
    'const late = await import("@pulumi/pulumi/runtime");',
  ].join("\n");

  test("sees every form of an import", () => {
    expect(
      importsIn("provider/core/http/http.ts", text).map(({ to, isLazy }) => `${isLazy ? "late " : ""}${to}`),
    ).toEqual(["provider/core/async/clock.ts", "zod", "provider/core/http/other.ts", "node", "late @pulumi/pulumi"]);
  });

  test("names what a rule does not allow", () => {
    const rule = { folders: ["provider/core/http"], allowed: ["zod"], allowedLazily: [], never: [] };
    expect(forbidden(importsIn("provider/core/http/http.ts", text), [rule])).toEqual([
      "provider/core/http/http.ts -> provider/core/async/clock.ts",
      "provider/core/http/http.ts -> @pulumi/pulumi",
    ]);
  });

  test("names what lies in an allowed folder and is never allowed", () => {
    const rule = { folders: ["a/plan"], allowed: ["a"], allowedLazily: [], never: ["a/act"] };
    const plan = importsIn("a/plan/plan.ts", 'import "../act/send.ts"; import "../states.ts";');
    expect(forbidden(plan, [rule])).toEqual(["a/plan/plan.ts -> a/act/send.ts"]);
  });

  test("refuses a file that no rule is about", () => {
    expect(forbidden(importsIn("provider/new.ts", 'import "zod";'), [])).toEqual(["provider/new.ts -> zod"]);
  });

  test("finds a circle of types", () => {
    const circle = [
      ...importsIn("a.ts", 'import type { B } from "./b.ts";'),
      ...importsIn("b.ts", 'import type { A } from "./a.ts";'),
    ];
    expect(circles(circle)).toEqual([["a.ts", "b.ts"]]);
  });
});
