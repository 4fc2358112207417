import { describe, expect, test } from "vitest";
import { connected } from "./connected.ts";

const signal = new AbortController().signal;
const sending = { attempted: "cut over import session 7" };
const body = { remote_system_id: "name:old-unity", source_resource_id: "sv_42", name: "erp" };

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
    await client.cancel(id, false, sending);
    array.setState(id, "Queued");
    await client.cancel(id, true, sending);
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
    await client.act(id, "cutover", sending);
    expect(array.acts().at(-1)).toMatchObject({
      path: `/api/rest/import_session/${id}/cutover`,
      body: undefined,
      status: 204,
    });
  });

  test("to move the start is the start and nothing else", async () => {
    const { array, client } = await connected();
    const id = await client.createSession({ ...body, scheduled_timestamp: "2030-01-02T00:00:00Z" });
    await client.reschedule(id, "2030-01-03T00:00:00.000Z", sending);
    expect(array.acts().at(-1)).toMatchObject({
      method: "PATCH",
      body: { scheduled_timestamp: "2030-01-03T00:00:00.000Z" },
    });
  });

  test("to remove a record that is gone is a success", async () => {
    const { client } = await connected();
    await expect(client.removeSession("no-such", sending)).resolves.toBeUndefined();
  });
});
