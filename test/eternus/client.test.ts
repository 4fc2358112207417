import { expect, test } from "vitest";
import { connected } from "./connection.ts";
import { oneGroup } from "./one-group.ts";

const never = new AbortController().signal;
const answered = (kind: string) => expect.objectContaining({ name: "MigrationError", kind });

test("ids go into the query with raw commas, 0 among them", async () => {
  const { array, connection } = await connected({ sessions: [{ id: 0 }, { id: 1 }, { id: 2 }] });
  const sessions = await connection.client.listSessions([2, 0], never);
  expect(sessions.map(({ id }) => id)).toEqual([0, 2]);
  expect(array.requests.at(-1)?.rawQuery).toMatch(/^fields=type,status,phase,[\w,]+&copysession_id=0,2$/);
});

test("an id that the array does not have is left out of a list and absent when read alone", async () => {
  const { connection } = await connected({ sessions: [{ id: 0 }] });
  expect(await connection.client.listSessions([0, 7], never)).toHaveLength(1);
  expect(await connection.client.getSession(7, never)).toBeUndefined();
  expect(await connection.client.getSession(0, never)).toMatchObject({ id: 0, type: "REC", status: "Active" });
});

test("lists are read page by page, as links without a host say", async () => {
  const ids = Array.from({ length: 25 }, (_, id) => id);
  const { array, connection } = await connected({ sessions: ids.map((id) => ({ id })), behaviour: { pageSize: 10 } });
  const sessions = await connection.client.listSessions(undefined, never);
  expect(sessions.map(({ id }) => id)).toEqual(ids);
  expect(array.requests.slice(1).map(({ rawQuery }) => /last_get_id=\d+/.exec(rawQuery)?.[0])).toEqual([
    undefined,
    "last_get_id=9",
    "last_get_id=19",
  ]);
});

test("many ids are asked for in several short requests", async () => {
  const ids = Array.from({ length: 450 }, (_, id) => id);
  const { array, connection } = await connected({
    sessions: ids.map((id) => ({ id })),
    behaviour: { queryLimit: 1000 },
  });
  expect(await connection.client.listSessions([...ids].reverse(), never)).toHaveLength(450);
  expect(array.requests).toHaveLength(1 + 5);
});

test("a list whose next page never comes to an end is ended", async () => {
  const { array, connection } = await connected({ sessions: [{ id: 1 }] });
  array.faults.add({
    when: { path: "/api/v1/copysession" },
    times: Number.POSITIVE_INFINITY,
    do: {
      kind: "status",
      status: 200,
      body: { copysession_list: [{ copysession_id: 1, status: "Active" }], next_href: "https://elsewhere.example/x" },
    },
  });
  expect(await connection.client.listSessions(undefined, never)).toHaveLength(1);
  expect(array.requests).toHaveLength(3);
});

test("an array that does not know an attribute is asked for all of them", async () => {
  const { array, connection } = await connected({ sessions: [{ id: 1 }] });
  array.faults.add({
    when: { path: /fields=/ },
    times: Number.POSITIVE_INFINITY,
    do: { kind: "status", status: 400, body: { error_code: "0001", message: "Bad value (fields)" } },
  });
  expect(await connection.client.listSessions([1], never)).toMatchObject([{ id: 1, transferMode: "Synchronous" }]);
  expect(await connection.client.getSession(1, never)).toMatchObject({ id: 1 });
  expect(array.requests.map(({ rawQuery }) => rawQuery.includes("fields="))).toEqual([false, true, false, false]);
});

test("a token is renewed before it expires, and one login is held at a time", async () => {
  const { array, up } = await oneGroup({ sessions: [{ id: 1 }], behaviour: { suspendDrainMs: 6 * 3_600_000 } });
  let most = 0;
  array.faults.add({
    when: { method: "GET" },
    times: Number.POSITIVE_INFINITY,
    do: {
      kind: "custom",
      play(exchange) {
        most = Math.max(most, array.logins);
        exchange.send(exchange.handle());
      },
    },
  });
  expect((await up({ copySessionIds: [1] })).error).toBeUndefined();
  expect(most).toBe(1);
  expect(array.requests.filter(({ status }) => status === 401)).toEqual([]);
  expect(
    array.requests.filter(({ method, path }) => method === "POST" && path === "/api/v1/session").length,
  ).toBeGreaterThan(10);
});

test("a login that the array has lost is made again, once", async () => {
  const { array, connection } = await connected({ sessions: [{ id: 1 }] });
  await connection.client.listSessions([1], never);
  array.restart();
  expect(await connection.client.suspend([1], false)).toBe(8192001);
  expect(array.requests.map(({ status }) => status)).toEqual([200, 200, 401, 200, 202]);
});

test("a wrong password is tried once for all reads, and is in no message", async () => {
  const { array, connection } = await connected({ sessions: [{ id: 1 }] }, { password: () => "the-wrong-one" });
  for (const id of [1, 2]) {
    const message = expect.stringMatching(
      /^ETERNUS default \(.*\): could not log in as admin: .*401(?!.*the-wrong-one)/,
    );
    await expect(connection.client.listSessions([id], never)).rejects.toMatchObject({ message });
  }
  expect(array.refusedLogins).toBe(1);
});

test("an array full of logins is waited for, and the row says so", async () => {
  const { array, up, another, loseMachineAfter } = await oneGroup({
    sessions: [{ id: 1 }, { id: 2 }],
    behaviour: { loginLimit: 2 },
  });
  // A machine that is lost leaves its login behind.
  for (const id of [1, 2]) {
    loseMachineAfter(500);
    await up({ copySessionIds: [id] });
  }
  expect(array.logins).toBe(2);
  const { error, rows } = await another().up({ copySessionIds: [1] });
  expect(error).toBeUndefined();
  expect(rows[1]).toContain("D206: Too many logins (session): the array has all the logins it takes (64)");
  expect(array.session(1)?.status).toBe("Suspend");
});

test("a connection logs out at the end", async () => {
  const { array, connection } = await connected({ sessions: [{ id: 1 }] });
  await connection.client.listSessions([1], never);
  expect(array.logins).toBe(1);
  await connection.logout();
  expect(array.logins).toBe(0);
});

test("another user's job reads as gone", async () => {
  const { array, connection } = await connected({ sessions: [{ id: 1 }] });
  expect(await connection.client.getJob(99, never)).toBeUndefined();
  expect(array.requests.at(-1)?.status).toBe(404);
});

test("a rejection of what is already done is no error, and any other is", async () => {
  const { connection } = await connected({
    sessions: [{ id: 1 }, { id: 2, status: "Suspend" }],
    behaviour: { stateJudgedBy: "request" },
  });
  expect(await connection.client.suspend([2], false)).toBe("already so");
  expect(await connection.client.resume(1)).toBe("already so");
  await expect(connection.client.reverse(1)).rejects.toEqual(answered("refused"));
  await expect(connection.client.resume(9)).rejects.toEqual(answered("notFound"));
});

test("an answer that is no answer of this interface is a breach of contract", async () => {
  const { array, connection } = await connected({ sessions: [{ id: 1 }] });
  await connection.client.listSessions([1], never);
  array.faults.add({ when: { method: "POST" }, do: { kind: "status", status: 202, body: { job: "8192001" } } });
  await expect(connection.client.suspend([1], false)).rejects.toEqual(answered("contract"));
});
