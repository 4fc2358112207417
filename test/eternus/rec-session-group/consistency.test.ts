import { expect, test } from "vitest";
import { bench, stackOn } from "./group.ts";

const two = [{ id: 1 }, { id: 2 }];
const inputs = { copySessionIds: [1, 2] };
const never = new AbortController().signal;

test("a member resumed by hand and suspended again is another moment", async () => {
  const { array, clock, connection } = await bench({ sessions: two });
  const stack = stackOn({ connection, clock });
  await stack.up(inputs);
  expect(stack.state).toMatchObject({ consistent: true });
  array.operator.resume(2);
  await clock.sleep(3_600_000, never);
  array.operator.suspend(2);
  await stack.refresh();
  expect(stack.state).toMatchObject({ consistent: false });
  expect(stack.state?.sessions).toMatchObject([
    { suspendedAt: "2030-01-01T00:00:11Z", suspendedBy: 8192001 },
    { suspendedAt: expect.stringMatching(/^2030-01-01T01:00:/) },
  ]);
  expect(stack.state?.sessions[1]).not.toHaveProperty("suspendedBy");
});

test("where the array does not tell when, a session counts as suspended when it was first seen so", async () => {
  const { array, clock, connection } = await bench({ sessions: two });
  for (const { id } of two) array.disguise(id, { backup_time: undefined });
  const stack = stackOn({ connection, clock });
  await stack.up(inputs);
  const before = stack.state;
  expect(before?.sessions).toMatchObject([{ suspendedAt: expect.stringMatching(/^2030-01-01T00:00:/) }, {}]);
  await clock.sleep(3_600_000, never);
  await stack.refresh();
  expect(stack.state).toEqual(before);
});

test("a group whose forced suspend another run has under way is not usable, whatever its phase", async () => {
  const { array, clock, connection, reconnect } = await bench({
    sessions: [{ id: 1, phase: "Copying", totalMb: 100_000 }, { id: 2 }],
  });
  await connection.client.suspend([1, 2], true);
  const stack = stackOn({ connection: reconnect(), clock });
  const running = stack.up({ copySessionIds: [1] });
  void clock.sleep(5000, never).then(() => array.disguise(1, { phase: "Tracking" }));
  expect((await running).error).toBeUndefined();
  expect(array.acts()).toHaveLength(1);
  expect(stack.state).toMatchObject({ destinationUsable: false });
});
