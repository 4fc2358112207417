import { expect, test } from "vitest";
import { allOf, mapped, sampled, together } from "./space.ts";

const colours = allOf<{ colour: string; size: number }>({ colour: ["red", "blue"], size: [1, 2, 3] });
const range = (size: number) => ({ size, at: (index: number) => index });

test("a space holds every combination once", () => {
  const all = sampled(colours, 100, 1).map(({ colour, size }) => `${colour} ${size}`);
  expect(all).toEqual(["red 1", "blue 1", "red 2", "blue 2", "red 3", "blue 3"]);
});

test("spaces together are one after the other", () => {
  const both = together(
    range(2),
    mapped(range(3), (index) => index * 10),
  );
  expect(sampled(both, 100, 1)).toEqual([0, 1, 0, 10, 20]);
  expect(() => both.at(5)).toThrow(RangeError);
});

test("a sample has as many different cases as it is to have, from all parts, and the same ones for the same seed", () => {
  const sample = sampled(range(1000), 100, 7);
  expect(new Set(sample).size).toBe(100);
  expect(sample.every((index, part) => Math.floor(index / 10) === part)).toBe(true);
  expect(sampled(range(1000), 100, 7)).toEqual(sample);
  expect(sampled(range(1000), 100, 8)).not.toEqual(sample);
});
