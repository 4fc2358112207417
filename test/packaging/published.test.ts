import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packInto } from "./tarball.ts";

let folder = "";
let tarball: Buffer<ArrayBuffer>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "storage-migration-packed-"));
  tarball = Buffer.from(await readFile(await packInto(folder)));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("publint finds nothing to say about the tarball", async () => {
  const bytes = new Uint8Array(tarball);
  const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

test("the types resolve in every module resolution, to an ES module each time", async () => {
  const result = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
  if (result.types === false) throw new Error("the package has no types");
  expect(Object.keys(result.entrypoints)).toEqual([".", "./provider", "./testing", "./package.json"]);
  // The package needs a Node that can require an ES module, so this is no problem there.
  expect(result.problems.filter(({ kind }) => kind !== "CJSResolvesToESM")).toEqual([]);
});
