import { expect, test } from "vitest";
import type { Deadline } from "../../../provider/core/reconcile/deadline.ts";
import { firstRead, type NextRead, nextRead, pauseBeforeRead } from "../../../provider/core/reconcile/next-read.ts";
import type { Step } from "../../../provider/core/reconcile/step.ts";

const wait = (reason: string): Step<unknown> => ({ kind: "wait", reason });
const nothing = { anyTaken: false, askedMs: 0 };
const taken = { anyTaken: true, askedMs: 0 };

/** The poll interval is 10 s, and a second more for each read that shows nothing new. */
const timing = { sendingMs: 0, showsAfterMs: 1000, pollIntervalMs: (unchanged: number) => 10_000 + unchanged * 1000 };
const before: NextRead = { ...firstRead, reason: "copying", unchanged: 3 };

test.each<readonly [string, Parameters<typeof nextRead>, Partial<NextRead>]>([
  [
    "a first read begins the count, and waits for the poll interval at most",
    [firstRead, wait("copying"), nothing, timing],
    { reason: "copying", unchanged: 0, pauseMs: 10_000, isExact: false, isUrgent: false },
  ],
  [
    "a read that shows nothing new is counted",
    [before, wait("copying"), nothing, timing],
    { unchanged: 4, pauseMs: 14_000, isExact: false },
  ],
  [
    "a read that shows something new begins the count again",
    [before, wait("cutting over"), nothing, timing],
    { reason: "cutting over", unchanged: 0, pauseMs: 10_000 },
  ],
  [
    "an action that was taken begins the count again, and shows soon, at a time of its own",
    [before, wait("copying"), taken, timing],
    { unchanged: 0, pauseMs: 1000, isExact: true, isUrgent: true },
  ],
  [
    "an array that wants action after action is not rushed",
    [{ ...before, isUrgent: true }, wait("copying"), taken, timing],
    { pauseMs: 10_000, isExact: false, isUrgent: false },
  ],
  [
    "an array that shows its actions as any read does is read as ever",
    [before, wait("copying"), taken, { ...timing, showsAfterMs: undefined }],
    { unchanged: 0, pauseMs: 10_000, isExact: false, isUrgent: false },
  ],
  [
    "an array that asks to be left alone is, for so long exactly",
    [before, wait("copying"), { anyTaken: false, askedMs: 90_000 }, timing],
    { unchanged: 4, pauseMs: 90_000, isExact: true, plannedMs: 14_000 },
  ],
  [
    "an array that asks to be left alone for less than usual is left alone as usual",
    [before, wait("copying"), { anyTaken: false, askedMs: 2000 }, timing],
    { pauseMs: 14_000, isExact: true },
  ],
  [
    "an array that asks to be left alone is, also when it has taken another action",
    [before, wait("copying"), { anyTaken: true, askedMs: 90_000 }, timing],
    { unchanged: 0, pauseMs: 90_000, isExact: true, isUrgent: true },
  ],
  [
    "the next read is planned after the actions and the poll interval",
    [before, wait("copying"), taken, { ...timing, sendingMs: 5000 }],
    { pauseMs: 1000, plannedMs: 15_000 },
  ],
])("%s", (_, parameters, expected) => {
  expect(nextRead(...parameters)).toMatchObject(expected);
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
  await pauseBeforeRead({ ...firstRead, pauseMs: 5000, isExact }, deadline);
  expect(waits).toEqual([expected]);
});
