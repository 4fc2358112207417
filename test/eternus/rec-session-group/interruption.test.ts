import { expect, test } from "vitest";
import { bench, stackOn } from "./group.ts";

const two = [{ id: 1 }, { id: 2 }];
const inputs = { copySessionIds: [1, 2] };
const never = new AbortController().signal;

test.each([500, 1500, 2500, 5000, 9000])(
  "an up interrupted after %i ms is recorded, and the next one goes on without sending anything twice",
  async (ms) => {
    const { array, ...product } = await bench({ sessions: two });
    const stack = stackOn(product);
    stack.interruptAfter(ms);
    const { error } = await stack.up(inputs);
    expect(error).toContain("the run was interrupted");
    expect(stack.state?.jobIds).toEqual([8192001]);
    expect(stack.state).toMatchObject({ consistent: false, destinationUsable: false });
    const next = await stack.up(inputs);
    expect(next).toMatchObject({ did: "update", error: undefined });
    expect(array.acts()).toHaveLength(1);
    expect(stack.state).toMatchObject({ consistent: true, destinationUsable: true });
    expect(stack.state?.sessions.map(({ foundStatus }) => foundStatus)).toEqual(["Active", "Active"]);
  },
);

test("an interrupted suspend is seen to its end by a destroy, and given back", async () => {
  const { array, ...product } = await bench({ sessions: two, behaviour: { jobQueuedMs: 5000 } });
  const stack = stackOn(product);
  stack.interruptAfter(1000);
  await stack.up(inputs);
  expect(array.sessions().map(({ status }) => status)).toEqual(["Active", "Active"]);
  expect((await stack.destroy()).error).toBeUndefined();
  await product.clock.sleep(600_000, never);
  expect(array.sessions().map(({ status }) => status)).toEqual(["Active", "Active"]);
  expect(array.acts().map(({ path }) => path)).toEqual([
    "/api/v1/copysession/suspend",
    "/api/v1/copysession/1/resume",
    "/api/v1/copysession/2/resume",
  ]);
});

test("an interrupted resume goes on, without another call for who was resumed", async () => {
  const { array, ...product } = await bench({ sessions: two, behaviour: { jobQueuedMs: 10_000 } });
  const stack = stackOn(product);
  await stack.up(inputs);
  const active = { ...inputs, targetState: "Active" };
  stack.interruptAfter(3000);
  expect((await stack.up(active)).error).toContain("the run was interrupted");
  expect((await stack.up(active)).error).toBeUndefined();
  expect(array.acts()).toHaveLength(3);
});

test.each([500, 1500, 2500, 5000])(
  "an up killed after %i ms leaves no record, and the next one sends nothing twice",
  async (ms) => {
    const { array, ...product } = await bench({ sessions: two });
    const killed = stackOn(product);
    killed.interruptAfter(ms);
    await killed.up(inputs);
    const stack = stackOn({ ...product, connection: product.reconnect() });
    expect(await stack.up(inputs)).toMatchObject({ did: "create", error: undefined });
    expect(array.acts()).toHaveLength(1);
    expect(array.sessions().map(({ status }) => status)).toEqual(["Suspend", "Suspend"]);
  },
);

const killedAfter = [500, 1500, 2500, 5000, 60_000];
test.each(killedAfter)("what an up killed after %i ms has suspended is given back by a destroy", async (ms) => {
  const { array, ...product } = await bench({ sessions: two });
  await product.connection.client.suspend([1, 2], false);
  await product.clock.advance(ms);
  const stack = stackOn({ ...product, connection: product.reconnect() });
  const { error, warnings } = await stack.up(inputs);
  expect([error, warnings]).toEqual([undefined, []]);
  expect(array.acts()).toHaveLength(1);
  expect(stack.state).toMatchObject({ consistent: true, destinationUsable: true });
  expect(stack.state?.sessions.map(({ foundStatus }) => foundStatus)).toEqual(["Active", "Active"]);
  expect((await stack.destroy()).error).toBeUndefined();
  expect(array.sessions().map(({ status }) => status)).toEqual(["Active", "Active"]);
});

test("where the array does not tell any more who suspended, an up warns that a destroy leaves it so", async () => {
  const { array, ...product } = await bench({ sessions: two });
  await product.connection.client.suspend([1, 2], false);
  await product.clock.advance(60_000);
  array.reapJobs();
  const stack = stackOn({ ...product, connection: product.reconnect() });
  expect((await stack.up(inputs)).warnings).toEqual([
    "copy sessions 1, 2 had been suspended before: a destroy leaves them suspended",
  ]);
});

test("a suspend that an ended login has held up does not leave after the run is interrupted", async () => {
  const { array, clock, connection } = await bench({ sessions: two });
  array.faults.add({
    when: { method: "POST", path: /suspend/ },
    do: {
      kind: "custom",
      async play(exchange) {
        await clock.advance(60_000);
        exchange.send({ status: 401 });
      },
    },
  });
  const stack = stackOn({ connection, clock });
  stack.interruptAfter(30_000);
  expect((await stack.up(inputs)).error).toContain("the run was interrupted");
  expect(array.acts()).toEqual([]);
});

test("a job's deletion that is never answered does not hold up an interruption", { timeout: 20_000 }, async () => {
  const { array, clock, connection } = await bench({ sessions: two });
  array.faults.add({
    when: { method: "DELETE", path: /job/ },
    do: { kind: "custom", play: () => clock.advance(60_000) },
  });
  const stack = stackOn({ connection, clock });
  stack.interruptAfter(30_000);
  expect((await stack.up(inputs)).error).toContain("the run was interrupted");
});

test("a time-out is recorded, and the next up goes on waiting", async () => {
  const { array, ...product } = await bench({ sessions: two, behaviour: { suspendDrainMs: 3_600_000 } });
  const stack = stackOn(product);
  const { error } = await stack.up({ ...inputs, timeouts: { create: "10m" } });
  expect(error).toContain("the deadline passed while 0/2 suspended: copy sessions 1, 2: the array suspends");
  await stack.refresh();
  expect(await stack.preview(inputs)).toMatchObject({
    changes: true,
    rows: ["wait: 0/2 suspended: copy sessions 1, 2: the array suspends"],
  });
  expect((await stack.up(inputs)).error).toBeUndefined();
  expect(array.acts()).toHaveLength(1);
  expect(stack.state).toMatchObject({ consistent: true });
});

test("a failure that nobody saw is history for the next up, which tries again at once", async () => {
  const { array, ...product } = await bench({ sessions: two });
  array.failNext(2, "suspend", "5300", "Copy path error");
  const stack = stackOn(product);
  stack.interruptAfter(1500);
  await stack.up(inputs);
  await product.clock.sleep(20_000, never);
  const startMs = product.clock.nowMs();
  expect((await stack.up(inputs)).error).toBeUndefined();
  expect(array.acts()).toHaveLength(2);
  expect(product.clock.nowMs() - startMs).toBeLessThan(60_000);
});
