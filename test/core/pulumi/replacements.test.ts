import { expect, test } from "vitest";
import { trackReplacements } from "../../../provider/core/pulumi/replacements.ts";

test("a check without old inputs is for something new, until a diff has decided to replace", () => {
  const replacements = trackReplacements<string>();
  expect(replacements.operationOfNew("urn:v")).toEqual({ kind: "create" });
  replacements.decided("urn:v", "old");
  expect(replacements.operationOfNew("urn:w")).toEqual({ kind: "create" });
  expect(replacements.operationOfNew("urn:v")).toEqual({ kind: "replace", before: "old" });
});

test("a decision to replace holds for one check", () => {
  const replacements = trackReplacements<string>();
  replacements.decided("urn:v", "old");
  replacements.operationOfNew("urn:v");
  expect(replacements.operationOfNew("urn:v")).toEqual({ kind: "create" });
});

test("the last decision holds, with the inputs that were recorded then", () => {
  const replacements = trackReplacements<string>();
  replacements.decided("urn:v", "old");
  replacements.decided("urn:v", "older");
  expect(replacements.operationOfNew("urn:v")).toEqual({ kind: "replace", before: "older" });
});

test("a delete makes room for what was checked as new, until that is created", () => {
  const replacements = trackReplacements<string>();
  expect(replacements.successor("urn:v")).toBeUndefined();
  replacements.checked("urn:v", "new");
  expect([replacements.successor("urn:v"), replacements.successor("urn:w")]).toEqual(["new", undefined]);
  expect(replacements.successor("urn:v")).toBe("new");
  replacements.created("urn:v");
  expect(replacements.successor("urn:v")).toBeUndefined();
});

test("what was checked last is what a delete makes room for", () => {
  const replacements = trackReplacements<string>();
  replacements.checked("urn:v", "new");
  replacements.checked("urn:v", "newer");
  expect(replacements.successor("urn:v")).toBe("newer");
});
