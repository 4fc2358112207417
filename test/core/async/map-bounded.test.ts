import { expect, test } from "vitest";
import { mapBounded } from "../../../provider/core/async/map-bounded.ts";

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

test("results come in the order of the items, whatever the order they end in", async () => {
  const turns = async (count: number) => {
    for (let turn = 0; turn < count; turn++) await nextTurn();
    return count * 10;
  };
  expect(await mapBounded([5, 1, 3], 3, turns)).toEqual([50, 10, 30]);
});

test.each([1, 2, 7, 100])("with a bound of %i no more are under way, and as many if there are", async (atOnce) => {
  let underWay = 0;
  let most = 0;
  await mapBounded([...Array(10).keys()], atOnce, async () => {
    most = Math.max(most, ++underWay);
    await nextTurn();
    underWay -= 1;
  });
  expect(most).toBe(Math.min(atOnce, 10));
});

test("each item is mapped once", async () => {
  const mapped: number[] = [];
  await mapBounded([1, 2, 3, 4, 5], 2, async (item) => {
    mapped.push(item);
    await nextTurn();
  });
  expect(mapped).toEqual([1, 2, 3, 4, 5]);
});

test("no items are no work", async () => {
  expect(await mapBounded([], 4, async () => 1)).toEqual([]);
});

test("a failure is the caller's", async () => {
  const work = async (item: number) => {
    if (item === 2) throw new RangeError("no");
  };
  await expect(mapBounded([1, 2, 3], 2, work)).rejects.toThrow(RangeError);
});

test("when one fails, those under way are seen to their end and none is begun after", async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = async (item: number) => {
    begun.push(item);
    await nextTurn();
    if (item === 1) throw new RangeError("no");
    await nextTurn();
    ended.push(item);
  };
  await expect(mapBounded([1, 2, 3, 4], 2, work)).rejects.toThrow(RangeError);
  for (let turn = 0; turn < 10; turn++) await nextTurn();
  expect([begun, ended]).toEqual([[1, 2], [2]]);
});
