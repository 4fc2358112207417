import { expect, test } from "vitest";
import { oneGroup } from "../one-group.ts";

test("a group of all three transfer modes is suspended with one call, ready when every member is, and resumed by a destroy", async () => {
  const { array, ...stack } = await oneGroup({
    sessions: [{ id: 0 }, { id: 1, transferMode: "Stack" }, { id: 2, transferMode: "Consistency" }],
  });
  const { error, did, warnings } = await stack.up({ copySessionIds: [0, 1, 2] });
  expect([error, did, warnings]).toEqual([undefined, "create", []]);
  expect(array.acts()).toMatchObject([
    { method: "POST", path: "/api/v1/copysession/suspend", body: { copysession_id_list: [0, 1, 2], force: false } },
  ]);
  expect(array.sessions().map(({ status }) => status)).toEqual(["Suspend", "Suspend", "Suspend"]);
  expect(stack.state()).toMatchObject({ consistent: true, destinationUsable: true, failures: [], jobIds: [8192001] });
  expect((await stack.destroy()).error).toBeUndefined();
  expect(array.sessions().map(({ status }) => status)).toEqual(["Active", "Active", "Active"]);
});

test("what is recorded of a session is its state, its pair and how it was found", async () => {
  const stack = await oneGroup({ sessions: [{ id: 0 }] });
  await stack.up({ copySessionIds: [0] });
  expect(stack.state()?.sessions).toEqual([
    {
      id: 0,
      status: "Suspend",
      phase: "Equivalent",
      transferMode: "Synchronous",
      progress: 100,
      pair: {
        remoteBoxid: "00ETERNUSDXHS3ET00000B##################",
        sourceVolume: 1000,
        destinationVolume: 2000,
        isLocalSource: true,
      },
      direction: "LocalToRemote",
      foundStatus: "Active",
      destinationUsable: true,
      suspendedBy: 8192001,
      suspendedAt: "2030-01-01T00:00:11Z",
    },
  ]);
});

test("a second up changes nothing and sends the array a single read", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 0 }, { id: 1 }] });
  await stack.up({ copySessionIds: [0, 1] });
  const requests = array.requests.length;
  expect(await stack.up({ copySessionIds: [0, 1] })).toMatchObject({ did: "nothing", warnings: [], rows: [] });
  expect(array.requests.slice(requests).map(({ method, path }) => `${method} ${path}`)).toEqual([
    "POST /api/v1/session",
    "GET /api/v1/job",
    "GET /api/v1/copysession",
    expect.stringMatching("DELETE /api/v1/session"),
  ]);
});

test("64 sessions of all transfer modes are suspended with one call and resumed with one call each", async () => {
  const modes = ["Synchronous", "Stack", "Consistency"] as const;
  const ids = Array.from({ length: 64 }, (_, id) => id);
  const sessions = ids.map((id) => ({ id, transferMode: modes[id % 3] ?? "Stack" }));
  const { array, ...stack } = await oneGroup({ sessions });
  expect((await stack.up({ copySessionIds: ids })).error).toBeUndefined();
  expect(array.acts()).toHaveLength(1);
  expect(stack.state()).toMatchObject({ consistent: true, destinationUsable: true });
  const resumed = await stack.up({ copySessionIds: ids, targetState: "Active" });
  expect([resumed.error, resumed.did]).toEqual([undefined, "update"]);
  expect(array.acts()).toHaveLength(1 + 64);
  expect(new Set(array.acts().map(({ path }) => path)).size).toBe(1 + 64);
  expect(array.sessions().every(({ status, phase }) => status === "Active" && phase === "Equivalent")).toBe(true);
  expect(array.jobs()).toEqual([]);
});

test("without force nothing is sent until every member is equivalent", async () => {
  const { array, ...stack } = await oneGroup({
    sessions: [{ id: 1 }, { id: 2, phase: "Copying", totalMb: 60_000, rateMbPerSecond: 100 }],
  });
  const { error, rows } = await stack.up({ copySessionIds: [1, 2] });
  expect(error).toBeUndefined();
  expect(rows).toContain("0/2 suspended: copy session 2: still copying (0% copied)");
  expect(array.acts()).toHaveLength(1);
  expect(array.acts()[0]?.atMs).toBeGreaterThanOrEqual(Date.UTC(2030, 0, 1) + 600_000);
  expect(stack.state()).toMatchObject({ consistent: true, destinationUsable: true });
});

test("a long copy is read rarely", async () => {
  const { array, ...stack } = await oneGroup({
    sessions: [{ id: 2, phase: "Copying", totalMb: 720_000, rateMbPerSecond: 100 }],
  });
  expect((await stack.up({ copySessionIds: [2] })).error).toBeUndefined();
  expect(array.requests.length).toBeLessThan(200);
});

test("members found suspended are left out of the call, and the group is not consistent", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }, { id: 2, status: "Suspend" }, { id: 3 }] });
  const { error, warnings } = await stack.up({ copySessionIds: [1, 2, 3] });
  expect(error).toBeUndefined();
  expect(warnings).toEqual([
    "suspend: copy sessions 1, 3 without the others of the group, so the destinations show different moments (consistent: false)",
    "copy session 2 had been suspended before: a destroy leaves them suspended",
  ]);
  expect(array.acts()).toMatchObject([{ body: { copysession_id_list: [1, 3] } }]);
  expect(stack.state()).toMatchObject({ consistent: false, destinationUsable: true });
  await stack.destroy();
  expect(array.sessions().map(({ status }) => status)).toEqual(["Active", "Suspend", "Active"]);
});

test("a suspend that a killed run of the stack has in progress is waited for, and its session counts as found before it", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }, { id: 2 }] });
  stack.loseMachineAfter(500);
  await stack.up({ copySessionIds: [1, 2] });
  await stack.clock.advance(3500);
  expect(array.session(1)?.status).toBe("Active");
  const other = stack.another();
  expect((await other.up({ copySessionIds: [1] })).error).toBeUndefined();
  expect(array.acts()).toHaveLength(1);
  expect(other.state()?.sessions).toMatchObject([{ status: "Suspend", foundStatus: "Active" }]);
});

test("a suspend continues after its job's success, and is complete only when the sessions show it", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }], behaviour: { suspendDrainMs: 600_000 } });
  const { rows } = await stack.up({ copySessionIds: [1] });
  expect(rows).toContain("0/1 suspended: copy session 1: the array suspends, ready in 10m");
  expect(array.session(1)?.status).toBe("Suspend");
  expect(stack.clock.nowMs()).toBeGreaterThan(Date.UTC(2030, 0, 1) + 600_000);
});

test("a suspend that the array gives up after its job's success is a failure, and the next up retries", async () => {
  const { array, ...stack } = await oneGroup({
    sessions: [{ id: 1 }, { id: 2 }],
    behaviour: { suspendDrainMs: 600_000 },
  });
  stack.later(60_000, () => array.abandonSuspend(2));
  const { error } = await stack.up({ copySessionIds: [1, 2] });
  expect(error).toContain('copy session 2 failed: the array gave the suspend up (concurrent_suspend_result "Error")');
  expect(stack.state()?.failures).toMatchObject([{ id: 2 }]);
  expect(stack.state()?.sessions.map(({ status }) => status)).toEqual(["Suspend", "Active"]);
  expect((await stack.up({ copySessionIds: [1, 2] })).error).toBeUndefined();
  expect(array.acts().map(({ body }) => body)).toMatchObject([
    { copysession_id_list: [1, 2] },
    { copysession_id_list: [2] },
  ]);
  expect(stack.state()).toMatchObject({ consistent: false, failures: [] });
});

test.each([
  ["Tracking", true],
  ["Copying", false],
  ["Dreaming", false],
])("a destination suspended here and shown in phase %s is usable: %s", async (phase, isUsable) => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }] });
  stack.later(5000, () => array.disguise(1, { phase }));
  expect((await stack.up({ copySessionIds: [1] })).error).toBeUndefined();
  expect(stack.state()).toMatchObject({ destinationUsable: isUsable });
});

test.each([
  ["Equivalent", true],
  ["Tracking", false],
])("a destination found suspended in phase %s is usable: %s", async (phase, isUsable) => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1, status: "Suspend" }] });
  array.disguise(1, { phase });
  expect((await stack.up({ copySessionIds: [1] })).error).toBeUndefined();
  expect(array.acts()).toEqual([]);
  expect(stack.state()).toMatchObject({ destinationUsable: isUsable });
});
