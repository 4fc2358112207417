import { expect, test } from "vitest";
import { oneGroup } from "../one-group.ts";

const two = [{ id: 1 }, { id: 2 }];
const inputs = { copySessionIds: [1, 2] };

test.each([500, 1500, 2500, 5000, 9000])(
  "an up interrupted after %i ms is recorded, and the next one continues without sending anything twice",
  async (ms) => {
    const { array, up, state, interruptAfter } = await oneGroup({ sessions: two });
    interruptAfter(ms);
    expect((await up(inputs)).error).toContain("the run was interrupted");
    expect(state()).toMatchObject({ jobIds: [8192001], consistent: false, destinationUsable: false });
    expect(await up(inputs)).toMatchObject({ did: "update", error: undefined });
    expect(array.acts()).toHaveLength(1);
    expect(state()).toMatchObject({ consistent: true, destinationUsable: true });
    expect(state()?.sessions.map(({ foundStatus }) => foundStatus)).toEqual(["Active", "Active"]);
  },
);

test("a destroy waits for an interrupted suspend to end, then resumes what it suspended", async () => {
  const { array, clock, up, destroy, interruptAfter } = await oneGroup({
    sessions: two,
    behaviour: { jobQueuedMs: 5000 },
  });
  interruptAfter(1000);
  await up(inputs);
  expect(array.sessions().map(({ status }) => status)).toEqual(["Active", "Active"]);
  expect((await destroy()).error).toBeUndefined();
  await clock.advance(600_000);
  expect(array.sessions().map(({ status }) => status)).toEqual(["Active", "Active"]);
  expect(array.acts().map(({ path }) => path)).toEqual([
    "/api/v1/copysession/suspend",
    "/api/v1/copysession/1/resume",
    "/api/v1/copysession/2/resume",
  ]);
});

test("an interrupted resume continues without another call for the sessions already resumed", async () => {
  const { array, up, interruptAfter } = await oneGroup({ sessions: two, behaviour: { jobQueuedMs: 10_000 } });
  await up(inputs);
  const active = { ...inputs, targetState: "Active" };
  interruptAfter(3000);
  expect((await up(active)).error).toContain("the run was interrupted");
  expect((await up(active)).error).toBeUndefined();
  expect(array.acts()).toHaveLength(3);
});

test.each([500, 1500, 2500, 5000])(
  "an up that is lost with its machine after %i ms leaves no record, and the next one sends nothing twice",
  async (ms) => {
    const { array, up, recorded, loseMachineAfter } = await oneGroup({ sessions: two });
    loseMachineAfter(ms);
    await up(inputs);
    expect(recorded()).toMatchObject({ id: "", pending: "creating" });
    expect(await up(inputs)).toMatchObject({ did: "create", error: undefined });
    expect(array.acts()).toHaveLength(1);
    expect(array.sessions().map(({ status }) => status)).toEqual(["Suspend", "Suspend"]);
  },
);

const laterMs = [0, 1000, 2000, 4500, 60_000];
test.each(laterMs)("a destroy resumes what a lost up suspended, found after %i ms", async (ms) => {
  const { array, clock, up, destroy, state, loseMachineAfter } = await oneGroup({ sessions: two });
  loseMachineAfter(500);
  await up(inputs);
  await clock.advance(ms);
  const { error, warnings } = await up(inputs);
  expect([error, warnings]).toEqual([undefined, []]);
  expect(array.acts()).toHaveLength(1);
  expect(state()).toMatchObject({ consistent: true, destinationUsable: true });
  expect(state()?.sessions.map(({ foundStatus }) => foundStatus)).toEqual(["Active", "Active"]);
  expect((await destroy()).error).toBeUndefined();
  expect(array.sessions().map(({ status }) => status)).toEqual(["Active", "Active"]);
});

test("when the array no longer shows who suspended, the journal does, and a destroy resumes what a lost up suspended", async () => {
  const { array, clock, up, destroy, loseMachineAfter } = await oneGroup({ sessions: two });
  loseMachineAfter(500);
  await up(inputs);
  await clock.advance(60_000);
  array.reapJobs();
  expect((await up(inputs)).warnings).toEqual([]);
  expect((await destroy()).error).toBeUndefined();
  expect(array.sessions().map(({ status }) => status)).toEqual(["Active", "Active"]);
});

test("a suspend delayed by an expired login is not sent after the run is interrupted", async () => {
  const { array, clock, up, interruptAfter } = await oneGroup({ sessions: two });
  array.faults.add({
    when: { method: "POST", path: /suspend/ },
    do: {
      kind: "custom",
      async play(exchange) {
        await clock.advance(60_000);
        array.restart();
        exchange.send({ status: 401 });
      },
    },
  });
  interruptAfter(30_000);
  expect((await up(inputs)).error).toContain("the run was interrupted");
  expect(array.acts()).toEqual([]);
});

test("an unanswered deletion of a job does not delay an interruption", { timeout: 20_000 }, async () => {
  const { array, clock, up, interruptAfter } = await oneGroup({ sessions: two });
  array.faults.add({
    when: { method: "DELETE", path: /job/ },
    do: { kind: "custom", play: () => clock.advance(60_000) },
  });
  interruptAfter(30_000);
  expect((await up(inputs)).error).toContain("the run was interrupted");
});

test("a time-out is recorded, and the next up resumes waiting", async () => {
  const { array, up, refresh, preview } = await oneGroup({ sessions: two, behaviour: { suspendDrainMs: 3_600_000 } });
  const { error } = await up({ ...inputs, timeouts: { create: "10m" } });
  expect(error).toContain("timed out while 0/2 suspended: copy sessions 1, 2: the array suspends");
  await refresh();
  expect(await preview(inputs)).toMatchObject({
    did: "update",
    rows: [
      "wait: 0/2 suspended: copy sessions 1, 2: the array suspends; destroy would resume copy sessions 1, 2, discarding writes on the destinations",
    ],
  });
  expect(await up(inputs)).toMatchObject({ error: undefined, state: { consistent: true } });
  expect(array.acts()).toHaveLength(1);
});

test("a failure that no run observed does not delay the next up, which retries at once", async () => {
  const { array, clock, up, interruptAfter } = await oneGroup({ sessions: two });
  array.failNext(2, "suspend", "5300", "Copy path error");
  interruptAfter(1500);
  await up(inputs);
  await clock.advance(20_000);
  const startMs = clock.nowMs();
  expect((await up(inputs)).error).toBeUndefined();
  expect(array.acts()).toHaveLength(2);
  expect(clock.nowMs() - startMs).toBeLessThan(60_000);
});
