import { expect, test } from "vitest";
import { openSemaphore } from "../../../provider/core/async/semaphore.ts";
import { MigrationError } from "../../../provider/core/errors.ts";
import { reconcile } from "../../../provider/core/reconcile/reconcile.ts";
import { virtualClock } from "../virtual-clock.ts";
import { failure, runOn, scripted } from "./scripted-reconciler.ts";

const graceMs = 30_000;
const manyTimes = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);

test("an action is sent once although the array shows the same opportunity for a long time", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { reconciler, sent } = scripted(clock, { reads: [...manyTimes(100, "ready go"), "done"] });
  await reconcile(reconciler, runOn(clock));
  expect(sent).toEqual([{ action: "go", atMs: 0 }]);
});

test("an action that the array took is not sent again when the deadline passes", async () => {
  const clock = virtualClock();
  const { reconciler, sent } = scripted(clock, { reads: ["ready go"] });
  await expect(reconcile(reconciler, runOn(clock))).rejects.toMatchObject({ kind: "timeout" });
  expect(sent).toHaveLength(1);
});

test("an opportunity that comes back after the array worked on it is a new one", async () => {
  const clock = virtualClock();
  const { reconciler, sent } = scripted(clock, { reads: ["ready go", "copying", "ready go", "done"] });
  await reconcile(reconciler, runOn(clock));
  expect(sent.map(({ action }) => action)).toEqual(["go", "go"]);
});

test("each action of a plan is sent once, in order, and later ones when they are planned", async () => {
  const clock = virtualClock();
  const { reconciler, sent } = scripted(clock, { reads: ["ready a b", "ready b c", "ready c", "copying", "done"] });
  await reconcile(reconciler, runOn(clock));
  expect(sent.map(({ action }) => action)).toEqual(["a", "b", "c"]);
});

test.each([1, 3])("up to %i actions are under way at a time", async (atOnce) => {
  const clock = virtualClock();
  let underWay = 0;
  let most = 0;
  const send = async () => {
    most = Math.max(most, ++underWay);
    await clock.sleep(100, new AbortController().signal);
    underWay -= 1;
  };
  const { reconciler } = scripted(
    clock,
    { reads: ["ready a b c d e f", "done"] },
    { send, semaphore: openSemaphore(atOnce) },
  );
  await reconcile(reconciler, runOn(clock));
  expect(most).toBe(atOnce);
});

test("after a defect nothing more is sent", async () => {
  const clock = virtualClock();
  const { reconciler, sent } = scripted(clock, {
    reads: ["ready a b c d"],
    answers: ["taken", new TypeError("a defect")],
  });
  await expect(reconcile(reconciler, runOn(clock))).rejects.toThrow("a defect");
  expect(sent.map(({ action }) => action)).toEqual(["a", "b"]);
});

test.each(["lost", "failing", "contract"] as const)(
  "an action whose answer was of no use (%s) but whose effect then shows is not sent again",
  async (kind) => {
    const clock = virtualClock();
    const { reconciler, sent } = scripted(clock, { reads: ["ready go", "copying", "done"], answers: [failure(kind)] });
    expect(await reconcile(reconciler, runOn(clock))).toMatchObject({ kind: "settled" });
    expect(sent).toHaveLength(1);
  },
);

test("an action whose answer was lost is not sent again within the grace", async () => {
  const clock = virtualClock({ startMs: 0 });
  const reads = [...manyTimes(15, "ready go"), "done"];
  const { reconciler, sent, readsAtMs } = scripted(clock, { reads, answers: [failure("lost")] });
  await reconcile(reconciler, runOn(clock));
  expect([sent.length, readsAtMs.at(-1)]).toEqual([1, graceMs]);
});

test("an action whose answer was lost is sent again once the opportunity has outlasted the grace", async () => {
  const clock = virtualClock({ startMs: 0 });
  const reads = [...manyTimes(40, "ready go"), "done"];
  const { reconciler, sent } = scripted(clock, { reads, answers: [failure("lost"), "taken"] });
  await reconcile(reconciler, runOn(clock));
  expect(sent).toEqual([
    { action: "go", atMs: 0 },
    { action: "go", atMs: graceMs },
  ]);
});

test("each lost answer begins a new grace", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { reconciler, sent } = scripted(clock, {
    reads: [...manyTimes(46, "ready go"), "done"],
    answers: [failure("lost")],
  });
  await reconcile(reconciler, runOn(clock));
  expect(sent.map(({ atMs }) => atMs)).toEqual([0, graceMs, 2 * graceMs, 3 * graceMs]);
});

test.each(["unreachable", "busy"] as const)(
  "an action that the array did not take (%s) is sent again",
  async (kind) => {
    const clock = virtualClock();
    const reads = ["ready go", "ready go", "ready go", "done"];
    const { reconciler, sent } = scripted(clock, { reads, answers: [failure(kind), "taken"] });
    await reconcile(reconciler, runOn(clock));
    expect(sent).toHaveLength(2);
  },
);

test("W13: an action that a busy array did not take waits as long as the array asks", async () => {
  const clock = virtualClock({ startMs: 0 });
  const reads = ["ready go", "ready go", "done"];
  const { reconciler, sent } = scripted(clock, { reads, answers: [failure("busy", 90_000), "taken"] });
  await reconcile(reconciler, runOn(clock));
  expect(sent[1]?.atMs).toBeGreaterThanOrEqual(90_000);
});

test("W6: an action that the array keeps not taking is repeated ever less often", async () => {
  const clock = virtualClock({ startMs: 0 });
  const pollIntervalMs = (_observed: string, unchanged: number) => Math.min(2000 * 1.5 ** unchanged, 60_000);
  const { reconciler, sent } = scripted(clock, { reads: ["ready go"], answers: [failure("busy")] }, { pollIntervalMs });
  await expect(reconcile(reconciler, runOn(clock))).rejects.toMatchObject({ kind: "timeout" });
  expect(sent.length).toBeLessThan(100);
});

test("an action that was rejected but whose effect then shows is a success", async () => {
  const clock = virtualClock();
  const { reconciler, sent } = scripted(clock, { reads: ["ready go", "done"], answers: [failure("refused")] });
  expect(await reconcile(reconciler, runOn(clock))).toMatchObject({ kind: "settled" });
  expect(sent).toHaveLength(1);
});

test("an action that was rejected and is planned again ends the run with the rejection", async () => {
  const clock = virtualClock({ startMs: 0 });
  const rejection = failure("refused");
  const { reconciler, sent } = scripted(clock, { reads: ["ready go", "ready go"], answers: [rejection] });
  await expect(reconcile(reconciler, runOn(clock))).rejects.toBe(rejection);
  expect([sent.length, clock.nowMs()]).toEqual([1, 2000]);
});

test("a rejected action does not keep the others of its plan from being sent", async () => {
  const clock = virtualClock();
  const reads = ["ready a b c", "ready a"];
  const { reconciler, sent } = scripted(clock, { reads, answers: [failure("refused"), "taken"] });
  await expect(reconcile(reconciler, runOn(clock))).rejects.toMatchObject({ kind: "refused" });
  expect(sent.map(({ action }) => action)).toEqual(["a", "b", "c"]);
});

test("W15: an action rejected for its login or its rights is not tried again", async () => {
  const clock = virtualClock();
  for (const kind of ["authentication", "permission"] as const) {
    const { reconciler, sent } = scripted(clock, { reads: ["ready go"], answers: [failure(kind)] });
    await expect(reconcile(reconciler, runOn(clock))).rejects.toMatchObject({ kind });
    expect(sent).toHaveLength(1);
  }
});

test("a defect while sending ends the run, but not before the actions under way have their answers", async () => {
  const clock = virtualClock();
  const finished: string[] = [];
  const send = async (name: string) => {
    if (name === "a") throw new TypeError("a defect");
    await clock.sleep(1000, new AbortController().signal);
    finished.push(name);
  };
  const { reconciler } = scripted(clock, { reads: ["ready a b c d"] }, { send, semaphore: openSemaphore(2) });
  await expect(reconcile(reconciler, runOn(clock))).rejects.toThrow(TypeError);
  const finishedAtTheEnd = [...finished];
  await clock.sleep(10_000, new AbortController().signal);
  expect(finished).toEqual(finishedAtTheEnd);
});

test("W11, W17: after an action, whatever came of it, the array is read before the next one", async () => {
  const clock = virtualClock();
  for (const answer of ["taken", failure("lost"), failure("busy"), failure("refused")] as const) {
    const order: string[] = [];
    const { reconciler } = scripted(clock, { reads: ["ready a", "ready b", "done"], answers: [answer, "taken"] });
    const onStep = (observed: string) => order.push(`read: ${observed}`);
    const send = async (name: string, observed: string, confirm: () => void) => {
      order.push(`send: ${name}`);
      await reconciler.send(name, observed, confirm);
    };
    await reconcile({ ...reconciler, onStep, send }, runOn(clock));
    expect(order).toEqual(["read: ready a", "send: a", "read: ready b", "send: b", "read: done"]);
  }
});

test("a rejection keeps what the array answered", async () => {
  const clock = virtualClock();
  const report = {
    attempted: "cut over session 7",
    on: "the array",
    answered: "422 0xE0",
    next: "Check it.",
    code: "0xE0",
  };
  const rejection = new MigrationError({ kind: "refused", ...report });
  const { reconciler } = scripted(clock, { reads: ["ready go"], answers: [rejection] });
  await expect(reconcile(reconciler, runOn(clock))).rejects.toMatchObject({ code: "0xE0", message: rejection.message });
});
