import { basename, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { safeName, stackFolder } from "../../../provider/core/journal/stack-folder.ts";
import { type, urn } from "./entries.ts";

test("a stack has a folder in that of its project", () => {
  expect(stackFolder(urn)).toBe(join("erp", "weekend"));
});

test("all resources of a stack share its folder", () => {
  expect(stackFolder(`urn:pulumi:weekend::erp::my:component:Site$${type}::other`)).toBe(stackFolder(urn));
});

test("a common name stays readable", () => {
  expect(["erp", "erp-prod_2", "v1.2", "_"].map(safeName)).toEqual(["erp", "erp-prod_2", "v1.2", "_"]);
});

const awkward = ["", ".", "..", "../..", "a/b", "a\\b", "a:b", "a b", ".hidden", "dot.", "ä", "a\0b", "x".repeat(300)];

describe("a name that a disk may not take, or that leads elsewhere, is replaced", () => {
  test.each(awkward)("%j", (name) => {
    const safe = safeName(name);
    expect(safe).toMatch(/^[\w-]{0,80}-[0-9a-f]{12}$/);
    expect([basename(safe), normalize(safe)]).toEqual([safe, safe]);
  });
});

test("two different stacks never share a folder, also on a disk that does not tell upper case from lower", () => {
  const names = [...awkward, "prod", "Prod", "PROD", "a_b", "a-b", "x".repeat(299), safeName("a/b"), safeName("..")];
  const folders = names.map((name) => safeName(name).toLowerCase());
  expect(new Set(folders).size).toBe(names.length);
});

test("a text that is no URN has a folder of its own", () => {
  expect(stackFolder("")).toMatch(/^-[0-9a-f]{12}[/\\]-[0-9a-f]{12}$/);
});
