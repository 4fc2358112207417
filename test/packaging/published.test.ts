import { readFile } from "node:fs/promises";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { expect, inject, test } from "vitest";
import { z } from "zod";
import { linksIn, readDocument, targetOf } from "../docs/documents.ts";
import { filesIn, filesInGit } from "./tarball.ts";

const manifest = z.object({ scripts: z.record(z.string(), z.string()) });

const path = inject("tarball");
const tarball = Buffer.from(await readFile(path));
const files = await filesIn(path);

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

test("every link of a packed document leads to something that is packed", () => {
  const documents = files.filter((file) => file.endsWith(".md"));
  expect(documents).toEqual(expect.arrayContaining(["README.md", "CHANGELOG.md", "docs/README.md"]));
  const links = documents.flatMap((document) =>
    linksIn(readDocument(document)).map((link) => ({ document, link, target: targetOf(document, link) })),
  );
  const isPacked = (target: string) => files.some((file) => file === target || file.startsWith(`${target}/`));
  expect(links.filter(({ target }) => target !== undefined && !isPacked(target))).toEqual([]);
});

test("of the examples all is packed that is in git, and nothing else: no state, no stack's configuration", async () => {
  expect(files.filter((file) => file.startsWith("examples/")).sort()).toEqual(
    [...(await filesInGit("examples"))].sort(),
  );
});

// `prepare` runs where the package is installed from git, and no other script does there; from a tarball or a registry it does not run.
test("no script runs where the package is installed, but the build where it comes from git", () => {
  const { scripts } = manifest.parse(JSON.parse(readDocument("package.json")));
  expect(Object.keys(scripts).filter((name) => /^(pre|post)?(install|prepare)$/.test(name))).toEqual(["prepare"]);
});
