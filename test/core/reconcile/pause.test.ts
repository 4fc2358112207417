import { expect, test } from "vitest";
import { pollIntervalMs } from "../../../provider/core/reconcile/pause.ts";

const limits = { pollMinimumMs: 2000, pollMaximumMs: 60_000 };

test("where the rest of the way is known, most of it is waited", () => {
  expect([75_000, 50_000, 25_000].map((restMs) => pollIntervalMs(limits, 0, restMs))).toEqual([58_500, 39_000, 19_500]);
});

test("the pace stays within its limits", () => {
  expect(pollIntervalMs(limits, 0, 10)).toBe(2000);
  expect(pollIntervalMs(limits, 0, -5000)).toBe(2000);
  expect(pollIntervalMs(limits, 0, 86_400_000)).toBe(60_000);
  expect(pollIntervalMs(limits, 0, Number.POSITIVE_INFINITY)).toBe(60_000);
});

test("W6: reads that show nothing new come ever less often, up to the maximum and no further", () => {
  const reads = [0, 1, 2, 3, 8, 9, 1000, 1_000_000];
  expect(reads.map((count) => pollIntervalMs(limits, count, undefined))).toEqual([
    2000,
    3000,
    4500,
    6750,
    2000 * 1.5 ** 8,
    60_000,
    60_000,
    60_000,
  ]);
});

test("an estimate that is no number is none: it must not become a busy loop", () => {
  expect(pollIntervalMs(limits, 0, Number.NaN)).toBe(2000);
});
