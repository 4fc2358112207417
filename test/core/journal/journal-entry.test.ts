import { describe, expect, test } from "vitest";
import { entriesIn, journalEntry, lineOf } from "../../../provider/core/journal/journal-entry.ts";
import { answered, entryOf, sending, takeover, urn } from "./entries.ts";

const entries = [
  entryOf({ ...sending, from: "Ready_For_Cutover", change: "CHG-1" }, { sequence: 1 }),
  entryOf(answered, { second: 1, sequence: 2 }),
  entryOf({ ...takeover, previous: `${urn}-old` }, { second: 2, sequence: 3 }),
];
const [first, second, third] = entries.map(lineOf);

test("an entry is one line, and reads as it was written", () => {
  const reason = 'two\nlines, \u2028 and a "quote"';
  const line = lineOf(entryOf({ ...sending, reason }));
  expect(line.match(/\n/g)).toHaveLength(1);
  expect(entriesIn(line)).toEqual([entryOf({ ...sending, reason })]);
  expect(entriesIn(`${first}${second}${third}`)).toEqual(entries);
});

describe("a line that is no entry is left out, and those around it are read", () => {
  test.each([
    ["a last line that is torn", `${first}${second}${third?.slice(0, 40)}`],
    ["a line that is torn in the middle of the file", `${first}${third?.slice(0, 40)}\n${second}`],
    ["an empty line", `\n${first}\n${second}`],
    ["a line of another program", `${first}hello\n42\nnull\n[]\n{}\n${second}`],
    ["a disk's zeros after a loss of power", `${first}${"\0".repeat(64)}\n${second}`],
    ["a kind of a newer release", `${first}${third?.replace('"takeover"', '"handover"')}${second}`],
    ["an outcome of a newer release", `${first}${second?.replace('"taken"', '"postponed"')}${second}`],
    ["an entry without a time", `${first}${third?.replace(/"at":"[^"]*"/, '"at":"yesterday"')}${second}`],
  ])("%s", (_, content) => {
    expect(entriesIn(content)).toEqual(entries.slice(0, 2));
  });
});

test("an empty file has no entries", () => {
  expect(entriesIn("")).toEqual([]);
});

test("a property of a newer release is survived and not kept", () => {
  expect(entriesIn(first?.replace("{", '{"color":"red",') ?? "")).toEqual(entries.slice(0, 1));
});

test("no secret and no description can get in beside the fields of an entry", () => {
  const spread = { ...entryOf(sending), password: "secret", description: "written by hand" };
  expect(journalEntry.parse(spread)).toEqual(entryOf(sending));
});

test("every string is bounded", () => {
  const long = "a".repeat(5000);
  const entry = entryOf({ ...sending, id: long, array: long, object: long, act: long, reason: long, from: long });
  const lengths = Object.values(journalEntry.parse({ ...entry, who: long })).map((value) => String(value).length);
  expect(Math.max(...lengths)).toBe(1000);
});
