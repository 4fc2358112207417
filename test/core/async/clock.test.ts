import { getEventListeners } from "node:events";
import { afterEach, expect, test, vi } from "vitest";
import { systemClock } from "../../../provider/core/async/clock.ts";

afterEach(() => {
  vi.useRealTimers();
});

const dayMs = 86_400_000;

/** Sleeps, and tells whether it has ended. */
function sleeper(durationMs: number, signal = new AbortController().signal) {
  const state = { ended: false };
  void systemClock.sleep(durationMs, signal).then(() => {
    state.ended = true;
  });
  return state;
}

test("a sleep ends after its duration and not before", async () => {
  vi.useFakeTimers();
  const state = sleeper(5000);
  await vi.advanceTimersByTimeAsync(4999);
  expect(state.ended).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(state.ended).toBe(true);
});

test("W12: a sleep ends at once when it is aborted, with success, and leaves no timer and no listener", async () => {
  vi.useFakeTimers();
  const abort = new AbortController();
  const state = sleeper(dayMs, abort.signal);
  expect(vi.getTimerCount()).toBe(1);
  abort.abort();
  await vi.advanceTimersByTimeAsync(0);
  expect([state.ended, vi.getTimerCount()]).toEqual([true, 0]);
  expect(getEventListeners(abort.signal, "abort")).toEqual([]);
});

test("a sleep that ran its time leaves no listener behind on a signal that lives as long as the process", async () => {
  vi.useFakeTimers();
  const { signal } = new AbortController();
  sleeper(10, signal);
  await vi.advanceTimersByTimeAsync(10);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("a sleep on an aborted signal does not begin", async () => {
  vi.useFakeTimers();
  await systemClock.sleep(dayMs, AbortSignal.abort());
  expect(vi.getTimerCount()).toBe(0);
});

test.each([-5, 0, Number.NEGATIVE_INFINITY])("a duration of %i is over at once", async (durationMs) => {
  vi.useFakeTimers();
  const state = sleeper(durationMs);
  await vi.advanceTimersByTimeAsync(1);
  expect(state.ended).toBe(true);
});

test("W14: a duration longer than Node's longest timer is not turned into a millisecond", async () => {
  vi.useFakeTimers();
  const state = sleeper(30 * dayMs);
  await vi.advanceTimersByTimeAsync(20 * dayMs);
  expect(state.ended).toBe(false);
});

test("a duration longer than Node's longest timer is slept to its end: a deadline may be months away", async () => {
  vi.useFakeTimers();
  const state = sleeper(30 * dayMs);
  await vi.advanceTimersByTimeAsync(29 * dayMs);
  expect(state.ended).toBe(false);
});

test("hundreds of sleepers on one signal are no leak to Node", async () => {
  const warnings: Error[] = [];
  const listen = (warning: Error) => warnings.push(warning);
  process.on("warning", listen);
  const abort = new AbortController();
  const sleeps = Array.from({ length: 500 }, () => systemClock.sleep(dayMs, abort.signal));
  abort.abort();
  await Promise.all(sleeps);
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", listen);
  expect(warnings).toEqual([]);
});

test("the time is that of the machine", () => {
  vi.useFakeTimers({ now: 1_900_000_000_000 });
  expect(systemClock.nowMs()).toBe(1_900_000_000_000);
});
