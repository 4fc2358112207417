import { expect, test } from "vitest";
import { reconcile } from "../../../provider/core/reconcile/reconcile.ts";
import { virtualClock } from "../virtual-clock.ts";
import { failure, runOn, scripted } from "./scripted-reconciler.ts";

const passing = ["unreachable", "lost", "busy", "failing", "contract"] as const;
const lasting = ["untrusted", "authentication", "permission", "identity", "refused", "settings"] as const;

test.each(passing)("W14: a read that fails as %s is retried and fails nothing", async (kind) => {
  const clock = virtualClock();
  const { reconciler } = scripted(clock, { reads: ["copying", failure(kind), failure(kind), "done"] });
  expect(await reconcile(reconciler, runOn(clock))).toMatchObject({ kind: "settled" });
});

test.each(lasting)("a first read that fails as %s ends the run: it would fail again", async (kind) => {
  const clock = virtualClock();
  const { reconciler, readsAtMs } = scripted(clock, { reads: [failure(kind), "done"] });
  await expect(reconcile(reconciler, runOn(clock))).rejects.toMatchObject({ kind });
  expect(readsAtMs).toHaveLength(1);
});

test("W14: a read that is rejected after others were answered is retried and fails nothing", async () => {
  const clock = virtualClock();
  const { reconciler } = scripted(clock, { reads: ["copying", failure("refused"), failure("refused"), "done"] });
  expect(await reconcile(reconciler, runOn(clock))).toMatchObject({ kind: "settled" });
});

test("reads that are rejected for minutes after others were answered end the run with the rejection", async () => {
  const clock = virtualClock({ startMs: 0 });
  const refused = failure("refused");
  const { reconciler } = scripted(clock, { reads: ["copying", refused] });
  await expect(reconcile(reconciler, runOn(clock))).rejects.toBe(refused);
  expect(clock.nowMs()).toBeGreaterThanOrEqual(300_000);
  expect(clock.nowMs()).toBeLessThan(420_000);
});

test("W6: failing reads are spaced out, by a minute at most", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { reconciler, readsAtMs } = scripted(clock, { reads: [...Array(9).fill(failure("failing")), "done"] });
  await reconcile(reconciler, runOn(clock));
  const pausesMs = readsAtMs.slice(1).map((atMs, index) => atMs - (readsAtMs[index] ?? 0));
  expect(pausesMs).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

test("after a read that succeeds the next failing one is retried soon again", async () => {
  const clock = virtualClock({ startMs: 0 });
  const failing = failure("failing");
  const { reconciler, readsAtMs } = scripted(clock, { reads: [failing, failing, "copying", failing, "done"] });
  await reconcile(reconciler, runOn(clock));
  expect(readsAtMs).toEqual([0, 1000, 3000, 5000, 6000]);
});

test("W7: a read that keeps failing is given up at the deadline and no sooner, and the last failure is reported", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { reconciler } = scripted(clock, { reads: ["copying", failure("unreachable")] });
  await expect(reconcile(reconciler, runOn(clock, { timeoutMs: 7_200_000 }))).rejects.toMatchObject({
    kind: "timeout",
    message: expect.stringMatching(/while it is copying; .*it was unreachable/),
  });
  expect(clock.nowMs()).toBe(7_200_000);
});

test("a failure that was overcome is not blamed for a later time-out", async () => {
  const clock = virtualClock();
  const { reconciler } = scripted(clock, { reads: [failure("unreachable"), "copying"] });
  await expect(reconcile(reconciler, runOn(clock))).rejects.toMatchObject({
    message: expect.not.stringContaining("unreachable"),
  });
});

test("W13: a busy array is left alone for as long as it asks", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { reconciler, readsAtMs } = scripted(clock, { reads: [failure("busy", 120_000), "done"] });
  await reconcile(reconciler, runOn(clock));
  expect(readsAtMs).toEqual([0, 120_000]);
});

test("an array that asks to be left alone beyond the deadline does not move the deadline", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { reconciler, readsAtMs } = scripted(clock, { reads: [failure("busy", 300_000)] });
  await expect(reconcile(reconciler, runOn(clock, { timeoutMs: 100_000 }))).rejects.toMatchObject({ kind: "timeout" });
  expect([clock.nowMs(), readsAtMs]).toEqual([100_000, [0]]);
});

test("a first read that keeps failing is given up after five minutes with its own failure, because none has succeeded yet", async () => {
  const clock = virtualClock({ startMs: 0 });
  const failing = failure("unreachable");
  const { reconciler } = scripted(clock, { reads: [failing] });
  await expect(reconcile(reconciler, runOn(clock, { timeoutMs: 24 * 3_600_000 }))).rejects.toBe(failing);
  expect(clock.nowMs()).toBeGreaterThanOrEqual(300_000);
  expect(clock.nowMs()).toBeLessThan(420_000);
});

test("a first read that fails for a while and then succeeds fails nothing", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { reconciler } = scripted(clock, { reads: [...Array(9).fill(failure("unreachable")), "done"] });
  expect(await reconcile(reconciler, runOn(clock))).toMatchObject({ kind: "settled" });
});

test("the row shows why a read is retried", async () => {
  const clock = virtualClock();
  const { reconciler } = scripted(clock, { reads: [failure("unreachable"), "done"] });
  const run = runOn(clock);
  await reconcile(reconciler, run);
  expect(run.said).toEqual(["retrying: The array: could not do it: it was unreachable. Try again."]);
});
