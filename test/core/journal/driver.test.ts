import { expect, test } from "vitest";
import { boundedText } from "../../../provider/core/journal/bounded-text.ts";
import { driverOf } from "../../../provider/core/journal/driver.ts";
import { entryOf, sending, takeover, urn } from "./entries.ts";

const { array, object } = takeover;

test("the newest takeover of an object names who drives it, since when, and who did before", () => {
  const entries = [
    entryOf(takeover),
    entryOf({ ...takeover, urn: `${urn}-new`, previous: urn }, { second: 5 }),
    entryOf(sending, { second: 6 }),
  ];
  expect(driverOf(entries, array, object)).toEqual({
    urn: `${urn}-new`,
    at: "2030-01-01T00:00:05.000Z",
    previous: urn,
  });
});

test("who drove an object before may be unknown", () => {
  expect(driverOf([entryOf(takeover)], array, object)).toEqual({ urn, at: "2030-01-01T00:00:00.000Z" });
});

test("nobody is known to drive an object that was never taken over", () => {
  expect(driverOf([], array, object)).toBeUndefined();
  expect(driverOf([entryOf(sending)], array, object)).toBeUndefined();
});

test("nobody drives an object that was released, until somebody takes it over again", () => {
  const released = [entryOf(takeover), entryOf({ kind: "release", urn, array, object }, { second: 5 })];
  expect(driverOf(released, array, object)).toBeUndefined();
  expect(driverOf([...released, entryOf(takeover, { second: 6 })], array, object)).toMatchObject({ urn });
});

test("an object of the same name on another array is another object", () => {
  expect(driverOf([entryOf(takeover)], "PowerStore west", object)).toBeUndefined();
  expect(driverOf([entryOf(takeover)], array, "import session 8")).toBeUndefined();
});

test("an object with a very long name is found by its whole name", () => {
  const long = "v".repeat(3000);
  const entry = entryOf({ ...takeover, object: boundedText(long) });
  expect(driverOf([entry], array, long)).toMatchObject({ urn });
  expect(driverOf([entry], array, `${long}v`)).toBeUndefined();
});
