import { expect, test } from "vitest";
import { openSemaphore } from "../../../provider/core/async/semaphore.ts";

const never = new AbortController().signal;

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

test("no more go on at once than may, first come first served", async () => {
  const turns = openSemaphore(2);
  const begun: number[] = [];
  const ends = await Promise.all([turns.acquire(never), turns.acquire(never)]);
  const later = [1, 2, 3].map(async (number) => {
    const end = await turns.acquire(never);
    begun.push(number);
    return end;
  });
  await turn();
  expect(begun).toEqual([]);
  ends[0]?.();
  await turn();
  expect(begun).toEqual([1]);
  ends[1]?.();
  (await later[0])?.();
  await turn();
  expect(begun).toEqual([1, 2, 3]);
});

test("one who gives up leaves the queue at once, and takes no turn from the others", async () => {
  const turns = openSemaphore(1);
  const end = await turns.acquire(never);
  const controller = new AbortController();
  const left = turns.acquire(controller.signal);
  const stayed = turns.acquire(never);
  controller.abort();
  expect(await left).toBeUndefined();
  end?.();
  expect(await stayed).toBeTypeOf("function");
});

test("who comes with a signal that has aborted gets none", async () => {
  const turns = openSemaphore(1);
  expect(await turns.acquire(AbortSignal.abort())).toBeUndefined();
  expect(await turns.acquire(never)).toBeTypeOf("function");
});
