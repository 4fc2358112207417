import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openCheckpoint, type ResourceState } from "./checkpoint.ts";
import { checkpointFile } from "./checkpoint-places.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "checkpoint-"));
});
afterEach(() => rm(folder, { recursive: true }));

const open = () => openCheckpoint(checkpointFile(join(folder, "dev.json"), "a passphrase"));
const resource = (urn: string): ResourceState => ({
  urn,
  type: "t",
  id: `${urn}-id`,
  inputs: {},
  outputs: {},
  initErrors: [],
  dependencies: [],
  protect: false,
  retainOnDelete: false,
  isReplaced: false,
});

test("every change is on disk when the call returns, and no other file is left", async () => {
  const checkpoint = open();
  const end = checkpoint.begin({ type: "creating", resource: resource("a") });
  expect(open().pending()).toMatchObject([{ type: "creating", resource: { urn: "a" } }]);
  expect(open().resources()).toEqual([]);

  end({ put: resource("a") });
  expect(open().pending()).toEqual([]);
  expect(open().resources()).toEqual([resource("a")]);
  expect(await readdir(folder)).toEqual(["dev.json"]);
});

test("a replacement stands beside what it replaces until that is removed", () => {
  const checkpoint = open();
  checkpoint.apply({ put: resource("a") });
  checkpoint.apply({ put: { ...resource("a"), id: "new" }, retire: checkpoint.find("a") });
  expect(checkpoint.resources().map(({ id, isReplaced }) => [id, isReplaced])).toEqual([
    ["a-id", true],
    ["new", false],
  ]);
  expect(checkpoint.find("a")?.id).toBe("new");

  const [old] = checkpoint.resources();
  if (old !== undefined) checkpoint.apply({ remove: old });
  expect(open().resources()).toMatchObject([{ id: "new" }]);
});

test("of what a lost run left pending the next run keeps the creates", () => {
  const lost = open();
  lost.begin({ type: "creating", resource: resource("a") });
  lost.begin({ type: "updating", resource: resource("b") });
  lost.freeze();
  lost.apply({ put: resource("c") });

  const next = open();
  expect(next.pending().map(({ type }) => type)).toEqual(["creating", "updating"]);
  next.apply({ put: resource("d") });
  expect(
    open()
      .pending()
      .map(({ type }) => type),
  ).toEqual(["creating"]);
  expect(
    open()
      .resources()
      .map(({ urn }) => urn),
  ).toEqual(["d"]);
});
