import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { embeddedEngine } from "./embedded/engine.ts";
import { findEngines, preferredEngine } from "./find.ts";

let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "home-"));
  vi.stubEnv("HOME", home);
  vi.stubEnv("PATH", home);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

async function install(version: string, ...folders: readonly string[]): Promise<void> {
  const folder = join(home, ".pulumi", ...folders);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "pulumi"), `#!/bin/sh\necho v${version}\n`);
  await chmod(join(folder, "pulumi"), 0o755);
}

const names = async () => (await findEngines()).map(({ name }) => name);

test("without an installed Pulumi there is the embedded engine", async () => {
  vi.stubEnv("STORAGE_MIGRATION_ENGINES", undefined);
  expect(await names()).toEqual(["embedded"]);
  expect(await preferredEngine()).toBe(embeddedEngine);
});

test("an installed Pulumi comes first, from its home or the newest of its versions", async () => {
  vi.stubEnv("STORAGE_MIGRATION_ENGINES", undefined);
  await install("3.9.0", "versions", "3.9.0", "bin");
  await install("3.260.0", "versions", "3.260.0", "bin");
  expect(await names()).toEqual(["pulumi 3.260.0", "embedded"]);
  await install("3.261.0", "bin");
  expect(await names()).toEqual(["pulumi 3.261.0", "embedded"]);
});

test("the environment narrows the engines", async () => {
  await install("3.261.0", "bin");
  vi.stubEnv("STORAGE_MIGRATION_ENGINES", "embedded");
  expect(await names()).toEqual(["embedded"]);
  vi.stubEnv("STORAGE_MIGRATION_ENGINES", "pulumi");
  expect(await names()).toEqual(["pulumi 3.261.0"]);
});

test("asking for an engine that is not there is an error", async () => {
  vi.stubEnv("STORAGE_MIGRATION_ENGINES", "pulumi");
  await expect(findEngines()).rejects.toThrow("not installed");
});
