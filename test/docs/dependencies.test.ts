import { expect, test } from "vitest";
import { z } from "zod";
import { readDocument } from "./documents.ts";

const names = z.record(z.string(), z.string()).transform((packages) => Object.keys(packages).sort());
const manifest = z
  .object({ dependencies: names, devDependencies: names })
  .parse(JSON.parse(readDocument("package.json")));

test("CONTRIBUTING.md says of each dependency why it is there", () => {
  const [, section = ""] = readDocument("CONTRIBUTING.md").split("## Why each dependency is here");
  const rows = [...section.matchAll(/^\| `([\w@./-]+)`( \(development\))? \| (.+) \|$/gm)];
  const told = (isDevelopment: boolean) =>
    rows.filter(([, , mark]) => (mark !== undefined) === isDevelopment).map(([, name]) => name);
  expect(told(false)).toEqual(manifest.dependencies);
  expect(told(true)).toEqual(manifest.devDependencies);
});
