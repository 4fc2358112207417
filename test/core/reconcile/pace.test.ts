import { expect, test } from "vitest";
import type { Deadline } from "../../../provider/core/reconcile/deadline.ts";
import { firstPace, nextPace, type Pace, pauseBeforeRead } from "../../../provider/core/reconcile/pace.ts";
import type { Step } from "../../../provider/core/reconcile/step.ts";

const wait = (reason: string): Step<unknown> => ({ kind: "wait", reason });
const nothing = { anyTaken: false, askedMs: 0 };
const taken = { anyTaken: true, askedMs: 0 };

/** The poll interval is 10 s, and a second more for each read that shows nothing new. */
const limits = { actedMs: 0, showsAfterMs: 1000, pollIntervalMs: (unchanged: number) => 10_000 + unchanged * 1000 };
const before: Pace = { ...firstPace, reason: "copying", unchanged: 3 };

test.each<readonly [string, Parameters<typeof nextPace>, Partial<Pace>]>([
  [
    "a first read begins the count, and waits for the poll interval at most",
    [firstPace, wait("copying"), nothing, limits],
    { reason: "copying", unchanged: 0, pauseMs: 10_000, isExact: false, isUrgent: false },
  ],
  [
    "a read that shows nothing new is counted",
    [before, wait("copying"), nothing, limits],
    { unchanged: 4, pauseMs: 14_000, isExact: false },
  ],
  [
    "a read that shows something new begins the count again",
    [before, wait("cutting over"), nothing, limits],
    { reason: "cutting over", unchanged: 0, pauseMs: 10_000 },
  ],
  [
    "an action that was taken begins the count again, and shows soon, at a time of its own",
    [before, wait("copying"), taken, limits],
    { unchanged: 0, pauseMs: 1000, isExact: true, isUrgent: true },
  ],
  [
    "an array that wants action after action is not rushed",
    [{ ...before, isUrgent: true }, wait("copying"), taken, limits],
    { pauseMs: 10_000, isExact: false, isUrgent: false },
  ],
  [
    "an array that shows its actions as any read does is read as ever",
    [before, wait("copying"), taken, { ...limits, showsAfterMs: undefined }],
    { unchanged: 0, pauseMs: 10_000, isExact: false, isUrgent: false },
  ],
  [
    "an array that asks to be left alone is, for so long exactly",
    [before, wait("copying"), { anyTaken: false, askedMs: 90_000 }, limits],
    { unchanged: 4, pauseMs: 90_000, isExact: true, plannedMs: 14_000 },
  ],
  [
    "an array that asks to be left alone for less than usual is left alone as usual",
    [before, wait("copying"), { anyTaken: false, askedMs: 2000 }, limits],
    { pauseMs: 14_000, isExact: true },
  ],
  [
    "an array that asks to be left alone is, also when it has taken another action",
    [before, wait("copying"), { anyTaken: true, askedMs: 90_000 }, limits],
    { unchanged: 0, pauseMs: 90_000, isExact: true, isUrgent: true },
  ],
  [
    "the next read is planned after the actions and the poll interval",
    [before, wait("copying"), taken, { ...limits, actedMs: 5000 }],
    { pauseMs: 1000, plannedMs: 15_000 },
  ],
])("%s", (_, parameters, expected) => {
  expect(nextPace(...parameters)).toMatchObject(expected);
});

test.each([
  [true, "exactly 5000"],
  [false, "at most 5000"],
])("a pause that is exact (%s) ends early for nobody else's read", async (isExact, expected) => {
  const waits: string[] = [];
  const deadline: Deadline = {
    over: new AbortController().signal,
    reason: "",
    lastFailure: undefined,
    hasRead: true,
    pause: async (ms) => void waits.push(`exactly ${ms}`),
    waitForNextPoll: async (ms) => void waits.push(`at most ${ms}`),
    throwIfOver() {},
  };
  await pauseBeforeRead({ ...firstPace, pauseMs: 5000, isExact }, deadline);
  expect(waits).toEqual([expected]);
});
