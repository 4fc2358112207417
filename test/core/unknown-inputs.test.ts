import { expect, test } from "vitest";
import { hasUnknown, partlyKnown, unknownValue } from "../../provider/core/unknown-inputs.ts";

test("unknown values are found at any depth, and nothing else is taken for one", () => {
  expect(hasUnknown({ a: [{ b: unknownValue }] })).toBe(true);
  expect(hasUnknown({ a: [null, undefined, 0, "", `${unknownValue} `], b: { [unknownValue]: 1 } })).toBe(false);
});

test("inputs are parted into those that are known wholly and the names of the others", () => {
  const given = { size: 1, label: undefined, window: { notBefore: "x", notAfter: unknownValue }, ids: [unknownValue] };
  expect(partlyKnown(given)).toStrictEqual({ known: { size: 1, label: undefined }, unknown: ["window", "ids"] });
});

test("inputs that are all known are all kept", () => {
  expect(partlyKnown({ size: 1, ids: [2] })).toEqual({ known: { size: 1, ids: [2] }, unknown: [] });
});
