import { expect, test } from "vitest";
import { reconcile } from "../../../provider/core/reconcile/reconcile.ts";
import { virtualClock } from "../virtual-clock.ts";
import { failure, runOn, scripted } from "./scripted-reconciler.ts";

const kind = (kind: string) => expect.objectContaining({ kind });

test("a declared state that is reached already settles with the first read and sends nothing", async () => {
  const clock = virtualClock();
  const { reconciler, readsAtMs, sent } = scripted(clock, { reads: ["done"] });
  expect(await reconcile(reconciler, runOn(clock))).toEqual({
    kind: "settled",
    reason: "it is done",
    observed: "done",
  });
  expect([readsAtMs.length, sent.length]).toEqual([1, 0]);
});

test("a closed gate ends the run as held, which is no failure", async () => {
  const clock = virtualClock();
  const { reconciler, sent } = scripted(clock, { reads: ["copying", "held"] });
  expect(await reconcile(reconciler, runOn(clock))).toMatchObject({
    kind: "held",
    reason: "a person has to approve it",
  });
  expect(sent).toEqual([]);
});

test("an array at work is read again after each poll interval until the state is reached", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { reconciler, readsAtMs, steps } = scripted(clock, { reads: ["copying", "copying", "done"] });
  await reconcile(reconciler, runOn(clock));
  expect(readsAtMs).toEqual([0, 2000, 4000]);
  expect(steps).toEqual(["wait", "wait", "settled"]);
});

test("the poll interval grows by how many reads have shown nothing new", async () => {
  const clock = virtualClock();
  const heard: number[] = [];
  const reads = ["copying 1", "copying 1", "copying 1", "copying 2", "copying 2", "done"];
  const pollIntervalMs = (_observed: string, count: number) => {
    heard.push(count);
    return 1000;
  };
  const { reconciler } = scripted(clock, { reads }, { pollIntervalMs });
  await reconcile(reconciler, runOn(clock));
  expect(heard).toEqual([0, 1, 2, 0, 1]);
});

test("W8: a state from which the declared one cannot be reached ends the run at once, with what a person can do", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { reconciler } = scripted(clock, { reads: ["copying", "broken"] });
  await expect(reconcile(reconciler, runOn(clock))).rejects.toMatchObject({
    kind: "stuck",
    message: "The array: could not bring volume 7 over: it is broken. Fix it.",
  });
  expect(clock.nowMs()).toBe(2000);
});

test("W1: a wait that outlasts its deadline ends as a time-out and never as settled", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { reconciler } = scripted(clock, { reads: ["copying"] });
  const run = reconcile(reconciler, runOn(clock, { timeoutMs: 60_000 }));
  await expect(run).rejects.toMatchObject({
    kind: "timeout",
    message: expect.stringContaining("while it is copying"),
  });
  expect(clock.nowMs()).toBe(60_000);
});

test("W2: a wait that ends without the state it was for never continues to the next action", async () => {
  const clock = virtualClock();
  const { reconciler, sent } = scripted(clock, { reads: ["copying"] });
  await expect(reconcile(reconciler, runOn(clock, { timeoutMs: 60_000 }))).rejects.toEqual(kind("timeout"));
  expect(sent).toEqual([]);
});

test("W3: five minutes of reading every five seconds are no success", async () => {
  const clock = virtualClock();
  const { reconciler, readsAtMs } = scripted(clock, { reads: ["copying"] }, { pollIntervalMs: () => 5000 });
  await expect(reconcile(reconciler, runOn(clock, { timeoutMs: 300_000 }))).rejects.toEqual(kind("timeout"));
  expect(readsAtMs).toHaveLength(60);
});

test("W4: an object that vanishes while it is waited for is an error, not an end", async () => {
  const clock = virtualClock();
  const { reconciler } = scripted(clock, { reads: ["copying", failure("notFound")] });
  await expect(reconcile(reconciler, runOn(clock))).rejects.toEqual(kind("notFound"));
});

test("W5: reads do not push the deadline away", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { reconciler, readsAtMs } = scripted(
    clock,
    { reads: ["copying 1", "copying 2"] },
    { pollIntervalMs: () => 7000 },
  );
  const run = { ...runOn(clock, { timeoutMs: 20_000 }) };
  await expect(reconcile(reconciler, run)).rejects.toEqual(kind("timeout"));
  expect([clock.nowMs(), readsAtMs]).toEqual([20_000, [0, 7000, 14_000]]);
});

test("a deadline that passes during a read ends the read and the run", async () => {
  const clock = virtualClock({ startMs: 0 });
  const hanging = (signal: AbortSignal) =>
    new Promise<string>((_resolve, reject) => signal.addEventListener("abort", () => reject(failure("cancelled"))));
  const { reconciler } = scripted(clock, { reads: ["copying", hanging] });
  await expect(reconcile(reconciler, runOn(clock, { timeoutMs: 30_000 }))).rejects.toEqual(kind("timeout"));
  expect(clock.nowMs()).toBe(30_000);
});

test("a state seen reached by a read that the deadline overtook is still a success", async () => {
  const clock = virtualClock({ startMs: 0 });
  const slow = async () => {
    await clock.sleep(60_000, new AbortController().signal);
    return "done";
  };
  const { reconciler } = scripted(clock, { reads: [slow] });
  expect(await reconcile(reconciler, runOn(clock, { timeoutMs: 30_000 }))).toMatchObject({ kind: "settled" });
});

test("the deadline is kept although the machine's time is set back an hour", async () => {
  const virtual = virtualClock({ startMs: 0 });
  let backMs = 0;
  const clock = { ...virtual, nowMs: () => virtual.nowMs() - backMs };
  const { reconciler } = scripted(clock, { reads: ["copying"] });
  const run = runOn(clock, { timeoutMs: 60_000 });
  const onStep = () => {
    backMs = 3_600_000;
  };
  await expect(reconcile({ ...reconciler, onStep }, run)).rejects.toEqual(kind("timeout"));
  expect(virtual.nowMs()).toBe(60_000);
});

test("a deadline that lies in the past ends the run without a read and without an action", async () => {
  const clock = virtualClock();
  const { reconciler, sent, readsAtMs } = scripted(clock, { reads: ["ready go", "done"] });
  await expect(reconcile(reconciler, runOn(clock, { timeoutMs: -1 }))).rejects.toEqual(kind("timeout"));
  expect([sent, readsAtMs]).toEqual([[], []]);
});

test("what a read or a plan throws by mistake ends the run as it is", async () => {
  const clock = virtualClock();
  const { reconciler } = scripted(clock, { reads: [new TypeError("a defect")] });
  await expect(reconcile(reconciler, runOn(clock))).rejects.toThrow(TypeError);
  const plan = () => {
    throw new RangeError("another defect");
  };
  await expect(reconcile({ ...reconciler, observe: async () => "done", plan }, runOn(clock))).rejects.toThrow(
    RangeError,
  );
  expect(clock.sleeping).toBe(0);
});
