import { expect, test } from "vitest";
import { readAhead } from "../../../provider/core/array/read-ahead.ts";
import { failure } from "../reconcile/scripted-reconciler.ts";
import { virtualClock } from "../virtual-clock.ts";

const never = new AbortController().signal;

/** Things with numbers, read one by one, and what was requested: `all`, or a number. */
function bench({ fails = false } = {}) {
  const clock = virtualClock();
  const asked: (string | number)[] = [];
  let things = [1, 2, 3];
  const ahead = readAhead(async () => {
    asked.push("all");
    if (fails) throw failure("contract");
    return things;
  }, clock);
  const has = (number: number) =>
    ahead.ask(
      "has",
      async () => {
        asked.push(number);
        return things.includes(number);
      },
      (all) => all.includes(number),
      never,
    );
  const count = () =>
    ahead.ask(
      "count",
      async () => things.length,
      (all) => all.length,
      never,
    );
  return { clock, asked, ahead, has, count, change: (now: number[]) => (things = now) };
}

test("a single read requests what it needs", async () => {
  const { asked, has } = bench();
  expect(await has(2)).toBe(true);
  expect(asked).toEqual([2]);
});

test("whoever reads after somebody else reads all, and those who follow request nothing", async () => {
  const { asked, has } = bench();
  expect([await has(1), await has(2), await has(4), await has(3)]).toEqual([true, true, false, true]);
  expect(asked).toEqual([1, "all"]);
});

test("what was read is believed for some seconds only", async () => {
  const { clock, asked, has, change } = bench();
  await has(1);
  await has(2);
  change([]);
  await clock.advance(4_999);
  expect(await has(2)).toBe(true);
  await clock.advance(1);
  expect(await has(2)).toBe(false);
  expect(asked).toEqual([1, "all", "all"]);
});

test("nothing is believed that was read before something was sent", async () => {
  const { asked, ahead, has, change } = bench();
  await has(1);
  await has(2);
  change([]);
  ahead.forget();
  expect(await has(2)).toBe(false);
  expect(asked).toEqual([1, "all", 2]);
});

test("an array that does not let all be read is asked one by one", async () => {
  const { asked, has } = bench({ fails: true });
  expect([await has(1), await has(2), await has(4)]).toEqual([true, true, false]);
  expect(asked).toEqual([1, "all", 2, 4]);
});

test("those who read at the same time share the list", async () => {
  const { asked, has } = bench();
  await has(1);
  expect(await Promise.all([has(1), has(2), has(4)])).toEqual([true, true, false]);
  expect(asked).toEqual([1, "all"]);
});

test("another question of the same resource is no second resource", async () => {
  const { asked, has, count } = bench();
  expect([await has(1), await count()]).toEqual([true, 3]);
  expect(asked).toEqual([1]);
});

test("a list that was under way when something was sent answers only those who asked before", async () => {
  const { clock } = bench();
  const lists: ((items: string[]) => void)[] = [];
  const ahead = readAhead<string>(() => new Promise((resolve) => void lists.push(resolve)), clock);
  const read = () =>
    ahead.ask(
      "read",
      async () => "own",
      ([first]) => first,
      never,
    );
  await read();
  const before = read();
  ahead.forget();
  lists[0]?.(["before"]);
  expect(await before).toBe("before");
  expect(await read()).toBe("own");
  const after = read();
  lists[1]?.(["after"]);
  expect(await after).toBe("after");
});

test("a clock that is set back makes no list recent", async () => {
  let nowMs = 3_600_000;
  const asked: string[] = [];
  const readAll = async () => {
    asked.push("all");
    return [];
  };
  const ahead = readAhead(readAll, { ...virtualClock(), nowMs: () => nowMs });
  const read = () =>
    ahead.ask(
      "read",
      async () => void asked.push("own"),
      () => {},
      never,
    );
  for (let times = 0; times < 3; times++) await read();
  nowMs = 0;
  await read();
  expect(asked).toEqual(["own", "all", "own"]);
});

test("a defect is no array that cannot be listed", async () => {
  const ahead = readAhead<number>(() => Promise.reject(new TypeError("ours")), bench().clock);
  const read = () =>
    ahead.ask(
      "read",
      async () => 1,
      () => 2,
      never,
    );
  expect(await read()).toBe(1);
  await expect(read()).rejects.toThrow("ours");
});
