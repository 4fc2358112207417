import { expect, test } from "vitest";
import { calling, entries } from "./calling.ts";

const refused = { status: 400, body: { error_code: "0001" } };
const ids = (body: Record<string, unknown>) => entries(body, "copysession_list").map((entry) => entry.copysession_id);

test("a list comes ascending by id, 0 included, in its envelope", async () => {
  const { call } = await calling({ sessions: [{ id: 7 }, { id: 0 }, { id: 3, type: "EC" }] });
  const { status, body } = await call("GET", "/copysession");
  expect([status, ids(body)]).toEqual([200, [0, 3, 7]]);
  expect(body).toMatchObject({ total_count: 3, list_count: 3 });
  expect(body).not.toHaveProperty("next_href");
});

test("fields selects properties; the id always comes", async () => {
  const { call } = await calling({ sessions: [{ id: 0 }] });
  const selected = { copysession_id: 0, status: "Active", type: "REC" };
  const { body } = await call("GET", "/copysession?fields=type,status");
  expect(body).toEqual({ total_count: 1, list_count: 1, copysession_list: [selected] });
  expect((await call("GET", "/copysession/0?fields=type,status")).body).toEqual(selected);
  expect((await call("GET", "/copysession/0?fields=TYPE,Status,copysession_id")).body).toEqual(selected);
});

test.each(["total_count", "list_count", "next_href", "copysession_list", "copysession_list.type", "state", ""])(
  "fields may not name %j",
  async (name) => {
    const { call } = await calling({ sessions: [{ id: 1 }] });
    expect(await call("GET", `/copysession?fields=${name}`)).toMatchObject(refused);
    expect(await call("GET", `/copysession?fields=type,${name}`)).toMatchObject(refused);
  },
);

test("copysession_id picks from the list with raw commas, and unknown ids are just not there", async () => {
  const { call } = await calling({ sessions: [0, 1, 2, 3].map((id) => ({ id })) });
  const { body } = await call("GET", "/copysession?copysession_id=2,0,99&fields=status");
  expect(ids(body)).toEqual([0, 2]);
  expect(body.total_count).toBe(2);
});

test.each([
  "copysession_id=1%2C2",
  "copysession_id=1%2c2",
  "fields=type%2Cstatus",
  "fields=type%3Bstatus",
  "copysession_id=1;2",
  "copysession_id=",
  "copysession_id",
  "copysession_id=-1",
  "copysession_id=01",
  "copysession_id=1.0",
  "copysession_id=1,",
  "copysession_id=1&copysession_id=2",
  "Copysession_id=1",
  "id=1",
  "limit=5",
  "status=Active",
  "job_id=1",
  "fields=type&Fields=status",
  "max_records=x",
  "fields=%E0%A4%A",
])("the query %s is refused", async (query) => {
  const { call } = await calling({ sessions: [{ id: 1 }, { id: 2 }] });
  expect(await call("GET", `/copysession?${query}`)).toMatchObject(refused);
});

test("one resource takes fields and nothing else", async () => {
  const { call } = await calling({ sessions: [{ id: 1 }] });
  expect(await call("GET", "/copysession/1?max_records=1")).toMatchObject(refused);
  expect(await call("POST", "/copysession/1/resume?force=true")).toMatchObject(refused);
});

test("pages follow next_href, which has no host and keeps the query with raw commas", async () => {
  const { call } = await calling({ sessions: [0, 1, 2, 3, 4].map((id) => ({ id })) });
  const first = await call("GET", "/copysession?max_records=2&copysession_id=0,1,2,4&fields=type,status");
  expect(ids(first.body)).toEqual([0, 1]);
  expect(first.body).toMatchObject({
    total_count: 4,
    list_count: 2,
    next_href: "/api/v1/copysession?max_records=2&copysession_id=0,1,2,4&fields=type,status&last_get_id=1",
  });
  const second = await call("GET", String(first.body.next_href).replace("/api/v1", ""));
  expect(ids(second.body)).toEqual([2, 4]);
  expect(second.body).toMatchObject({ total_count: 4, list_count: 2 });
  expect(second.body).not.toHaveProperty("next_href");
});

test("without max_records, or with a larger one, the array pages by its own size", async () => {
  const { call } = await calling({
    sessions: Array.from({ length: 5 }, (_, id) => ({ id })),
    behaviour: { pageSize: 3 },
  });
  for (const query of ["", "?max_records=1000"]) {
    const { body } = await call("GET", `/copysession${query}`);
    expect([ids(body), body.total_count]).toEqual([[0, 1, 2], 5]);
    expect(body).toHaveProperty("next_href");
  }
});

test("last_get_id goes on after an id that is no longer there, 0 included", async () => {
  const { call } = await calling({ sessions: [1, 5].map((id) => ({ id })) });
  expect(ids((await call("GET", "/copysession?last_get_id=0")).body)).toEqual([1, 5]);
  expect(ids((await call("GET", "/copysession?last_get_id=3")).body)).toEqual([5]);
  expect(ids((await call("GET", "/copysession?last_get_id=5")).body)).toEqual([]);
});

test("max_records of 0 is out of range, and a query longer than the limit is too large", async () => {
  const { call } = await calling({ behaviour: { queryLimit: 50 } });
  expect(await call("GET", "/copysession?max_records=0")).toMatchObject({ status: 400, body: { error_code: "0002" } });
  const many = Array.from({ length: 30 }, (_, id) => id).join(",");
  expect((await call("GET", `/copysession?copysession_id=${many}`)).status).toBe(413);
});
