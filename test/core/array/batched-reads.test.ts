import { expect, test } from "vitest";
import { batchedReads } from "../../../provider/core/array/batched-reads.ts";
import { failure } from "../reconcile/scripted-reconciler.ts";

const never = new AbortController().signal;
const options = { on: "the array", attempted: "read things", atOnce: 2, keysPerRead: 4 };

interface Asked {
  readonly keys: readonly number[];
  readonly signal: AbortSignal;
  answer(): void;
}

/** A reading that answers each key with its tenfold, and those in hand. @param script.answersAtOnce @default true */
function bench(script: { refuses?: (key: number) => boolean; fails?: number; answersAtOnce?: boolean } = {}) {
  const asked: Asked[] = [];
  const read = batchedReads<number, number>(async (keys, signal) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    asked.push({ keys, signal, answer: resolve });
    if (script.answersAtOnce ?? true) resolve();
    await promise;
    if (keys.some((key) => script.refuses?.(key))) throw failure("refused");
    if (keys.some((key) => key === script.fails)) throw failure("failing");
    return new Map(keys.map((key) => [key, key * 10]));
  }, options);
  return { asked, read, keys: () => asked.map((one) => one.keys) };
}

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

test("all who ask at the same moment share a reading", async () => {
  const { read, keys } = bench();
  const answers = await Promise.all([read([1], never), read([2, 3], never), read([1], never)]);
  expect(keys()).toEqual([[1, 2, 3]]);
  expect(answers.map((items) => items.get(1))).toEqual([10, 10, 10]);
  await read([4], never);
  expect(keys()).toEqual([[1, 2, 3], [4]]);
});

test("more than fit into one reading are spread over several", async () => {
  const { read, keys } = bench();
  await Promise.all([1, 2, 3, 4, 5].map((key) => read([key], never)));
  expect(keys()).toEqual([[1, 2, 3, 4], [5]]);
});

test("who asks while all readings are taken is served by the next one, with all others who ask by then", async () => {
  const { asked, read, keys } = bench({ answersAtOnce: false });
  const first = read([1], never);
  await turn();
  const second = read([2], never);
  await turn();
  const later = [read([3], never), read([4], never)];
  await turn();
  later.push(read([5], never));
  expect(keys()).toEqual([[1], [2]]);
  asked[1]?.answer();
  await second;
  await turn();
  // The first is slow, and delays nobody else.
  expect(keys()).toEqual([[1], [2], [3, 4, 5]]);
  asked[0]?.answer();
  asked[2]?.answer();
  await Promise.all([first, ...later]);
});

test("a reading that fails fails for those only who share it", async () => {
  const { read } = bench({ fails: 5 });
  const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map((key) => read([key], never)));
  expect(outcomes.map(({ status }) => status)).toEqual([
    "fulfilled",
    "fulfilled",
    "fulfilled",
    "fulfilled",
    "rejected",
  ]);
});

test("a reading refused for the sake of one is repeated without that one", async () => {
  const { read, keys } = bench({ refuses: (key) => key === 3 });
  const outcomes = await Promise.allSettled([1, 2, 3, 4].map((key) => read([key], never)));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  expect(keys()).toEqual([[1, 2, 3, 4], [1, 2], [3, 4], [3], [4]]);
});

test("one who gives up is let go at once and leaves the others theirs; the last takes the request along", async () => {
  const { asked, read } = bench({ answersAtOnce: false });
  const [one, other] = [new AbortController(), new AbortController()];
  const left = read([1], one.signal);
  const stayed = read([2], other.signal);
  await turn();
  one.abort();
  await expect(left).rejects.toMatchObject({ kind: "cancelled", message: expect.stringContaining("read things") });
  expect(asked[0]?.signal.aborted).toBe(false);
  other.abort();
  await expect(stayed).rejects.toThrow();
  expect(asked[0]?.signal.aborted).toBe(true);
});

test("who has given up before the reading begins is not asked for", async () => {
  const { read, keys } = bench();
  const controller = new AbortController();
  const left = read([1], controller.signal);
  const stayed = read([2], never);
  controller.abort();
  await expect(left).rejects.toThrow();
  await stayed;
  expect(keys()).toEqual([[2]]);
});
