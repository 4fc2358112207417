import { expect, test } from "vitest";
import { trackReplacements } from "../../../provider/core/pulumi/replacements.ts";

test("a check without old inputs is for something new, until a diff has decided to replace", () => {
  const replacements = trackReplacements<string, string>();
  expect(replacements.operationOfNew("urn:v")).toEqual({ kind: "create" });
  replacements.checkedOld("urn:v", "old");
  expect(replacements.operationOfNew("urn:w")).toEqual({ kind: "create" });
  expect(replacements.operationOfNew("urn:v")).toEqual({ kind: "replace", before: "old" });
});

test("a decision to replace holds for one check", () => {
  const replacements = trackReplacements<string, string>();
  replacements.checkedOld("urn:v", "old");
  replacements.operationOfNew("urn:v");
  expect(replacements.operationOfNew("urn:v")).toEqual({ kind: "create" });
});

test("the last decision holds, with the inputs that were recorded then", () => {
  const replacements = trackReplacements<string, string>();
  replacements.checkedOld("urn:v", "old");
  replacements.checkedOld("urn:v", "older");
  expect(replacements.operationOfNew("urn:v")).toEqual({ kind: "replace", before: "older" });
});

test("a delete makes room for what was checked as new, until that is created", () => {
  const replacements = trackReplacements<string, string>();
  expect(replacements.successor("urn:v")).toBeUndefined();
  replacements.checkedNew("urn:v", "new");
  expect([replacements.successor("urn:v"), replacements.successor("urn:w")]).toEqual(["new", undefined]);
  expect(replacements.successor("urn:v")).toBe("new");
  replacements.creating("urn:v");
  expect(replacements.successor("urn:v")).toBeUndefined();
});

test("what was checked last is what a delete makes room for", () => {
  const replacements = trackReplacements<string, string>();
  replacements.checkedNew("urn:v", "new");
  replacements.checkedNew("urn:v", "newer");
  expect(replacements.successor("urn:v")).toBe("newer");
});

test("the record of a deleted object is handed to the create that follows, once", () => {
  const replacements = trackReplacements<string, string>();
  const recorded = { id: "7", state: "old", kept: new Set(["volume 7"]) };
  replacements.deleted("urn:v", recorded);
  expect(replacements.creating("urn:v")).toBeUndefined();
  replacements.checkedNew("urn:v", "new");
  replacements.deleted("urn:v", recorded);
  expect(replacements.creating("urn:w")).toBeUndefined();
  expect(replacements.creating("urn:v")).toEqual(recorded);
  expect(replacements.creating("urn:v")).toBeUndefined();
});

test("a delete that is no replacement leaves nothing for a later create", () => {
  const replacements = trackReplacements<string, string>();
  replacements.checkedOld("urn:v", "old");
  replacements.deleted("urn:v", { id: "7", state: "old", kept: new Set() });
  expect(replacements.operationOfNew("urn:v")).toEqual({ kind: "create" });
});
