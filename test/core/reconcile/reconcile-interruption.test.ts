import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { systemClock } from "../../../provider/core/async/clock.ts";
import { reconcile } from "../../../provider/core/reconcile/reconcile.ts";
import { virtualClock } from "../virtual-clock.ts";
import { failure, runOn, scripted } from "./scripted-reconciler.ts";

test("W12: an interruption ends the pause between two looks at once, as cancelled", async () => {
  const clock = virtualClock({ startMs: 0 });
  const interrupt = new AbortController();
  const { settling, looksAtMs } = scripted(clock, { looks: ["copying"] }, { pollIntervalMs: () => 600_000 });
  const onStep = () => setImmediate(() => interrupt.abort());
  await expect(reconcile({ ...settling, onStep }, runOn(clock, { signal: interrupt.signal }))).rejects.toMatchObject({
    kind: "cancelled",
    message: expect.stringContaining("interrupted while it is copying"),
  });
  expect([clock.nowMs(), looksAtMs, clock.sleeping]).toEqual([0, [0], 0]);
});

test("an interruption ends the pause after a failing look too", async () => {
  const clock = virtualClock({ startMs: 0 });
  const interrupt = new AbortController();
  const { settling } = scripted(clock, { looks: [failure("busy", 300_000)] });
  const run = { ...runOn(clock, { signal: interrupt.signal }), progress: () => setImmediate(() => interrupt.abort()) };
  await expect(reconcile(settling, run)).rejects.toMatchObject({ kind: "cancelled" });
  expect([clock.nowMs(), clock.sleeping]).toEqual([0, 0]);
});

test("an interruption abandons a look under way", async () => {
  const clock = virtualClock();
  const interrupt = new AbortController();
  const hanging = (signal: AbortSignal) =>
    new Promise<string>((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(failure("lost")));
      interrupt.abort();
    });
  const { settling, looksAtMs } = scripted(clock, { looks: [hanging] });
  const run = reconcile(settling, runOn(clock, { signal: interrupt.signal }));
  await expect(run).rejects.toMatchObject({ kind: "cancelled" });
  expect(looksAtMs).toHaveLength(1);
});

test("an act under way when the run is interrupted is seen to its end, and no further one is sent", async () => {
  const clock = virtualClock();
  const interrupt = new AbortController();
  const ended: string[] = [];
  const act = async (name: string) => {
    interrupt.abort();
    await clock.sleep(45_000, new AbortController().signal);
    ended.push(name);
  };
  const { settling } = scripted(clock, { looks: ["ready a b"] }, { send: act });
  const run = reconcile(settling, runOn(clock, { signal: interrupt.signal }));
  await expect(run).rejects.toMatchObject({ kind: "cancelled" });
  expect(ended).toEqual(["a"]);
});

test("a run that is interrupted before it begins does not look and does not act", async () => {
  const clock = virtualClock();
  const { settling, looksAtMs } = scripted(clock, { looks: ["ready go"] });
  await expect(reconcile(settling, runOn(clock, { signal: AbortSignal.abort() }))).rejects.toMatchObject({
    kind: "cancelled",
  });
  expect([looksAtMs, clock.sleeping]).toEqual([[], 0]);
});

test("an interruption is told as such although the deadline has passed too", async () => {
  const clock = virtualClock({ startMs: 0 });
  const interrupt = new AbortController();
  const act = async () => {
    await clock.sleep(60_000, new AbortController().signal);
    interrupt.abort();
  };
  const { settling } = scripted(clock, { looks: ["ready go"] }, { send: act });
  const run = reconcile(settling, runOn(clock, { timeoutMs: 10_000, signal: interrupt.signal }));
  await expect(run).rejects.toMatchObject({ kind: "cancelled" });
});

test("W20: a run leaves no timer and no listener behind, however it ends", async () => {
  const interrupt = new AbortController();
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  const run = runOn(systemClock, { signal: interrupt.signal });
  await reconcile(scripted(systemClock, { looks: ["done"] }).settling, run);
  await expect(reconcile(scripted(systemClock, { looks: ["broken"] }).settling, run)).rejects.toThrow();
  const waiting = scripted(systemClock, { looks: ["copying"] }).settling;
  const interrupted = reconcile({ ...waiting, onStep: () => setImmediate(() => interrupt.abort()) }, run);
  await expect(interrupted).rejects.toMatchObject({ kind: "cancelled" });
  // The test runner has timers, too, which may end meanwhile.
  expect(timers()).toBeLessThanOrEqual(before);
  expect(getEventListeners(interrupt.signal, "abort")).toEqual([]);
});
