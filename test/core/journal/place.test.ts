import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { journalPlace, pulumiHome } from "../../../provider/core/journal/place.ts";

const variable = { STORAGE_MIGRATION_JOURNAL: "/from/variable", PULUMI_HOME: "/pulumi" };
const chosen = (root: string) => ({ kind: "folder", root: resolve(root), isDefault: false });

test("the stack's setting goes before the variable, and the variable before Pulumi's home", () => {
  expect(journalPlace("/from/setting", variable)).toEqual(chosen("/from/setting"));
  expect(journalPlace(undefined, variable)).toEqual(chosen("/from/variable"));
  const root = join(resolve("/pulumi"), "storage-migration", "journal");
  expect(journalPlace(undefined, { PULUMI_HOME: "/pulumi" })).toEqual({ kind: "folder", root, isDefault: true });
});

test("a setting or variable of nothing but spaces is none", () => {
  expect(journalPlace(" ", variable)).toEqual(chosen("/from/variable"));
  expect(journalPlace("", { STORAGE_MIGRATION_JOURNAL: " " })).toMatchObject({ isDefault: true });
});

describe("`off` keeps no journal", () => {
  test("as the setting, also where the variable names a folder", () => {
    expect(journalPlace("off", variable)).toEqual({ kind: "off" });
  });

  test("as the variable, unless the setting names a folder", () => {
    expect(journalPlace(undefined, { STORAGE_MIGRATION_JOURNAL: "off" })).toEqual({ kind: "off" });
    expect(journalPlace("/from/setting", { STORAGE_MIGRATION_JOURNAL: "off" })).toEqual(chosen("/from/setting"));
  });
});

test("a relative path is resolved against the working directory", () => {
  expect(journalPlace("kept/journal", {})).toEqual(chosen(join(process.cwd(), "kept", "journal")));
});

test("a path in the home folder may be written with ~", () => {
  expect(journalPlace("~/journal", {})).toEqual(chosen(join(homedir(), "journal")));
  expect(journalPlace("~other/journal", {})).toEqual(chosen(join(process.cwd(), "~other", "journal")));
});

test("Pulumi's home is `.pulumi` in the user's, unless the variable names another", () => {
  expect(pulumiHome({})).toBe(join(homedir(), ".pulumi"));
  expect(pulumiHome({ PULUMI_HOME: "" })).toBe(join(homedir(), ".pulumi"));
  expect(pulumiHome({ PULUMI_HOME: "/pulumi" })).toBe(resolve("/pulumi"));
});
