import { expect, test } from "vitest";
import { oneGroup } from "../../one-group.ts";

const two = [{ id: 1 }, { id: 2 }];
const inputs = { copySessionIds: [1, 2] };

test("what an interrupted destroy has resumed is seen by the next preview and suspended by the next up", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  await stack.up(inputs);
  stack.interruptAfter(2000);
  expect((await stack.destroy()).error).toContain("the run was interrupted");
  await stack.clock.advance(60_000);
  expect(array.sessions().map(({ status }) => status)).toEqual(["Active", "Active"]);
  expect(stack.state()).toMatchObject({ destinationUsable: true });
  expect(await stack.preview(inputs)).toMatchObject({
    did: "update",
    rows: ["suspend copy sessions 1, 2 in one call"],
  });
  expect(await stack.up(inputs)).toMatchObject({ did: "update", error: undefined });
  expect(array.sessions().map(({ status }) => status)).toEqual(["Suspend", "Suspend"]);
});

test("an array that is away leaves a preview with what is recorded, after one try", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  await stack.up(inputs);
  const startMs = stack.clock.nowMs();
  await array.refuseConnections();
  const { did, warnings } = await stack.preview(inputs);
  expect([did, warnings]).toEqual(["nothing", [expect.stringMatching(/^decided on the last recorded state: /)]]);
  expect(stack.clock.nowMs()).toBe(startMs);
});

test("a group whose sessions are all gone is stuck in preview", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  await stack.up(inputs);
  for (const { id } of two) array.operator.delete(id);
  expect(await stack.preview(inputs)).toMatchObject({
    did: "update",
    rows: [
      "would fail: there is no copy session 1 on this array; there is no copy session 2 on this array. Correct `copySessionIds`, or create the session.",
    ],
  });
});
