import { describe, expect, onTestFinished, test } from "vitest";
import { MigrationError } from "../../provider/core/errors.ts";
import type { PowerStoreClient } from "../../provider/powerstore/client.ts";
import { connectPowerStore } from "../../provider/powerstore/connect.ts";
import { steppedClock } from "../arrays/clock.ts";
import { expectValidRequest } from "../arrays/powerstore/contract/expect-valid.ts";
import { type PowerStoreOptions, type SimulatedPowerStore, startPowerStore } from "../arrays/powerstore/power-store.ts";
import { virtualClock } from "../core/virtual-clock.ts";
import { settingsOf } from "./import-session/migration.ts";

const signal = new AbortController().signal;
const body = { remote_system_id: "name:old-unity", source_resource_id: "sv_42", name: "erp" };

/** An array, and a client that is connected to it. */
async function connected(
  options: PowerStoreOptions = {},
): Promise<{ array: SimulatedPowerStore; client: PowerStoreClient; logout(): Promise<void> }> {
  const arrayClock = steppedClock();
  const array = await startPowerStore({ clock: arrayClock, ...options });
  const clock = virtualClock({ along: [arrayClock] });
  const { client, logout } = connectPowerStore(settingsOf(array), { clock });
  onTestFinished(async () => {
    await logout();
    await array.close();
    for (const request of array.requests) expectValidRequest(request);
  });
  return { array, client, logout };
}

describe("what a session is read as", () => {
  test("is all that is asked for, and what is null on the wire is absent", async () => {
    const { client } = await connected();
    const id = await client.createSession(body);
    expect(JSON.parse(JSON.stringify(await client.getSession(id, signal)))).toEqual({
      id,
      name: "erp",
      type: "Non_Disruptive",
      state: "Queued",
      remote_system_id: "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a01",
      source_resource_id: "sv_42",
      destination_resource_type: "volume",
      progress_percentage: 0,
      automatic_cutover: false,
      last_update_timestamp: expect.any(String),
    });
  });

  test("asks for documented attributes only: a name the array does not know would be refused", async () => {
    const { array, client } = await connected();
    await client.listSessions("name=eq.erp", signal);
    const query = array.requests.at(-1)?.rawQuery ?? "";
    expect(query).toMatch(/^select=id,name,[a-z_,]+&name=eq\.erp&order=id&limit=2000&offset=0$/);
    expect(query).not.toContain("host");
  });

  test("of which there is none is an error of its own kind", async () => {
    const { client } = await connected();
    await expect(client.getSession("no-such", signal)).rejects.toMatchObject({
      kind: "notFound",
      code: "0xE04040020009",
    });
  });

  test("is never read from another path, whatever the id holds", async () => {
    const { array, client } = await connected();
    await expect(client.getSession("../logout?x=1#y", signal)).rejects.toMatchObject({ kind: "notFound" });
    expect(array.requests.at(-1)?.path).toBe("/api/rest/import_session/..%2Flogout%3Fx%3D1%23y");
  });
});

describe("a list", () => {
  const rows = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({ id: `${from + index}`, state: "Queued" }));

  test("is read page by page until the array says that it was the last", async () => {
    const { array, client } = await connected();
    const page = { method: "GET", path: /import_session\?/ };
    array.faults.add({ when: page, do: { kind: "status", status: 206, body: rows(0, 3) } });
    array.faults.add({ when: page, do: { kind: "status", status: 206, body: rows(3, 3) } });
    array.faults.add({ when: page, do: { kind: "status", status: 200, body: rows(6, 1) } });
    expect((await client.listSessions("state=eq.Queued", signal)).map(({ id }) => id)).toEqual([
      "0",
      "1",
      "2",
      "3",
      "4",
      "5",
      "6",
    ]);
    expect(array.requests.slice(-3).map(({ rawQuery }) => rawQuery.split("offset=")[1])).toEqual(["0", "3", "6"]);
  });

  test.each([
    ["416, because rows vanished while paging", { kind: "status", status: 416 }],
    ["an empty page", { kind: "status", status: 206, body: [] }],
  ] as const)("ends with %s", async (_, end) => {
    const { array, client } = await connected();
    array.faults.add({ when: { path: /import_session\?/ }, do: { kind: "status", status: 206, body: rows(0, 2) } });
    array.faults.add({ when: { path: /import_session\?/ }, do: end });
    expect(await client.listSessions("state=eq.Queued", signal)).toHaveLength(2);
  });

  test("may be empty", async () => {
    const { client } = await connected();
    expect(await client.listSessions("name=eq.nobody", signal)).toEqual([]);
  });
});

describe("what is sent", () => {
  test("to cancel gracefully has no body, and to force one with force: true", async () => {
    const { array, client } = await connected();
    const id = await client.createSession(body);
    await client.cancel(id, false);
    array.setState(id, "Queued");
    await client.cancel(id, true);
    expect(
      array
        .acts()
        .slice(1)
        .map(({ body }) => body),
    ).toEqual([undefined, { force: true }]);
  });

  test("to act has no body", async () => {
    const { array, client } = await connected();
    const id = await client.createSession(body);
    array.setState(id, "Ready_For_Cutover");
    await client.act(id, "cutover");
    expect(array.acts().at(-1)).toMatchObject({
      path: `/api/rest/import_session/${id}/cutover`,
      body: undefined,
      status: 204,
    });
  });

  test("to move the start is the start and nothing else", async () => {
    const { array, client } = await connected();
    const id = await client.createSession({ ...body, scheduled_timestamp: "2030-01-02T00:00:00Z" });
    await client.reschedule(id, "2030-01-03T00:00:00.000Z");
    expect(array.acts().at(-1)).toMatchObject({
      method: "PATCH",
      body: { scheduled_timestamp: "2030-01-03T00:00:00.000Z" },
    });
  });

  test("to remove a record that is gone is a success", async () => {
    const { client } = await connected();
    await expect(client.removeSession("no-such")).resolves.toBeUndefined();
  });
});

describe("what the array answers", () => {
  const acting = { method: "POST", path: /cutover/ };
  const message = (code: string, text: string) => ({ code, severity: "Error", message_l10n: text });

  test.each([
    [
      "all its messages",
      { messages: [message("0xE1", "One."), message("0xE2", "Two.")] },
      "422 0xE1: One.; 0xE2: Two.",
    ],
    ["messages as JSON text", { messages: JSON.stringify([message("0xE1", "One.")]) }, "422 0xE1: One."],
    ["a message without a code", { messages: [{ message_l10n: "One." }] }, "422 One."],
    ["a code without a message", { messages: [{ code: "0xE1" }] }, "422 0xE1"],
    ["no messages", { messages: [] }, "422 without an error body"],
    ["messages of another form", { messages: "not JSON" }, "422 without an error body"],
    ["no body", undefined, "422 without an error body"],
  ])("is passed on when it has %s", async (_, answered, said) => {
    const { array, client } = await connected();
    array.faults.add({ when: acting, do: { kind: "status", status: 422, body: answered } });
    await expect(client.act("7", "cutover")).rejects.toMatchObject({
      kind: "refused",
      message: expect.stringContaining(
        `Could not cut over import session 7 on PowerStore default (${array.endpoint}): the array answered ${said}`,
      ),
    });
  });

  test.each([
    [400, "refused"],
    [404, "notFound"],
    [409, "refused"],
    [422, "refused"],
    [429, "busy"],
    [500, "failing"],
    [502, "failing"],
    [503, "busy"],
  ])("with %i is of kind %s", async (status, kind) => {
    const { array, client } = await connected();
    array.faults.add({ when: acting, do: { kind: "status", status } });
    await expect(client.act("7", "cutover")).rejects.toMatchObject({ kind });
  });

  test("that is no JSON, or too large, or of another form says what it was", async () => {
    const { array, client } = await connected();
    const reading = { method: "GET", path: /import_session\/7/ };
    array.faults.add({ when: reading, times: 2, do: { kind: "html" } });
    await expect(client.getSession("7", signal)).rejects.toMatchObject({
      kind: "contract",
      message: expect.stringContaining("a web page"),
    });
    array.faults.add({ when: reading, do: { kind: "status", status: 200, body: { id: 7 } } });
    await expect(client.getSession("7", signal)).rejects.toMatchObject({
      kind: "contract",
      message: expect.stringContaining("`id`"),
    });
    array.faults.add({ when: reading, do: { kind: "oversize", bytes: 5 * 1024 * 1024 } });
    await expect(client.getSession("7", signal)).rejects.toMatchObject({ kind: "contract" });
  });

  test("never shows a password, a cookie or a token", async () => {
    const { array, client } = await connected({ password: "hunter2-secret" });
    array.faults.add({ when: { path: /login_session/ }, do: { kind: "status", status: 401 } });
    const error = await client.getSession("7", signal).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(MigrationError);
    const shown =
      error instanceof MigrationError ? JSON.stringify([error.message, error.stack, error.cause, { ...error }]) : "";
    expect(shown).not.toMatch(/hunter2|auth_cookie|Basic |aHVudGVy/);
  });
});

describe("the login", () => {
  test("is one for all that is asked at once", async () => {
    const { array, client } = await connected();
    await Promise.all(Array.from({ length: 12 }, () => client.listSessions("name=eq.erp", signal)));
    expect(array.requests.filter(({ path }) => path.endsWith("/login_session"))).toHaveLength(1);
    expect(array.logins).toBe(1);
  });

  test("that ends is renewed once for all that is under way", async () => {
    const { array, client } = await connected();
    await client.listSessions("name=eq.erp", signal);
    array.endLogins();
    await Promise.all(Array.from({ length: 12 }, () => client.listSessions("name=eq.erp", signal)));
    expect(array.requests.filter(({ path }) => path.endsWith("/login_session"))).toHaveLength(2);
  });

  test("sends the password once, and never again with a request", async () => {
    const { array, client } = await connected();
    const id = await client.createSession(body);
    await client.cancel(id, false);
    expect(array.logins).toBe(1);
  });

  test("is given back at the end, and nothing is left on the array", async () => {
    const { array, client, logout } = await connected();
    await client.listSessions("name=eq.erp", signal);
    await logout();
    expect([array.logins, array.requests.at(-1)]).toMatchObject([0, { path: "/api/rest/logout", status: 204 }]);
  });

  test("is not asked for at the end when there was none", async () => {
    const { array, logout } = await connected();
    await logout();
    expect(array.requests).toEqual([]);
  });

  test("without a cookie or a token is no login", async () => {
    const { array, client } = await connected();
    array.faults.add({ when: { path: /login_session/ }, do: { kind: "status", status: 200, body: [] } });
    await expect(client.listSessions("name=eq.erp", signal)).rejects.toMatchObject({
      kind: "contract",
      message: expect.stringContaining("log in"),
    });
  });

  test("that is refused is not tried for each request anew: that would lock the account", async () => {
    const { array, client } = await connected();
    array.faults.add({
      when: { path: /login_session/ },
      times: Number.POSITIVE_INFINITY,
      do: { kind: "status", status: 401 },
    });
    for (let attempt = 0; attempt < 3; attempt++) {
      await expect(client.listSessions("name=eq.erp", signal)).rejects.toMatchObject({ kind: "authentication" });
    }
    expect(array.requests).toHaveLength(1);
    array.faults.clear();
  });

  test("is refused to an array whose certificate does not verify", async () => {
    const { array } = await connected();
    const clock = virtualClock();
    const { client, logout } = connectPowerStore({ ...settingsOf(array), caCertificate: undefined }, { clock });
    await expect(client.listSessions("name=eq.erp", signal)).rejects.toMatchObject({ kind: "untrusted" });
    await logout();
    expect(array.requests).toEqual([]);
  });
});
