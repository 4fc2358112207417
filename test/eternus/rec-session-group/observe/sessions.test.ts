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
    rows: [
      "suspend copy sessions 1, 2 in one call; destroy would resume copy sessions 1, 2, discarding writes on the destinations",
    ],
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

test("a preview of a group whose sessions are all missing fails", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  await stack.up(inputs);
  for (const { id } of two) array.operator.delete(id);
  expect((await stack.preview(inputs)).error).toContain("no session on record is on this array");
});

test("an array that answers nothing but 404 is not taken for another array", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  await stack.up(inputs);
  const fault = array.faults.add({
    when: { method: "GET", path: /copysession/ },
    times: Number.POSITIVE_INFINITY,
    do: { kind: "status", status: 404 },
  });
  const { error } = await stack.refresh();
  fault.remove();
  expect(error).toContain("404");
  expect(error).not.toContain("no session on record");
});
