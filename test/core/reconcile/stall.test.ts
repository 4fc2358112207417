import { describe, expect, test } from "vitest";
import { reconcile } from "../../../provider/core/reconcile/reconcile.ts";
import { type ProgressMarker, type StallLimits, stallDetector } from "../../../provider/core/reconcile/stall.ts";
import { virtualClock } from "../virtual-clock.ts";
import { failure, type Read, runOn, scripted } from "./scripted-reconciler.ts";

const minuteMs = 60_000;
const fingerprint = (text: string): ProgressMarker => ({ fingerprint: text, text: `Copy_In_Progress, ${text}` });
const stays = fingerprint("43%");
const minutes = (warning: number | undefined, failure?: number): StallLimits => ({
  warningMs: warning === undefined ? undefined : warning * minuteMs,
  failureMs: failure === undefined ? undefined : failure * minuteMs,
});

/** What was due at each of the reads, ten minutes apart. */
const verdicts = (limits: StallLimits, reads: readonly (ProgressMarker | undefined)[]) => {
  const detect = stallDetector(limits);
  return reads.map((marker, index) => detect(marker, index * 10 * minuteMs)?.due ?? "-").join(" ");
};
const [a, b] = [fingerprint("43%"), fingerprint("44%")];

test.each<readonly [string, StallLimits, readonly (ProgressMarker | undefined)[], string]>([
  ["something moves at every read", minutes(10, 10), [a, b, a, b], "- - - -"],
  ["nothing moves: one warning", minutes(20), [a, a, a, a, a], "- - warning - -"],
  ["nothing moves: a warning, then a failure", minutes(20, 40), [a, a, a, a, a], "- - warning - failure"],
  ["it moves again: the next stall has its own warning", minutes(20), [a, a, a, b, b, b], "- - warning - - warning"],
  ["no warning asked for", minutes(undefined, 20), [a, a, a], "- - failure"],
  ["nothing asked for", minutes(undefined), [a, a, a, a], "- - - -"],
  ["the failure comes first", minutes(30, 10), [a, a], "- failure"],
  ["a person or the calendar ends the wait", minutes(10, 10), [undefined, undefined, undefined], "- - -"],
  [
    "the array takes over from a person: counted from then",
    minutes(20),
    [undefined, undefined, a, a, a],
    "- - - - warning",
  ],
])("%s", (_, limits, reads, expected) => {
  expect(verdicts(limits, reads)).toBe(expected);
});

test("the text says for how long, since when, and what the array reports", () => {
  const detect = stallDetector(minutes(30));
  detect(stays, Date.UTC(2030, 0, 1, 10, 14));
  expect(detect(stays, Date.UTC(2030, 0, 1, 10, 44))?.text).toBe(
    "no progress for 30m (since 2030-01-01T10:14:00Z); the array reports Copy_In_Progress, 43%",
  );
});

describe("a reconciler whose array makes no progress", () => {
  const still = (limits: StallLimits, reads: readonly Read[] = ["copying"]) => {
    const clock = virtualClock({ startMs: 0 });
    const changes = { stallLimits: limits, progressMarker: (state: string) => ({ fingerprint: state, text: state }) };
    const { reconciler } = scripted(clock, { reads }, { ...changes, pollIntervalMs: () => 5 * minuteMs });
    return { clock, reconciler, run: runOn(clock) };
  };

  test("ends with what stalls and since when, and resumes with the next run", async () => {
    const { reconciler, run, clock } = still(minutes(10, 30));
    await expect(reconcile(reconciler, run)).rejects.toMatchObject({
      kind: "stalled",
      message:
        "The array: could not bring volume 7 over: no progress for 30m (since 1970-01-01T00:00:00Z); the array reports copying (it is copying). " +
        "Check the array's alerts, fix the cause, and run the command again; it resumes from here.",
    });
    expect(clock.nowMs()).toBe(30 * minuteMs);
  });

  test("is only warned of, once, when no failure is asked for", async () => {
    const { reconciler, run } = still(minutes(10));
    await expect(reconcile(reconciler, run)).rejects.toMatchObject({ kind: "timeout" });
    const warning = "bring volume 7 over: no progress for 10m (since 1970-01-01T00:00:00Z); the array reports copying";
    expect(run.said.filter((text) => text.includes("no progress"))).toEqual([warning]);
  });

  test("counts too while an action that was taken does not show", async () => {
    const { reconciler, run } = still(minutes(undefined, 30), ["ready cutover"]);
    await expect(reconcile(reconciler, run)).rejects.toMatchObject({ kind: "stalled" });
  });

  const outage = Array<Error>(70).fill(failure("unreachable"));

  test("is not blamed for time in which it could not be read", async () => {
    const { reconciler, run, clock } = still(minutes(10, 30), ["copying", "copying", ...outage, "copying"]);
    await expect(reconcile(reconciler, { ...run, deadlineMs: 600 * minuteMs })).rejects.toMatchObject({
      kind: "stalled",
      message: expect.stringMatching(
        /no progress for 30m \(since 1970-01-01T00:00:00Z, without 1h1\dm in which the array could not be read\); the array reports copying/,
      ),
    });
    expect(clock.nowMs()).toBeGreaterThan(95 * minuteMs);
    expect(run.said.filter((text) => text.includes("no progress"))).toEqual([
      expect.stringContaining("no progress for 10m (since"),
    ]);
  });

  test("is not blamed for time in which this machine was suspended", async () => {
    const { reconciler, run, clock } = still(minutes(undefined, 30));
    let rests = 0;
    const rest = (ms: number, over: AbortSignal) => clock.sleep(++rests === 2 ? 120 * minuteMs : ms, over);
    await expect(
      reconcile({ ...reconciler, waitForNextPoll: rest }, { ...run, deadlineMs: 600 * minuteMs }),
    ).rejects.toMatchObject({
      kind: "stalled",
    });
    expect(clock.nowMs()).toBe((120 + 30) * minuteMs);
  });

  test("is found to stall although every other read fails", async () => {
    const { reconciler, run, clock } = still(
      minutes(undefined, 30),
      Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? "copying" : failure("unreachable"))),
    );
    await expect(reconcile(reconciler, run)).rejects.toMatchObject({ kind: "stalled" });
    expect(clock.nowMs()).toBeLessThan(31 * minuteMs);
  });

  test("fails nothing that is settled or held", async () => {
    const { reconciler, run } = still(minutes(0, 0), ["held"]);
    expect(await reconcile(reconciler, run)).toMatchObject({ kind: "held" });
  });
});

test("each decision of the plan is logged with its reason, for debug output", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { reconciler } = scripted(
    clock,
    { reads: ["ready a b", "ready a b", "copying", "done"] },
    { shown: (state) => state },
  );
  const run = runOn(clock);
  await reconcile(reconciler, run);
  expect(run.said).toEqual([
    "plan: act a; b (ready a b): it is ready for a and b",
    "plan: act a; b (ready a b): it is ready for a and b",
    "sent already, not sent again: 2 of 2",
    "plan: wait (copying): it is copying",
    "plan: settled (done): it is done",
  ]);
});
