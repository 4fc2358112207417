import { expect, test } from "vitest";
import { oneGroup } from "../one-group.ts";

const two = [{ id: 1 }, { id: 2 }];
const inputs = { copySessionIds: [1, 2] };

test("a suspend whose answer was lost is recognized by its job, and not sent again", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  array.faults.add({ when: { method: "POST", path: /suspend/ }, do: { kind: "lose-answer" } });
  expect((await stack.up(inputs)).error).toBeUndefined();
  expect(array.acts()).toHaveLength(1);
  expect(stack.state()).toMatchObject({ consistent: true, jobIds: [8192001] });
});

test.each(["lose-answer", "reset"] as const)(
  "after %s of a resume every session is resumed by one call",
  async (kind) => {
    const { array, ...stack } = await oneGroup({ sessions: two });
    await stack.up(inputs);
    array.faults.add({ when: { method: "POST", path: /1\/resume/ }, do: { kind } });
    expect((await stack.up({ ...inputs, targetState: "Active" })).error).toBeUndefined();
    expect(array.acts()).toHaveLength(3);
  },
);

test("a request that did not reach the array is sent again after a while", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  array.faults.add({ when: { method: "POST", path: /suspend/ }, do: { kind: "reset" } });
  expect((await stack.up(inputs)).error).toBeUndefined();
  expect(array.acts()).toHaveLength(1);
  expect(stack.clock.nowMs() - Date.UTC(2030, 0, 1)).toBeGreaterThanOrEqual(60_000);
});

test.each([
  ["503", { kind: "status", status: 503, headers: { "retry-after": "30" } }],
  ["503 of a busy array", { kind: "status", status: 503, body: { error_code: "0070", message: "Busy" } }],
  ["500", { kind: "status", status: 500 }],
  ["500 although done", { kind: "status", status: 500, handled: true }],
  ["a web page", { kind: "html" }],
  ["a redirect", { kind: "redirect", location: "https://elsewhere.example/login" }],
  ["half an answer", { kind: "truncate" }],
  ["a broken answer", { kind: "truncate", cut: true }],
  ["409 of a lock", { kind: "status", status: 409, body: { error_code: "0060", message: "Resource locked" } }],
] as const)("%s in any single exchange is no failure of the group", async (_, fault) => {
  const exchanges = [
    { method: "GET", path: "/api/v1/copysession" },
    { method: "GET", path: "/api/v1/copysession", nth: 3 },
    { method: "POST", path: "/api/v1/copysession/suspend" },
    { method: "GET", path: "/api/v1/job" },
    { method: "GET", path: /job.8192001/ },
    { method: "DELETE", path: /job/ },
  ];
  for (const when of exchanges) {
    const { array, ...stack } = await oneGroup({ sessions: two });
    const added = array.faults.add({ when, do: fault });
    const { error } = await stack.up(inputs);
    expect(added.struck).toBe(1);
    expect(error, `${when.method} ${when.path}`).toBeUndefined();
    expect(array.sessions().map(({ status }) => status)).toEqual(["Suspend", "Suspend"]);
    expect(array.acts()).toHaveLength(1);
  }
});

test.each(["/api/v1/copysession", /job.8192001/, "/api/v1/job"])(
  "404 of %s, once, is no failure of the group",
  async (path) => {
    const { array, ...stack } = await oneGroup({ sessions: two });
    array.faults.add({ when: { method: "GET", path, nth: 2 }, do: { kind: "status", status: 404 } });
    expect((await stack.up(inputs)).error).toBeUndefined();
    expect(array.acts()).toHaveLength(1);
  },
);

test("a list that leaves the sessions out, once, does not make them gone", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  const empty = { kind: "status", status: 200, body: { copysession_list: [] } } as const;
  const added = array.faults.add({ when: { method: "GET", path: "/api/v1/copysession", nth: 2 }, do: empty });
  expect((await stack.up(inputs)).error).toBeUndefined();
  expect(added.struck).toBe(1);
  expect(array.acts()).toHaveLength(1);
});

test("an array that is unreachable for a while is waited for", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two, behaviour: { suspendDrainMs: 600_000 } });
  stack.later(30_000, () => stack.clock.whileBusy(array.refuseConnections()));
  stack.later(300_000, () => stack.clock.whileBusy(array.acceptConnections()));
  expect((await stack.up(inputs)).error).toBeUndefined();
  expect(array.acts()).toHaveLength(1);
});
