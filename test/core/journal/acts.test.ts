import { describe, expect, test } from "vitest";
import { actsOf } from "../../../provider/core/journal/acts.ts";
import { answered, entryOf, sending, takeover } from "./entries.ts";

const { kind, id, ...act } = sending;

describe("an act has the outcome that the array answered", () => {
  test.each(["taken", "lost", "rejected", "not sent"] as const)("%s", (outcome) => {
    const entries = [entryOf(sending), entryOf({ ...answered, outcome }, { second: 1, sequence: 2 })];
    expect(actsOf(entries)).toEqual([
      { ...act, at: "2030-01-01T00:00:00.000Z", run: "a", who: "anna@laptop", outcome },
    ]);
  });
});

test("an act without an answer is lost, because its run was killed before it learned the outcome", () => {
  expect(actsOf([entryOf(sending)])).toMatchObject([{ act: "cutover", outcome: "lost" }]);
});

test("an answer belongs to the act with its id, whatever was sent between the two", () => {
  const entries = [
    entryOf(sending, { sequence: 1 }),
    entryOf({ ...sending, id: "2", act: "pause" }, { sequence: 2 }),
    entryOf({ ...answered, id: "2", outcome: "rejected" }, { sequence: 3 }),
    entryOf(answered, { sequence: 4 }),
  ];
  expect(actsOf(entries).map(({ act, outcome }) => `${act} ${outcome}`)).toEqual(["cutover taken", "pause rejected"]);
});

test("an answer counts although the clock was set back before it came", () => {
  const entries = [entryOf(answered, { second: 0, sequence: 2 }), entryOf(sending, { second: 9, sequence: 1 })];
  expect(actsOf(entries)).toMatchObject([{ outcome: "taken" }]);
});

test("an act keeps the state that it was sent from and its change", () => {
  const entry = entryOf({ ...sending, from: "Ready_For_Cutover", change: "CHG-1" });
  expect(actsOf([entry])).toMatchObject([{ from: "Ready_For_Cutover", change: "CHG-1" }]);
});

test("an answer without its act, and a takeover, are no acts", () => {
  expect(actsOf([entryOf(answered), entryOf(takeover)])).toEqual([]);
});
