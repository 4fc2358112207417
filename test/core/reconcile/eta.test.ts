import { expect, test } from "vitest";
import { etaEstimator, type ProgressSample } from "../../../provider/core/reconcile/eta.ts";

const minuteMs = 60_000;

/** What is estimated after reads a minute apart, in minutes. */
function estimates(minutes: number, read: (minute: number) => Omit<ProgressSample, "nowMs">): (number | undefined)[] {
  const estimate = etaEstimator();
  return Array.from({ length: minutes + 1 }, (_, minute) => {
    const leftMs = estimate({ nowMs: minute * minuteMs, ...read(minute) });
    return leftMs === undefined ? undefined : leftMs / minuteMs;
  });
}

test("what the array reports is taken", () => {
  expect(estimates(3, (minute) => ({ reportedMs: (90 - minute) * minuteMs, percent: minute }))).toEqual([
    90, 89, 88, 87,
  ]);
});

test("where the array reports nothing, the estimate is what it was seen to do", () => {
  expect(estimates(3, (minute) => ({ percent: 10 * minute }))).toEqual([undefined, 9, 8, 7]);
});

test("an estimate that stays as far away as ever is not believed", () => {
  const always = estimates(5, (minute) => ({ reportedMs: minuteMs, percent: 10 * minute }));
  expect(always).toEqual([1, 1, 8, 7, 6, 5]);
  expect(estimates(5, () => ({ reportedMs: 600 * minuteMs })).at(-1)).toBeUndefined();
});

test("a slow stretch is forgotten after a while", () => {
  const slowThenFast = estimates(60, (minute) => ({ percent: minute < 30 ? minute / 10 : 3 + (minute - 30) * 2 }));
  expect(slowThenFast[29]).toBeGreaterThan(500);
  // At 63 percent, with 2 percent a minute.
  expect(slowThenFast[60]).toBeCloseTo(37 / 2, 0);
});

test("one that is overdue is given a quarter of its lateness at a time", () => {
  expect(estimates(4, (minute) => ({ reportedMs: minute < 2 ? minuteMs : 0 }))).toEqual([1, 1, 0, 0.25, 0.5]);
});

test("nothing can be estimated of a copy that makes no progress", () => {
  expect(estimates(3, () => ({ percent: 40 }))).toEqual([undefined, undefined, undefined, undefined]);
  expect(estimates(1, () => ({}))).toEqual([undefined, undefined]);
  expect(estimates(1, () => ({ reportedMs: Number.NaN }))).toEqual([undefined, undefined]);
});
