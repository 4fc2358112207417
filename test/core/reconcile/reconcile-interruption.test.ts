import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { systemClock } from "../../../provider/core/async/clock.ts";
import { reconcile } from "../../../provider/core/reconcile/reconcile.ts";
import { virtualClock } from "../virtual-clock.ts";
import { failure, runOn, scripted } from "./scripted-reconciler.ts";

test("W12: an interruption ends the pause between two reads at once, as cancelled", async () => {
  const clock = virtualClock({ startMs: 0 });
  const interrupt = new AbortController();
  const { reconciler, readsAtMs } = scripted(clock, { reads: ["copying"] }, { pollIntervalMs: () => 600_000 });
  const onStep = () => setImmediate(() => interrupt.abort());
  await expect(reconcile({ ...reconciler, onStep }, runOn(clock, { signal: interrupt.signal }))).rejects.toMatchObject({
    kind: "cancelled",
    message: expect.stringContaining("interrupted while it is copying"),
  });
  expect([clock.nowMs(), readsAtMs, clock.sleeping]).toEqual([0, [0], 0]);
});

test("an interruption ends the pause after a failing read too", async () => {
  const clock = virtualClock({ startMs: 0 });
  const interrupt = new AbortController();
  const { reconciler } = scripted(clock, { reads: [failure("busy", 300_000)] });
  const run = { ...runOn(clock, { signal: interrupt.signal }), progress: () => setImmediate(() => interrupt.abort()) };
  await expect(reconcile(reconciler, run)).rejects.toMatchObject({ kind: "cancelled" });
  expect([clock.nowMs(), clock.sleeping]).toEqual([0, 0]);
});

test("an interruption abandons a read under way", async () => {
  const clock = virtualClock();
  const interrupt = new AbortController();
  const hanging = (signal: AbortSignal) =>
    new Promise<string>((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(failure("lost")));
      interrupt.abort();
    });
  const { reconciler, readsAtMs } = scripted(clock, { reads: [hanging] });
  const run = reconcile(reconciler, runOn(clock, { signal: interrupt.signal }));
  await expect(run).rejects.toMatchObject({ kind: "cancelled" });
  expect(readsAtMs).toHaveLength(1);
});

test("an action under way when the run is interrupted is seen to its answer, and no further one is sent", async () => {
  const clock = virtualClock();
  const interrupt = new AbortController();
  const ended: string[] = [];
  const send = async (name: string) => {
    interrupt.abort();
    await clock.sleep(45_000, new AbortController().signal);
    ended.push(name);
  };
  const { reconciler } = scripted(clock, { reads: ["ready a b"] }, { send });
  const run = reconcile(reconciler, runOn(clock, { signal: interrupt.signal }));
  await expect(run).rejects.toMatchObject({ kind: "cancelled" });
  expect(ended).toEqual(["a"]);
});

test("a run that is interrupted before it begins reads nothing and sends nothing", async () => {
  const clock = virtualClock();
  const { reconciler, readsAtMs } = scripted(clock, { reads: ["ready go"] });
  await expect(reconcile(reconciler, runOn(clock, { signal: AbortSignal.abort() }))).rejects.toMatchObject({
    kind: "cancelled",
  });
  expect([readsAtMs, clock.sleeping]).toEqual([[], 0]);
});

test("an interruption is reported as such although the deadline has passed too", async () => {
  const clock = virtualClock({ startMs: 0 });
  const interrupt = new AbortController();
  const send = async () => {
    await clock.sleep(60_000, new AbortController().signal);
    interrupt.abort();
  };
  const { reconciler } = scripted(clock, { reads: ["ready go"] }, { send });
  const run = reconcile(reconciler, runOn(clock, { timeoutMs: 10_000, signal: interrupt.signal }));
  await expect(run).rejects.toMatchObject({ kind: "cancelled" });
});

test("W20: a run leaves no timer and no listener behind, however it ends", async () => {
  const interrupt = new AbortController();
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  const run = runOn(systemClock, { signal: interrupt.signal });
  await reconcile(scripted(systemClock, { reads: ["done"] }).reconciler, run);
  await expect(reconcile(scripted(systemClock, { reads: ["broken"] }).reconciler, run)).rejects.toThrow();
  const waiting = scripted(systemClock, { reads: ["copying"] }).reconciler;
  const interrupted = reconcile({ ...waiting, onStep: () => setImmediate(() => interrupt.abort()) }, run);
  await expect(interrupted).rejects.toMatchObject({ kind: "cancelled" });
  // The test runner has timers, too, which may end meanwhile.
  expect(timers()).toBeLessThanOrEqual(before);
  expect(getEventListeners(interrupt.signal, "abort")).toEqual([]);
});
