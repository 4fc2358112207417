import { expect, test } from "vitest";
import { bench, stackOn } from "../group.ts";

const two = [{ id: 1 }, { id: 2 }];
const inputs = { copySessionIds: [1, 2] };

test("what an interrupted destroy has resumed is seen by the next preview and suspended by the next up", async () => {
  const { array, ...product } = await bench({ sessions: two });
  const stack = stackOn(product);
  await stack.up(inputs);
  stack.interruptAfter(2000);
  expect((await stack.destroy()).error).toContain("the run was interrupted");
  await product.clock.sleep(60_000, new AbortController().signal);
  expect(array.sessions().map(({ status }) => status)).toEqual(["Active", "Active"]);
  expect(stack.state).toMatchObject({ destinationUsable: true });
  expect(await stack.preview(inputs)).toMatchObject({
    changes: true,
    rows: ["suspend copy sessions 1, 2 in one call"],
  });
  expect(await stack.up(inputs)).toMatchObject({ did: "update", error: undefined });
  expect(array.sessions().map(({ status }) => status)).toEqual(["Suspend", "Suspend"]);
});

test("an array that is away leaves a preview with what is recorded, after one try", async () => {
  const { array, ...product } = await bench({ sessions: two });
  const stack = stackOn(product);
  await stack.up(inputs);
  const startMs = product.clock.nowMs();
  await array.refuseConnections();
  const { changes, warnings } = await stack.preview(inputs);
  expect([changes, warnings]).toEqual([false, [expect.stringMatching(/^decided on the last recorded state: /)]]);
  expect(product.clock.nowMs()).toBe(startMs);
});

test("a group whose sessions are all gone is stuck in preview", async () => {
  const { array, ...product } = await bench({ sessions: two });
  const stack = stackOn(product);
  await stack.up(inputs);
  for (const { id } of two) array.operator.delete(id);
  expect(await stack.preview(inputs)).toMatchObject({
    changes: true,
    rows: [
      "would fail: there is no copy session 1 on this array; there is no copy session 2 on this array. Correct `copySessionIds`, or create the session.",
    ],
  });
});
