import { expect, test } from "vitest";
import { groupUrn, oneGroup } from "../one-group.ts";

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

test("a suspend that another stack has started as the same user is nobody's here: not consistent, and not resumed by a destroy (S12, S10)", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  const group = stack.another({ urn: groupUrn.replace("urn:pulumi:test", "urn:pulumi:prod") });
  await group.up({ ...inputs, targetState: "Active" });
  stack.loseMachineAfter(500);
  await stack.up(inputs);
  expect((await group.up(inputs)).error).toBeUndefined();
  expect(array.acts()).toHaveLength(1);
  expect(group.state()).toMatchObject({ consistent: false, destinationUsable: true });
  const { warnings } = await group.destroy();
  expect(warnings).toEqual([1, 2].map((id) => `copy session ${id} stays suspended: no job of this group suspended it`));
  expect(array.sessions().map(({ status }) => status)).toEqual(["Suspend", "Suspend"]);
});
