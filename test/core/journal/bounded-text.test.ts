import { expect, test } from "vitest";
import { boundedText, maxTextLength } from "../../../provider/core/journal/bounded-text.ts";

test("a text of up to 1,000 characters stays as it is", () => {
  const text = "a".repeat(maxTextLength);
  expect(boundedText(text)).toBe(text);
  expect(boundedText("")).toBe("");
});

test("a longer text becomes one of 1,000 characters, which stays as it is from then on", () => {
  const bounded = boundedText("a".repeat(1_000_000));
  expect(bounded).toHaveLength(maxTextLength);
  expect(boundedText(bounded)).toBe(bounded);
});

test("two long texts that begin alike stay different", () => {
  const start = "a".repeat(2000);
  expect(boundedText(`${start}1`)).not.toBe(boundedText(`${start}2`));
});
