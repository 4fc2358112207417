import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { JournalEntry } from "../../../provider/core/journal/journal.ts";
import { lineOf } from "../../../provider/core/journal/journal-entry.ts";
import { readFolder } from "../../../provider/core/journal/read-folder.ts";
import { answered, entryOf, sending, takeover } from "./entries.ts";
import { temporaryFolder } from "./temporary-folder.ts";

async function read(folder: string) {
  const unread: string[] = [];
  return { entries: await readFolder(folder, (path) => unread.push(path)), unread };
}

function put(folder: string, name: string, ...entries: JournalEntry[]): string {
  const path = join(folder, name);
  writeFileSync(path, entries.map(lineOf).join(""));
  return path;
}

test("the entries of all runs are merged", async () => {
  const folder = temporaryFolder();
  const [first, second, third] = [
    entryOf(sending, { run: "b" }),
    entryOf(takeover, { second: 1, run: "a" }),
    entryOf(answered, { second: 2, run: "b", sequence: 2 }),
  ];
  put(folder, "a.jsonl", second);
  put(folder, "b.jsonl", first, third);
  expect(await read(folder)).toEqual({ entries: [first, second, third], unread: [] });
});

test("a folder that does not exist has no entries", async () => {
  expect(await read(join(temporaryFolder(), "none"))).toEqual({ entries: [], unread: [] });
});

test("files of other programs are left alone", async () => {
  const folder = temporaryFolder();
  put(folder, "notes.txt", entryOf(sending));
  mkdirSync(join(folder, "folder"));
  expect(await read(folder)).toEqual({ entries: [], unread: [] });
});

test("a file that cannot be read is left out and reported, and the others are read", async () => {
  const folder = temporaryFolder();
  put(folder, "b.jsonl", entryOf(sending));
  const [unreadable, dangling] = [join(folder, "a.jsonl"), join(folder, "c.jsonl")];
  mkdirSync(unreadable);
  symlinkSync(join(folder, "nowhere"), dangling);
  const { entries, unread } = await read(folder);
  expect(entries).toEqual([entryOf(sending)]);
  expect(unread.toSorted()).toEqual([unreadable, dangling]);
});

test("a file of more than 64 MB is left out and reported", async () => {
  const folder = temporaryFolder();
  const large = put(folder, "large.jsonl", entryOf(sending));
  truncateSync(large, 64 * 2 ** 20 + 1);
  expect(await read(folder)).toEqual({ entries: [], unread: [large] });
});

test("a file in the place of the folder is reported", async () => {
  const folder = put(temporaryFolder(), "file", entryOf(sending));
  expect(await read(folder)).toEqual({ entries: [], unread: [folder] });
});
