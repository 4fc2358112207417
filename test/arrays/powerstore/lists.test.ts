import { expect, test } from "vitest";
import { basic, type Caller, startedArray } from "./calling.ts";

const unity = "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a01";

/** Three sessions: `b-log` and `C-crm` queued, `a-db` copying; one of them Agentless. */
async function threeSessions() {
  const started = await startedArray();
  const { array, clock } = started;
  const create = (name: string, source: string, type: "Non_Disruptive" | "Agentless") =>
    array.operator.create({
      name,
      remote_system_id: unity,
      source_resource_id: source,
      type,
      description: `for ${name}`,
    });
  const ids = { db: create("a-db", "sv_42", "Non_Disruptive") };
  clock.advance(60_000);
  const rest = { log: create("b-log", "sv_43", "Non_Disruptive"), crm: create("C-crm", "sv_44", "Agentless") };
  return { ...started, ids: { ...ids, ...rest } };
}

async function names(call: Caller, query: string): Promise<unknown> {
  const { body } = await call("GET", `/import_session?select=name&${query}`);
  return Array.isArray(body) ? body.map((row: { name: unknown }) => row.name) : body;
}

test("without select only the id is answered, in lists and for one", async () => {
  const { call, ids } = await threeSessions();
  expect((await call("GET", "/import_session?name=eq.a-db")).body).toEqual([{ id: ids.db }]);
  expect((await call("GET", `/import_session/${ids.db}`)).body).toEqual({ id: ids.db });
});

test("select takes names, all of them, and attributes of the remote system", async () => {
  const { call, ids } = await threeSessions();
  const one = (select: string) => call("GET", `/import_session/${ids.db}?select=${select}`);
  expect((await one("name,state")).body).toEqual({ name: "a-db", state: "Copy_In_Progress" });
  expect((await one("id,remote_system(name,type)")).body).toEqual({
    id: ids.db,
    remote_system: { name: "old-unity", type: "Unity" },
  });
  const { body } = await one("*");
  expect(body).toMatchObject({ id: ids.db, parent_session_id: null, state_l10n: "Copy In Progress" });
  expect(body).not.toHaveProperty("host_ids");
  expect((await call("GET", `/remote_system/${unity}?select=name,import_sessions(name)`)).body).toEqual({
    name: "old-unity",
    import_sessions: [{ name: "a-db" }, { name: "b-log" }, { name: "C-crm" }],
  });
});

test.each(["host_ids", "name,", "", "nonsense", "constructor", "remote_system(nonsense)", "state(name)", "name)"])(
  "select=%s is refused",
  async (select) => {
    const { call } = await startedArray();
    expect((await call("GET", `/import_session?select=${select}`)).status).toBe(400);
  },
);

test.each([
  ["state=eq.Queued", ["b-log", "C-crm"]],
  ["state=neq.Queued", ["a-db"]],
  ["state=not.eq.Queued", ["a-db"]],
  ["name=eq.c-CRM", ["C-crm"]],
  ["description=eq.for%20a-db", ["a-db"]],
  ["description=eq.FOR%20a-db", []],
  ["name=ilike.*-*B", ["a-db"]],
  ["name=ilike.a", []],
  ["name=in.(a-db,b-log)", ["a-db", "b-log"]],
  ["state=not.in.(Queued,Paused)", ["a-db"]],
  ["progress_percentage=gt.0", ["a-db"]],
  ["progress_percentage=gte.0", ["a-db", "b-log", "C-crm"]],
  ["progress_percentage=lt.1", ["b-log", "C-crm"]],
  ["progress_percentage=lte.0", ["b-log", "C-crm"]],
  ["current_transfer_rate=is.null", ["b-log", "C-crm"]],
  ["current_transfer_rate=not.is.null", ["a-db"]],
  ["current_transfer_rate=not.eq.5", ["a-db"]],
  ["automatic_cutover=is.false", ["a-db", "b-log", "C-crm"]],
  ["automatic_cutover=eq.true", []],
  ["last_update_timestamp=gt.2029-12-31T00:00:00Z", ["a-db", "b-log", "C-crm"]],
  ["estimated_completion_timestamp=lt.2029-12-31T00:00:00Z", []],
  ["state=eq.Queued&type=eq.Agentless", ["C-crm"]],
  ["and=(state.eq.Queued,type.eq.Agentless)", ["C-crm"]],
  ["or=(type.eq.Agentless,state.not.eq.Queued)", ["a-db", "C-crm"]],
  ["or=(and(state.eq.Queued,type.eq.Agentless),name.in.(a-db,x))", ["a-db", "C-crm"]],
])("the filter %s finds %j", async (query, found) => {
  const { call } = await threeSessions();
  expect(await names(call, query)).toEqual(found);
});

test.each([
  "nonsense=eq.1",
  "name=like.a",
  "name=a-db",
  "name",
  "state=eq.Bogus",
  "state=in.(Queued,Bogus)",
  "state=in.Queued",
  "progress_percentage=gt.half",
  "progress_percentage=ilike.1*",
  "last_update_timestamp=gt.yesterday",
  "automatic_cutover=eq.maybe",
  "automatic_cutover=is.maybe",
  "error=is.null",
  "name=cs.{a}",
  "and=name.eq.a",
  "or=(name.eq.a",
  "and=(name)",
  "name=eq.%",
  "select=id&select=id",
])("the query %s is refused", async (query) => {
  const { call } = await startedArray();
  expect((await call("GET", `/import_session?${query}`)).status).toBe(400);
});

test("lists of words are filtered by what they contain", async () => {
  const { call } = await startedArray();
  const systems = async (filter: string) =>
    (await call("GET", `/remote_system?select=name&capabilities=${filter}`)).body;
  expect(await systems("cs.{Block_Nondisruptive_Import,Block_Agentless_Import}")).toEqual([{ name: "old-unity" }]);
  expect(await systems("cd.{Block_Agentless_Import}")).toEqual([{ name: "old-netapp" }]);
  expect((await call("GET", "/remote_system?capabilities=eq.File_Import")).status).toBe(400);
});

test("order goes by several attributes, names without regard to case, unset values last", async () => {
  const { call } = await threeSessions();
  expect(await names(call, "order=name.desc")).toEqual(["C-crm", "b-log", "a-db"]);
  expect(await names(call, "order=state.desc,name")).toEqual(["b-log", "C-crm", "a-db"]);
  expect(await names(call, "order=current_transfer_rate,name.desc")).toEqual(["a-db", "C-crm", "b-log"]);
  for (const order of ["nonsense", "name.up", "name.asc.desc", "error", ""]) {
    expect((await call("GET", `/import_session?order=${order}`)).status).toBe(400);
  }
});

test("a part of a list is answered with 206 and says where it lies", async () => {
  const { call } = await threeSessions();
  const page = async (query: string, headers?: Readonly<Record<string, string>>) => {
    const answer = await call("GET", `/import_session?select=name&order=name&${query}`, undefined, headers);
    return [answer.status, answer.headers["content-range"], answer.body];
  };
  expect(await page("limit=2")).toEqual([206, "0-1/3", [{ name: "a-db" }, { name: "b-log" }]]);
  expect(await page("limit=2&offset=2")).toEqual([206, "2-2/3", [{ name: "C-crm" }]]);
  expect(await page("limit=3")).toEqual([200, undefined, expect.any(Array)]);
  expect(await page("limit=999999")).toEqual([200, undefined, expect.any(Array)]);
});

test("a page can be asked for with a Range header", async () => {
  const { array, call } = await threeSessions();
  const headers = { ...basic(array), range: "1-1" };
  const answer = await call("GET", "/import_session?order=name&select=name", undefined, headers);
  expect([answer.status, answer.headers["content-range"], answer.body]).toEqual([206, "1-1/3", [{ name: "b-log" }]]);
});

test("pages outside of the list are 416, and pages that are none are 400", async () => {
  const { call } = await threeSessions();
  for (const query of ["offset=3", "limit=0", "limit=-1", "offset=-1"]) {
    expect((await call("GET", `/import_session?${query}`)).status).toBe(416);
  }
  for (const query of ["limit=ten", "offset=", "limit=1.5"]) {
    expect((await call("GET", `/import_session?${query}`)).status).toBe(400);
  }
});

test("an empty list is 200, and a list is cut to 100 unless asked for more", async () => {
  const volumes = Array.from({ length: 150 }, (_, index) => ({
    id: `sv_${index}`,
    name: `v${index}`,
    remoteSystemId: unity,
    wwn: `naa.${index}`,
    sizeBytes: 8192,
  }));
  const { call } = await startedArray({ sources: { volumes } });
  expect(await call("GET", "/import_session")).toMatchObject({ status: 200, body: [] });
  expect(await call("GET", "/import_unity_volume")).toMatchObject({
    status: 206,
    headers: { "content-range": "0-99/150" },
  });
  expect((await call("GET", "/import_unity_volume?limit=2000")).status).toBe(200);
});

test("an instance is found by its id or by name:<name>, and takes no parameter but select", async () => {
  const { call, ids } = await threeSessions();
  expect((await call("GET", "/import_session/name:c-crm")).body).toEqual({ id: ids.crm });
  expect((await call("GET", "/import_session/name%3AC%2Dcrm")).body).toEqual({ id: ids.crm });
  expect((await call("GET", "/remote_system/name:old-unity")).body).toEqual({ id: unity });
  expect((await call("GET", `/import_session/${ids.db}?limit=1`)).status).toBe(400);
});

test.each([
  ["/import_session/none", 404],
  ["/import_session/name:none", 404],
  ["/import_session/", 404],
  ["/import_session//", 404],
  ["/import_session/a%2Fcutover", 404],
  ["/import_session/%zz", 400],
  ["/import_session/%E0%A4%A", 400],
  ["/import_sessions", 404],
  ["/nonsense", 404],
  ["/import_session/a/cutover", 405],
  ["/import_session/a/nonsense", 404],
  ["/remote_system/a/discover", 405],
  ["/remote_system/a/nonsense", 404],
  ["/logout", 405],
])("GET %s is %i", async (path, status) => {
  const { call } = await startedArray();
  expect((await call("GET", path)).status).toBe(status);
});

test("a path outside of /api/rest is not found", async () => {
  const { array, send } = await startedArray();
  expect((await send("GET", "/import_session", undefined, basic(array))).status).toBe(404);
  expect((await send("GET", "/api/rest", undefined, basic(array))).status).toBe(404);
});

test("an answer that is not JSON cannot be asked for, nor a GET sent with a body", async () => {
  const { array, call } = await startedArray();
  const own = basic(array);
  expect((await call("GET", "/import_session", undefined, { ...own, accept: "text/html" })).status).toBe(406);
  expect((await call("GET", "/import_session", undefined, { ...own, accept: "application/json" })).status).toBe(200);
  expect((await call("GET", "/import_session", {})).status).toBe(400);
});
