import { expect, test } from "vitest";
import { trackAttempts } from "../../../provider/core/reconcile/attempts.ts";
import { failure } from "./scripted-reconciler.ts";

test("an opportunity is due until it is used", () => {
  const attempts = trackAttempts(1000);
  expect(attempts.isDue("cutover", 0)).toBe(true);
  attempts.taken("cutover");
  expect([attempts.isDue("cutover", 1_000_000), attempts.isDue("pause", 0)]).toEqual([false, true]);
});

test("an opportunity whose answer was lost is due again after the grace, counted from its last attempt", () => {
  const attempts = trackAttempts(1000);
  attempts.failed("cutover", failure("lost"), 0);
  expect([999, 1000].map((nowMs) => attempts.isDue("cutover", nowMs))).toEqual([false, true]);
  attempts.failed("cutover", failure("failing"), 1000);
  expect([1999, 2000].map((nowMs) => attempts.isDue("cutover", nowMs))).toEqual([false, true]);
});

test("a clock that is set back makes a lost action wait longer and never be sent twice", () => {
  const attempts = trackAttempts(1000);
  attempts.failed("cutover", failure("lost"), 3_600_000);
  expect(attempts.isDue("cutover", 0)).toBe(false);
});

test("what the array did not take is due at once", () => {
  const attempts = trackAttempts(1000);
  attempts.failed("cutover", failure("busy"), 0);
  expect([attempts.isDue("cutover", 0), attempts.rejection(0)]).toEqual([true, undefined]);
});

test("a rejection is kept as long as its opportunity is planned", () => {
  const attempts = trackAttempts(1000);
  const rejection = failure("refused");
  attempts.failed("cutover", rejection, 0);
  expect([attempts.isDue("cutover", 5000), attempts.rejection(0)]).toEqual([false, rejection]);
  attempts.forgetAllBut(["cutover", "pause"]);
  expect(attempts.rejection(0)).toBe(rejection);
  attempts.forgetAllBut(["pause"]);
  expect([attempts.rejection(0), attempts.isDue("cutover", 0)]).toEqual([undefined, true]);
});

test("what an earlier run sent is not due before its grace is over", () => {
  const attempts = trackAttempts(1000);
  attempts.unclear("cutover", 500);
  expect([500, 1499, 1500].map((nowMs) => attempts.isDue("cutover", nowMs))).toEqual([false, false, true]);
});

test.each(["earlier run", "lost answer"] as const)(
  "a rejection after an attempt that may have been taken (%s) counts only when that had its grace to show",
  (cause) => {
    const attempts = trackAttempts(1000);
    const rejection = failure("refused");
    if (cause === "earlier run") attempts.unclear("cutover", 0);
    else attempts.failed("cutover", failure("lost"), 0);
    attempts.failed("cutover", rejection, 1000);
    expect([1000, 1999, 2000].map((nowMs) => attempts.rejection(nowMs))).toEqual([undefined, undefined, rejection]);
    expect(attempts.isDue("cutover", 1999)).toBe(false);
  },
);

test("one that may have been taken stays so although the array did not take the next", () => {
  const attempts = trackAttempts(1000);
  attempts.failed("cutover", failure("lost"), 0);
  attempts.failed("cutover", failure("busy"), 1000);
  attempts.failed("cutover", failure("refused"), 2000);
  expect([attempts.rejection(2999), attempts.rejection(3000)]).toMatchObject([undefined, { kind: "refused" }]);
});
