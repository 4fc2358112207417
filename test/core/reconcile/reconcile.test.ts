import { expect, test } from "vitest";
import { reconcile } from "../../../provider/core/reconcile/reconcile.ts";
import { virtualClock } from "../virtual-clock.ts";
import { failure, runOn, scripted } from "./scripted-reconciler.ts";

const kind = (kind: string) => expect.objectContaining({ kind });

test("a declared state that is reached already settles with the first look and sends nothing", async () => {
  const clock = virtualClock();
  const { settling, looksAtMs, sent } = scripted(clock, { looks: ["done"] });
  expect(await reconcile(settling, runOn(clock))).toEqual({ kind: "settled", reason: "it is done", observed: "done" });
  expect([looksAtMs.length, sent.length]).toEqual([1, 0]);
});

test("a closed gate ends the run as held, which is no failure", async () => {
  const clock = virtualClock();
  const { settling, sent } = scripted(clock, { looks: ["copying", "held"] });
  expect(await reconcile(settling, runOn(clock))).toMatchObject({ kind: "held", reason: "a person has to approve it" });
  expect(sent).toEqual([]);
});

test("an array at work is looked at again after each pace until the state is reached", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { settling, looksAtMs, steps } = scripted(clock, { looks: ["copying", "copying", "done"] });
  await reconcile(settling, runOn(clock));
  expect(looksAtMs).toEqual([0, 2000, 4000]);
  expect(steps).toEqual(["wait", "wait", "settled"]);
});

test("the pace hears how many looks have shown nothing new", async () => {
  const clock = virtualClock();
  const heard: number[] = [];
  const looks = ["copying 1", "copying 1", "copying 1", "copying 2", "copying 2", "done"];
  const paceMs = (_observed: string, count: number) => {
    heard.push(count);
    return 1000;
  };
  const { settling } = scripted(clock, { looks }, { pollIntervalMs: paceMs });
  await reconcile(settling, runOn(clock));
  expect(heard).toEqual([0, 1, 2, 0, 1]);
});

test("W8: a state from which the declared one cannot be reached ends the run at once, with what a person can do", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { settling } = scripted(clock, { looks: ["copying", "broken"] });
  await expect(reconcile(settling, runOn(clock))).rejects.toMatchObject({
    kind: "stuck",
    message: "Could not bring volume 7 over on the array: it is broken. Mend it.",
  });
  expect(clock.nowMs()).toBe(2000);
});

test("W1: a wait that outlasts its deadline ends as a time-out and never as settled", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { settling } = scripted(clock, { looks: ["copying"] });
  const run = reconcile(settling, runOn(clock, { timeoutMs: 60_000 }));
  await expect(run).rejects.toMatchObject({
    kind: "timeout",
    message: expect.stringContaining("while it is copying"),
  });
  expect(clock.nowMs()).toBe(60_000);
});

test("W2: a wait that ends without the state it was for never goes on to the next act", async () => {
  const clock = virtualClock();
  const { settling, sent } = scripted(clock, { looks: ["copying"] });
  await expect(reconcile(settling, runOn(clock, { timeoutMs: 60_000 }))).rejects.toEqual(kind("timeout"));
  expect(sent).toEqual([]);
});

test("W3: five minutes of looking every five seconds are no success", async () => {
  const clock = virtualClock();
  const { settling, looksAtMs } = scripted(clock, { looks: ["copying"] }, { pollIntervalMs: () => 5000 });
  await expect(reconcile(settling, runOn(clock, { timeoutMs: 300_000 }))).rejects.toEqual(kind("timeout"));
  expect(looksAtMs).toHaveLength(60);
});

test("W4: an object that vanishes while it is waited for is an error, not an end", async () => {
  const clock = virtualClock();
  const { settling } = scripted(clock, { looks: ["copying", failure("notFound")] });
  await expect(reconcile(settling, runOn(clock))).rejects.toEqual(kind("notFound"));
});

test("W5: looks do not push the deadline away", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { settling, looksAtMs } = scripted(
    clock,
    { looks: ["copying 1", "copying 2"] },
    { pollIntervalMs: () => 7000 },
  );
  const run = { ...runOn(clock, { timeoutMs: 20_000 }) };
  await expect(reconcile(settling, run)).rejects.toEqual(kind("timeout"));
  expect([clock.nowMs(), looksAtMs]).toEqual([20_000, [0, 7000, 14_000]]);
});

test("a deadline that passes during a look ends the look and the run", async () => {
  const clock = virtualClock({ startMs: 0 });
  const hanging = (signal: AbortSignal) =>
    new Promise<string>((_resolve, reject) => signal.addEventListener("abort", () => reject(failure("cancelled"))));
  const { settling } = scripted(clock, { looks: ["copying", hanging] });
  await expect(reconcile(settling, runOn(clock, { timeoutMs: 30_000 }))).rejects.toEqual(kind("timeout"));
  expect(clock.nowMs()).toBe(30_000);
});

test("a state seen reached by a look that the deadline overtook is still a success", async () => {
  const clock = virtualClock({ startMs: 0 });
  const slow = async () => {
    await clock.sleep(60_000, new AbortController().signal);
    return "done";
  };
  const { settling } = scripted(clock, { looks: [slow] });
  expect(await reconcile(settling, runOn(clock, { timeoutMs: 30_000 }))).toMatchObject({ kind: "settled" });
});

test("the deadline is kept although the machine's time is set back an hour", async () => {
  const virtual = virtualClock({ startMs: 0 });
  let backMs = 0;
  const clock = { ...virtual, nowMs: () => virtual.nowMs() - backMs };
  const { settling } = scripted(clock, { looks: ["copying"] });
  const run = runOn(clock, { timeoutMs: 60_000 });
  const onStep = () => {
    backMs = 3_600_000;
  };
  await expect(reconcile({ ...settling, onStep }, run)).rejects.toEqual(kind("timeout"));
  expect(virtual.nowMs()).toBe(60_000);
});

test("a deadline that lies in the past ends the run without a look and without an act", async () => {
  const clock = virtualClock();
  const { settling, sent, looksAtMs } = scripted(clock, { looks: ["ready go", "done"] });
  await expect(reconcile(settling, runOn(clock, { timeoutMs: -1 }))).rejects.toEqual(kind("timeout"));
  expect([sent, looksAtMs]).toEqual([[], []]);
});

test("what a look or a plan throws by mistake ends the run as it is", async () => {
  const clock = virtualClock();
  const { settling } = scripted(clock, { looks: [new TypeError("a defect")] });
  await expect(reconcile(settling, runOn(clock))).rejects.toThrow(TypeError);
  const plan = () => {
    throw new RangeError("another defect");
  };
  await expect(reconcile({ ...settling, observe: async () => "done", plan }, runOn(clock))).rejects.toThrow(RangeError);
  expect(clock.sleeping).toBe(0);
});
