import { expect, test } from "vitest";
import { readWithRetry } from "../../../provider/core/reconcile/read-with-retry.ts";
import { virtualClock } from "../virtual-clock.ts";
import { failure, runOn } from "./scripted-reconciler.ts";

const what = { attempted: "read session 7", on: "the array" };

test("a read answers what it saw", async () => {
  expect(await readWithRetry(what, async () => "seen", runOn(virtualClock()))).toBe("seen");
});

test("W14: a read that fails in passing is retried", async () => {
  const failures = [failure("lost"), failure("busy", 1000)];
  const observe = async () => {
    const next = failures.shift();
    if (next !== undefined) throw next;
    return "seen";
  };
  expect(await readWithRetry(what, observe, runOn(virtualClock()))).toBe("seen");
});

test("W4: a read that never succeeds ends with the deadline", async () => {
  const clock = virtualClock({ startMs: 0 });
  const observe = () => Promise.reject(failure("unreachable"));
  await expect(readWithRetry(what, observe, runOn(clock, { timeoutMs: 120_000 }))).rejects.toMatchObject({
    kind: "timeout",
    message: expect.stringMatching(
      /^The array: could not read session 7: timed out while reading; .*it was unreachable/,
    ),
  });
  expect(clock.nowMs()).toBe(120_000);
});

test("W18: an object that does not exist is an error of the read, not a value", async () => {
  const observe = () => Promise.reject(failure("notFound"));
  await expect(readWithRetry(what, observe, runOn(virtualClock()))).rejects.toMatchObject({ kind: "notFound" });
});
