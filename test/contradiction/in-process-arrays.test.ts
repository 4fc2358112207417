import { expect, test } from "vitest";
import { virtualClock } from "../core/virtual-clock.ts";
import { inProcessEternus, inProcessPowerStore } from "./in-process-arrays.ts";

const never = new AbortController().signal;

const order = {
  remote_system_id: "name:old-unity",
  source_resource_id: "sv_42",
  name: "erp",
  type: "Non_Disruptive",
} as const;

test("the product reads and acts on a PowerStore without a network, and the array logs it", async () => {
  const { array, connection } = inProcessPowerStore({ clock: virtualClock() });
  const { client } = connection;
  const id = await client.createSession(order);
  expect((await client.readSessions([id], never)).get(id)).toMatchObject({ name: "erp", state: "Queued" });
  await client.cancel(id, false, { attempted: "cancel" });
  expect(array.session(id).state).toBe("Cancel_In_Progress");
  expect(array.acts().map(({ method, path, from }) => `${method} ${path} ${from}`)).toEqual([
    "POST /api/rest/import_session undefined",
    `POST /api/rest/import_session/${id}/cancel Queued`,
  ]);
  expect(array.requests.every(({ handled, carriedOut }) => handled && carriedOut)).toBe(true);
});

test("the product reads and acts on an ETERNUS without a network, and the array logs it", async () => {
  const clock = virtualClock();
  const { array, connection } = inProcessEternus({ clock, options: { sessions: [{ id: 7 }] } });
  const job = await connection.client.suspend([7], false);
  expect((await connection.client.readSessions([7], never)).get(7)).toMatchObject({ status: "Active" });
  await clock.sleep(60_000, never);
  expect((await connection.client.readSessions([7], never)).get(7)).toMatchObject({ status: "Suspend" });
  expect(array.acts()).toMatchObject([{ method: "POST", path: "/api/v1/copysession/suspend", jobId: job }]);
});

test.each([
  [
    "PowerStore",
    () =>
      inProcessPowerStore({ clock: virtualClock() }).connection.client.act("nobody", "cutover", {
        attempted: "cut over",
      }),
  ],
  ["ETERNUS", () => inProcessEternus({ clock: virtualClock() }).connection.client.resume(7)],
])("a refusal of the %s reaches the product as it would over HTTP", async (_, act) => {
  await expect(act()).rejects.toMatchObject({ kind: "notFound" });
});

test.each([
  ["PowerStore", inProcessPowerStore],
  ["ETERNUS", inProcessEternus],
])("a login on the %s that has ended is renewed, as often as it takes", async (_, connect) => {
  const clock = virtualClock();
  const { array, connection } = connect({ clock });
  const path = _ === "ETERNUS" ? "/api/v1/copysession" : "/api/rest/import_session";
  for (let day = 0; day < 3; day++) {
    const answer = await connection.http.send({ method: "GET", path, attempted: "look" });
    expect(answer.status).toBe(200);
    await clock.sleep(86_400_000, never);
  }
  expect(array.requests.filter(({ status }) => status === 401)).toHaveLength(2);
});

test("a request that is held back, or nobody waits for any more, does not reach the array", async () => {
  const { array, connection } = inProcessPowerStore({ clock: virtualClock() });
  const confirm = () => {
    throw new Error("too late");
  };
  await expect(connection.client.createSession(order, confirm)).rejects.toThrow("too late");
  const aborted = AbortSignal.abort();
  await expect(connection.client.listSessions("", aborted)).rejects.toMatchObject({ kind: "cancelled" });
  expect(array.requests).toEqual([]);
});

test("an array whose clock is ahead tells its own time", async () => {
  const clock = virtualClock();
  const ahead = { nowMs: () => clock.nowMs() + 3_600_000 };
  const { connection } = inProcessPowerStore({ clock, options: { clock: ahead } });
  await connection.client.listSessions("", never);
  expect(connection.nowMs() - clock.nowMs()).toBe(3_600_000);
});

test("a deadline never overtakes an answer: virtual time stands still while the product reads", async () => {
  const clock = virtualClock();
  const { connection } = inProcessPowerStore({ clock });
  const finished = new AbortController();
  const deadline = clock.sleep(3_600_000, finished.signal).then(() => clock.nowMs());
  const startMs = clock.nowMs();
  for (let look = 0; look < 50; look++) await connection.client.readSessions(["nobody"], never);
  expect(clock.nowMs()).toBe(startMs);
  finished.abort();
  expect(await deadline).toBe(startMs);
});
