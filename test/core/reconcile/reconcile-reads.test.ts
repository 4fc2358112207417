import { expect, test } from "vitest";
import { reconcile } from "../../../provider/core/reconcile/reconcile.ts";
import { virtualClock } from "../virtual-clock.ts";
import { failure, runOn, scripted } from "./scripted-reconciler.ts";

const passing = ["unreachable", "lost", "busy", "failing", "contract"] as const;
const lasting = ["untrusted", "authentication", "permission", "identity", "refused", "settings"] as const;

test.each(passing)("W14: a look that fails as %s is repeated and fails nothing", async (kind) => {
  const clock = virtualClock();
  const { settling } = scripted(clock, { looks: ["copying", failure(kind), failure(kind), "done"] });
  expect(await reconcile(settling, runOn(clock))).toMatchObject({ kind: "settled" });
});

test.each(lasting)("a first look that fails as %s ends the run: it would fail again", async (kind) => {
  const clock = virtualClock();
  const { settling, looksAtMs } = scripted(clock, { looks: [failure(kind), "done"] });
  await expect(reconcile(settling, runOn(clock))).rejects.toMatchObject({ kind });
  expect(looksAtMs).toHaveLength(1);
});

test("W14: a look that is refused after others were answered is repeated and fails nothing", async () => {
  const clock = virtualClock();
  const { settling } = scripted(clock, { looks: ["copying", failure("refused"), failure("refused"), "done"] });
  expect(await reconcile(settling, runOn(clock))).toMatchObject({ kind: "settled" });
});

test("looks that are refused for minutes after others were answered end the run with the refusal", async () => {
  const clock = virtualClock({ startMs: 0 });
  const refused = failure("refused");
  const { settling } = scripted(clock, { looks: ["copying", refused] });
  await expect(reconcile(settling, runOn(clock))).rejects.toBe(refused);
  expect(clock.nowMs()).toBeGreaterThanOrEqual(300_000);
  expect(clock.nowMs()).toBeLessThan(420_000);
});

test("W6: failing looks are spaced out, by a minute at most", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { settling, looksAtMs } = scripted(clock, { looks: [...Array(9).fill(failure("failing")), "done"] });
  await reconcile(settling, runOn(clock));
  const pausesMs = looksAtMs.slice(1).map((atMs, index) => atMs - (looksAtMs[index] ?? 0));
  expect(pausesMs).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

test("a look that succeeds lets the next failing one be repeated soon again", async () => {
  const clock = virtualClock({ startMs: 0 });
  const failing = failure("failing");
  const { settling, looksAtMs } = scripted(clock, { looks: [failing, failing, "copying", failing, "done"] });
  await reconcile(settling, runOn(clock));
  expect(looksAtMs).toEqual([0, 1000, 3000, 5000, 6000]);
});

test("W7: a look that keeps failing is given up at the deadline and no sooner, and the last failure is told", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { settling } = scripted(clock, { looks: ["copying", failure("unreachable")] });
  await expect(reconcile(settling, runOn(clock, { timeoutMs: 7_200_000 }))).rejects.toMatchObject({
    kind: "timeout",
    message: expect.stringMatching(/while it is copying; .*it was unreachable/),
  });
  expect(clock.nowMs()).toBe(7_200_000);
});

test("a failure that was overcome is not blamed for a later time-out", async () => {
  const clock = virtualClock();
  const { settling } = scripted(clock, { looks: [failure("unreachable"), "copying"] });
  await expect(reconcile(settling, runOn(clock))).rejects.toMatchObject({
    message: expect.not.stringContaining("unreachable"),
  });
});

test("W13: a busy array is left alone for as long as it asks", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { settling, looksAtMs } = scripted(clock, { looks: [failure("busy", 120_000), "done"] });
  await reconcile(settling, runOn(clock));
  expect(looksAtMs).toEqual([0, 120_000]);
});

test("an array that asks to be left alone beyond the deadline does not move the deadline", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { settling, looksAtMs } = scripted(clock, { looks: [failure("busy", 300_000)] });
  await expect(reconcile(settling, runOn(clock, { timeoutMs: 100_000 }))).rejects.toMatchObject({ kind: "timeout" });
  expect([clock.nowMs(), looksAtMs]).toEqual([100_000, [0]]);
});

test("a first look that keeps failing is given up after five minutes with its own failure: nothing was seen yet", async () => {
  const clock = virtualClock({ startMs: 0 });
  const failing = failure("unreachable");
  const { settling } = scripted(clock, { looks: [failing] });
  await expect(reconcile(settling, runOn(clock, { timeoutMs: 24 * 3_600_000 }))).rejects.toBe(failing);
  expect(clock.nowMs()).toBeGreaterThanOrEqual(300_000);
  expect(clock.nowMs()).toBeLessThan(420_000);
});

test("a first look that fails for a while and then succeeds fails nothing", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { settling } = scripted(clock, { looks: [...Array(9).fill(failure("unreachable")), "done"] });
  expect(await reconcile(settling, runOn(clock))).toMatchObject({ kind: "settled" });
});

test("the person watching sees why a look is repeated", async () => {
  const clock = virtualClock();
  const { settling } = scripted(clock, { looks: [failure("unreachable"), "done"] });
  const run = runOn(clock);
  await reconcile(settling, run);
  expect(run.said).toEqual(["looking again: Could not do it on the array: it was unreachable. Try again."]);
});
