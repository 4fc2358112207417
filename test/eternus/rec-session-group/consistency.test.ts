import { expect, test } from "vitest";
import { oneGroup } from "../one-group.ts";

const two = [{ id: 1 }, { id: 2 }];
const inputs = { copySessionIds: [1, 2] };

test("a member resumed by hand and suspended again makes the group inconsistent", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  await stack.up(inputs);
  expect(stack.state()).toMatchObject({ consistent: true });
  array.operator.resume(2);
  await stack.clock.advance(3_600_000);
  array.operator.suspend(2);
  await stack.refresh();
  expect(stack.state()).toMatchObject({ consistent: false });
  expect(stack.state()?.sessions).toMatchObject([
    { suspendedAt: "2030-01-01T00:00:11Z", suspendedBy: 8192001 },
    { suspendedAt: expect.stringMatching(/^2030-01-01T01:00:/) },
  ]);
  expect(stack.state()?.sessions[1]).not.toHaveProperty("suspendedBy");
});

test("where the array does not report when, a session counts as suspended when it was first seen so", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  for (const { id } of two) array.disguise(id, { backup_time: undefined });
  await stack.up(inputs);
  const before = stack.state();
  expect(before?.sessions).toMatchObject([{ suspendedAt: expect.stringMatching(/^2030-01-01T00:00:/) }, {}]);
  await stack.clock.advance(3_600_000);
  await stack.refresh();
  expect(stack.state()).toEqual(before);
});

test("a group that another run is suspending by force is not usable, whatever its phase", async () => {
  const { array, ...stack } = await oneGroup({
    sessions: [{ id: 1, phase: "Copying", totalMb: 100_000 }, { id: 2 }],
  });
  stack.loseMachineAfter(500);
  await stack.up({ copySessionIds: [1, 2], force: true });
  const other = stack.another();
  stack.later(5000, () => array.disguise(1, { phase: "Tracking" }));
  expect((await other.up({ copySessionIds: [1] })).error).toBeUndefined();
  expect(array.acts()).toHaveLength(1);
  expect(other.state()).toMatchObject({ destinationUsable: false });
});
