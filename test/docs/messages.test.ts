import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inCheckout, readDocument } from "./documents.ts";

/** What the product says: its code, and the page of its errors where there is one. */
const said = [
  ...readdirSync(inCheckout("provider"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(inCheckout(`provider/${name}`), "utf8")),
  ...(existsSync(inCheckout("docs/errors.md")) ? [readDocument("docs/errors.md")] : []),
].join("\n");

const quoted = [...readDocument("docs/troubleshooting.md").matchAll(/^> (.+)$/gm)]
  .map(([, text = ""]) => text)
  .filter((text) => !text.startsWith("Pulumi says: "));

test("every message in docs/troubleshooting.md is one that the product says", () => {
  expect(quoted.length).toBeGreaterThan(15);
  expect(quoted.filter((text) => fixedParts(text).length === 0)).toEqual([]);
  expect(quoted.flatMap(fixedParts).filter((part) => !said.includes(part))).toEqual([]);
});

/** What stays the same in a message: between what differs and numbers, and between the parts that every error is put together from. */
function fixedParts(text: string): readonly string[] {
  return text
    .split(/…|[Cc]ould not |(?<=\.) (?=[A-Z])|`\w+:\w+`|: (?=\S)|[()]|\b\d+\b/)
    .map((part) => part.trim().replace(/^[:,]\s*|\s*:$|\.$/g, ""))
    .filter((part) => part.length >= 12);
}
