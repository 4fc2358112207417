import { expect, test } from "vitest";
import { openPollScheduler } from "../../../provider/core/array/poll-scheduler.ts";
import { type VirtualClock, virtualClock } from "../virtual-clock.ts";

const never = new AbortController().signal;

/** When each rest ended, in milliseconds from the start. */
async function wakings(clock: VirtualClock, rests: readonly Promise<void>[]): Promise<number[]> {
  const startMs = clock.nowMs();
  return Promise.all(rests.map((rest) => rest.then(() => clock.nowMs() - startMs)));
}

test("who rests alone is woken when the time is up", async () => {
  const clock = virtualClock();
  const watch = openPollScheduler(clock, 2000);
  expect(await wakings(clock, [watch.waitForNextPoll(30_000, never)])).toEqual([30_000]);
  expect(watch.waiting).toBe(0);
  expect(clock.sleeping).toBe(0);
});

test("who has rested half of the time is woken along with who is due", async () => {
  const clock = virtualClock();
  const watch = openPollScheduler(clock, 2000);
  const rests = [10_000, 20_000, 21_000, 60_000].map((ms) => watch.waitForNextPoll(ms, never));
  expect(await wakings(clock, rests)).toEqual([10_000, 10_000, 21_000, 60_000]);
});

test("however many wait, wakings keep their distance", async () => {
  const clock = virtualClock();
  const watch = openPollScheduler(clock, 2000);
  const rests = Array.from({ length: 1000 }, (_, index) => watch.waitForNextPoll(10_000 + index * 7, never));
  const times = new Set(await wakings(clock, rests));
  expect(times).toEqual(new Set([10_000]));

  const startMs = clock.nowMs();
  const seenMs: number[] = [];
  const restless = async (ms: number) => {
    for (let turn = 0; turn < 20; turn++) {
      await watch.waitForNextPoll(ms, never);
      seenMs.push(clock.nowMs() - startMs);
    }
  };
  await Promise.all([2000, 2500, 3100].map(restless));
  const moments = [...new Set(seenMs)].sort((one, other) => one - other);
  const gaps = moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0));
  expect(moments.length).toBeGreaterThan(10);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2000);
});

test("who comes later and is due sooner is not kept waiting for the others", async () => {
  const clock = virtualClock();
  const watch = openPollScheduler(clock, 2000);
  const far = watch.waitForNextPoll(60_000, never);
  await clock.sleep(1000, never);
  expect(await wakings(clock, [watch.waitForNextPoll(3000, never), far])).toEqual([3000, 59_000]);
});

test("one who gives up leaves at once, and the others their rest", async () => {
  const clock = virtualClock();
  const watch = openPollScheduler(clock, 2000);
  const controller = new AbortController();
  const leaving = watch.waitForNextPoll(5000, controller.signal);
  const staying = watch.waitForNextPoll(30_000, never);
  controller.abort();
  await leaving;
  expect(clock.nowMs()).toBe(Date.UTC(2030, 0, 1));
  expect(watch.waiting).toBe(1);
  expect(await wakings(clock, [staying])).toEqual([30_000]);
});

test("when all have given up, no timer and no listener is left", async () => {
  const clock = virtualClock();
  const watch = openPollScheduler(clock, 2000);
  const controller = new AbortController();
  const rests = [5000, 6000, 7000].map((ms) => watch.waitForNextPoll(ms, controller.signal));
  controller.abort();
  await Promise.all(rests);
  expect(watch.waiting).toBe(0);
  expect(clock.sleeping).toBe(0);
  await watch.waitForNextPoll(5000, controller.signal);
  expect(clock.sleeping).toBe(0);
});

test("a clock that is set back keeps nobody waiting for the difference", async () => {
  const virtual = virtualClock();
  let backMs = 0;
  const watch = openPollScheduler({ ...virtual, nowMs: () => virtual.nowMs() - backMs }, 2000);
  const rests = [10_000, 30_000].map((ms) => watch.waitForNextPoll(ms, never));
  backMs = 3_600_000;
  expect(await wakings(virtual, rests)).toEqual([10_000, 30_000]);
});

test("by chance each rest is up to a tenth shorter, so that deployments do not keep in step", async () => {
  const chances = [0, 0.5, 1];
  const clock = virtualClock({ chance: () => chances.shift() ?? 0 });
  const rests = [1, 2, 3].map(() => openPollScheduler(clock, 2000).waitForNextPoll(10_000, never));
  expect(await wakings(clock, rests)).toEqual([10_000, 9500, 9000]);
});
