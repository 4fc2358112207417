import { expect, test } from "vitest";
import { openTurns } from "../../../provider/core/async/semaphore.ts";

const never = new AbortController().signal;

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

test("no more go on at once than may, first come first served", async () => {
  const turns = openTurns(2);
  const begun: number[] = [];
  const ends = await Promise.all([turns.take(never), turns.take(never)]);
  const later = [1, 2, 3].map(async (number) => {
    const end = await turns.take(never);
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
  const turns = openTurns(1);
  const end = await turns.take(never);
  const controller = new AbortController();
  const left = turns.take(controller.signal);
  const stayed = turns.take(never);
  controller.abort();
  expect(await left).toBeUndefined();
  end?.();
  expect(await stayed).toBeTypeOf("function");
});

test("who comes with a signal that has aborted gets none", async () => {
  const turns = openTurns(1);
  expect(await turns.take(AbortSignal.abort())).toBeUndefined();
  expect(await turns.take(never)).toBeTypeOf("function");
});
