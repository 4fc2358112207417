import { expect, test } from "vitest";
import { merged } from "../../../provider/core/journal/merge.ts";
import { entryOf, takeover } from "./entries.ts";

const place = ({ at, run, sequence }: ReturnType<typeof entryOf>) => `${at.slice(17, 19)} ${run} ${sequence}`;

test("entries of several runs are merged by time, then run, then sequence", () => {
  const entries = [
    entryOf(takeover, { second: 2, run: "a", sequence: 3 }),
    entryOf(takeover, { second: 1, run: "b", sequence: 10 }),
    entryOf(takeover, { second: 1, run: "b", sequence: 9 }),
    entryOf(takeover, { second: 1, run: "a", sequence: 2 }),
    entryOf(takeover, { second: 0, run: "c", sequence: 1 }),
  ];
  expect(merged(entries).map(place)).toEqual(["00 c 1", "01 a 2", "01 b 9", "01 b 10", "02 a 3"]);
});

test("times are compared as times, however fine they are written", () => {
  const coarse = { ...entryOf(takeover, { run: "b" }), at: "2030-01-01T00:00:00Z" };
  const fine = { ...entryOf(takeover, { run: "a" }), at: "2030-01-01T00:00:00.001Z" };
  expect(merged([fine, coarse])).toEqual([coarse, fine]);
});

test("an entry of a file that was copied is one entry", () => {
  const entry = entryOf(takeover);
  expect(merged([entry, { ...entry }])).toEqual([entry]);
});
