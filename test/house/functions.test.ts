import { readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";
import { productFiles } from "./imports.ts";

const maxLines = 40;

/** The functions whose own lines are too many. What a function defines inside is a function of its own. */
function tooLong(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line;
  const linesOf = (node: ts.Node) => lineOf(node.end) - lineOf(node.getStart()) + 1;
  const inner = (node: ts.Node): number => {
    let lines = 0;
    node.forEachChild((child) => {
      lines += isFunction(child) ? linesOf(child) - 1 : inner(child);
    });
    return lines;
  };
  const visit = (node: ts.Node) => {
    const own = linesOf(node) - inner(node);
    if (isFunction(node) && own > maxLines) found.push(`${file}:${lineOf(node.getStart()) + 1}: ${own} lines`);
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

function isFunction(node: ts.Node): boolean {
  return ts.isFunctionLike(node) && "body" in node && node.body !== undefined;
}

test("no function of the product has more than 40 lines of its own", async () => {
  const files = await productFiles();
  expect(files.length).toBeGreaterThan(100);
  expect(
    files.flatMap((file) => tooLong(file, readFileSync(new URL(`../../${file}`, import.meta.url), "utf8"))),
  ).toEqual([]);
});

test("the check sees a long function, and does not count what it defines inside", () => {
  const lines = (count: number) => "  a();\n".repeat(count);
  expect(tooLong("a.ts", `function f() {\n${lines(39)}}`)).toEqual(["a.ts:1: 41 lines"]);
  expect(tooLong("a.ts", `function f() {\n${lines(38)}}`)).toEqual([]);
  expect(tooLong("a.ts", `function f() {\n${lines(30)}  const g = () => {\n${lines(30)}  };\n}`)).toEqual([]);
});
