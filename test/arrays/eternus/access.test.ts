import { expect, test } from "vitest";
import { calling } from "./calling.ts";

test("an error tells a code, a description with the factor, and an internal code", async () => {
  const { call } = await calling();
  const { status, body } = await call("GET", "/copysession/5");
  expect([status, body]).toEqual([
    404,
    { error_code: "0110", message: "Resource does not exist (copysession 5)", internal_code: "0x00000110" },
  ]);
});

test.each(["text/plain", "application/x-www-form-urlencoded", "application/jsonp", undefined])(
  "a body with content type %s is refused with 415",
  async (type) => {
    const { call, array } = await calling({ sessions: [{ id: 1 }] });
    const headers: Record<string, string> = type === undefined ? {} : { "content-type": type };
    const body = JSON.stringify({ copysession_id_list: [1] });
    expect((await call("POST", "/copysession/suspend", body, headers)).status).toBe(415);
    expect((await call("POST", "/session", "{}", headers)).status).toBe(415);
    expect(array.jobs()).toEqual([]);
  },
);

test("a body that is no JSON is refused with 400, one that is too large with 413", async () => {
  const { call } = await calling();
  const headers = { "content-type": "application/json" };
  expect((await call("POST", "/copysession/suspend", "{", headers)).status).toBe(400);
  expect((await call("POST", "/copysession/suspend", " ".repeat(2 ** 21), headers)).status).toBe(413);
});

test.each([
  ["GET", "/"],
  ["GET", "/copysessions"],
  ["GET", "/copysession/"],
  ["GET", "/copysession/1/suspend"],
  ["GET", "/CopySession"],
  ["POST", "/copysession"],
  ["POST", "/copysession/1/stop"],
  ["DELETE", "/copysession/1"],
  ["GET", "/job/"],
  ["DELETE", "/job"],
] as const)("%s %s is not there", async (method, path) => {
  const { call } = await calling({ sessions: [{ id: 1 }] });
  expect((await call(method, path)).status).toBe(404);
});

test.each(["/copysession/abc", "/copysession/-1", "/copysession/1.0", "/copysession/%31", "/copysession/1%2C2"])(
  "GET %s is a bad path",
  async (path) => {
    const { call } = await calling({ sessions: [{ id: 1 }] });
    expect((await call("GET", path)).status).toBe(400);
  },
);

test("a read with a body is refused", async () => {
  const { call } = await calling({ sessions: [{ id: 1 }] });
  expect((await call("GET", "/copysession/1", {})).status).toBe(400);
});

test.each([
  ["Admin", 200, 202],
  ["StorageAdmin", 200, 202],
  ["Maintainer", 200, 202],
  ["Monitor", 200, 403],
  ["SecurityAdmin", 200, 403],
  ["AccountAdmin", 403, 403],
  ["Software", 403, 403],
] as const)("role %s gets %i for reading and %i for commands", async (role, reading, commanding) => {
  const { call, array } = await calling({ role, sessions: [{ id: 1, status: "Suspend" }] });
  expect((await call("GET", "/copysession")).status).toBe(reading);
  expect((await call("GET", "/copysession/1")).status).toBe(reading);
  expect((await call("GET", "/job")).status).toBe(reading);
  expect((await call("POST", "/copysession/suspend", { copysession_id_list: [1] })).status).toBe(commanding);
  expect((await call("POST", "/copysession/1/suspend")).status).toBe(commanding);
  expect((await call("POST", "/copysession/1/resume")).status).toBe(commanding);
  expect((await call("POST", "/copysession/1/reverse")).status).toBe(commanding);
  expect((await call("PATCH", "/copysession/1", { transfer_mode: "Stack" })).status).toBe(commanding);
  expect(array.acts()).toHaveLength(5);
});

test("a tenant user commands only sessions whose local volume is the tenant's, and never reverses", async () => {
  const { call, array } = await calling({
    tenant: "blue",
    sessions: [
      { id: 1, status: "Suspend", tenant: "blue" },
      { id: 2, tenant: "red" },
      { id: 3 },
      { id: 4, tenant: "blue" },
    ],
  });
  const refused = { status: 403, body: { error_code: "5001" } };
  expect(await call("POST", "/copysession/suspend", { copysession_id_list: [4, 2] })).toMatchObject(refused);
  expect(await call("POST", "/copysession/3/suspend")).toMatchObject(refused);
  expect(await call("POST", "/copysession/2/resume")).toMatchObject(refused);
  expect(await call("PATCH", "/copysession/3", { transfer_mode: "Stack" })).toMatchObject(refused);
  expect(await call("POST", "/copysession/1/reverse")).toMatchObject(refused);
  expect(array.jobs()).toEqual([]);
  expect((await call("POST", "/copysession/suspend", { copysession_id_list: [4] })).status).toBe(202);
  expect((await call("POST", "/copysession/1/resume")).status).toBe(202);
});

test("acts are the mutating calls in their order, with what became of them", async () => {
  const { call, array, clock } = await calling({ sessions: [{ id: 0 }] });
  await call("GET", "/copysession");
  await call("POST", "/copysession/suspend", { copysession_id_list: [0], force: true });
  clock.advance(1000);
  await call("POST", "/copysession/9/resume");
  expect(array.acts()).toEqual([
    {
      method: "POST",
      path: "/api/v1/copysession/suspend",
      body: { copysession_id_list: [0], force: true },
      atMs: clock.nowMs() - 1000,
      jobId: 8192001,
    },
    { method: "POST", path: "/api/v1/copysession/9/resume", body: undefined, atMs: clock.nowMs(), jobId: undefined },
  ]);
});

test("a lost answer leaves an act and a job; a busy array leaves neither", async () => {
  const { call, array } = await calling({ sessions: [{ id: 0 }] });
  array.faults.add({ when: { method: "POST", path: /suspend/ }, do: { kind: "lose-answer" } });
  array.faults.add({ when: { method: "POST", path: /resume/ }, do: { kind: "status", status: 503 } });
  await expect(call("POST", "/copysession/0/suspend")).rejects.toThrow();
  expect((await call("POST", "/copysession/0/resume")).status).toBe(503);
  expect(array.acts()).toHaveLength(1);
  expect(array.jobs()).toHaveLength(1);
});
