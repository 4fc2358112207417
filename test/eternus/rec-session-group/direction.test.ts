import { expect, test } from "vitest";
import { absolute, directionOf } from "../../../provider/eternus/rec-session-group/direction.ts";

test.each([
  ["LocalToRemote", true, "LocalToRemote"],
  ["LocalToRemote", false, "LocalToRemote"],
  ["RemoteToLocal", undefined, "RemoteToLocal"],
  ["Forward", true, "LocalToRemote"],
  ["Forward", false, "RemoteToLocal"],
  ["Reversed", true, "RemoteToLocal"],
  ["Reversed", false, "LocalToRemote"],
  ["Forward", undefined, undefined],
  ["Reversed", undefined, undefined],
  [undefined, true, undefined],
] as const)("%s of a pair that was found with its source local: %s means %s", (word, isLocalSource, meaning) => {
  expect(absolute(word, { isLocalSource })).toBe(meaning);
});

test("the direction is what the array reports", () => {
  const reported = [true, false, undefined].map((isLocalSource) => directionOf({ isLocalSource }));
  expect(reported).toEqual(["LocalToRemote", "RemoteToLocal", undefined]);
});
