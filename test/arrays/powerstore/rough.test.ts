import { expect, test } from "vitest";
import { isTraitName, type TraitName } from "../temperament/traits.ts";
import { basic, credentialsOf, startedArray } from "./calling.ts";
import { codes } from "./refusal.ts";

const volume = { name: "erp", remote_system_id: "name:old-unity", source_resource_id: "sv_42", type: "Non_Disruptive" };
const group = { ...volume, name: "mes", source_resource_id: "res_7" };
const cutover = "/import_session/name:erp/cutover";

/** An array that has these traits, each for as long as it says. */
function having(ms: Partial<Record<TraitName, number>>, ...more: readonly TraitName[]) {
  const named = Object.keys(ms).filter(isTraitName);
  return { temperament: { kind: "traits", traits: [...named, ...more], ms } } as const;
}

/** Answers that no document foresees are not measured by one. */
const anything = () => {};

/** A session that is ready for its cutover on an array with these traits. */
async function ready(...traits: Parameters<typeof having>) {
  const started = await startedArray(having(...traits), anything);
  started.array.operator.create({ ...volume, type: "Non_Disruptive" });
  started.array.setState("name:erp", "Ready_For_Cutover");
  return started;
}

const stateOf = (body: unknown) => [body].flat().map((one) => Object(one).state);

test("a late answer comes after the effect, in the array's time", async () => {
  const { array, clock, call } = await ready({ "late-answers": 60_000 });
  const answered = settled(call("POST", cutover));
  await arrived(array, "cutover");
  expect(array.session("name:erp").state).toBe("Cutover_In_Progress");
  clock.advance(59_000);
  await turns();
  expect(answered.is).toBe(false);
  clock.advance(1_000);
  expect((await answered.value).status).toBe(204);
  expect(array.session("name:erp").state).toBe("Import_Completed");
});

test("a late effect shows seconds after its answer, and refuses the next action until then", async () => {
  const { array, clock, call } = await ready({ "late-effects": 20_000 });
  expect((await call("POST", cutover)).status).toBe(204);
  expect(array.session("name:erp").state).toBe("Ready_For_Cutover");
  expect(await call("POST", cutover)).toMatchObject({
    status: 422,
    body: { messages: [{ code: codes.actionPending }] },
  });
  clock.advance(20_000);
  expect(array.session("name:erp").state).toBe("Cutover_In_Progress");
});

test("a slow action takes its minutes and is answered only then; its job is in progress meanwhile", async () => {
  const { array, clock, call } = await ready({ "slow-acts": 240_000 });
  const answered = settled(call("POST", cutover));
  await arrived(array, "cutover");
  clock.advance(200_000);
  await turns();
  expect(answered.is).toBe(false);
  expect(await call("POST", cutover)).toMatchObject({ status: 422 });
  expect((await call("GET", "/job?select=phase,resource_id")).body).toMatchObject([
    { phase: "In_Progress", resource_id: array.session("name:erp").id },
    { phase: "Failed" },
  ]);
  clock.advance(40_000);
  expect((await answered.value).status).toBe(204);
  expect(array.session("name:erp").state).toBe("Cutover_In_Progress");
});

test("a slow create holds its name at once, and shows when it is answered", async () => {
  const { array, clock, call } = await startedArray(having({ "slow-acts": 120_000 }));
  const answered = settled(call("POST", "/import_session", volume));
  await arrived(array, "import_session");
  expect((await call("GET", "/import_session")).body).toEqual([]);
  expect(await call("POST", "/import_session", volume)).toMatchObject({ status: 400 });
  clock.advance(120_000);
  const { status, body } = await answered.value;
  expect(status).toBe(201);
  expect((await call("GET", "/import_session")).body).toEqual([body]);
});

test("an action is refused in passing, then taken; the next one is refused again", async () => {
  const { clock, call } = await ready({ "passing-refusals": 30_000 });
  const pause = "/import_session/name:erp/cancel";
  const refused = { status: 422, body: { messages: [{ code: codes.actionPending }] } };
  expect(await call("POST", pause)).toMatchObject(refused);
  clock.advance(29_000);
  expect(await call("POST", pause)).toMatchObject(refused);
  clock.advance(1_000);
  expect((await call("POST", pause)).status).toBe(204);
  expect((await call("POST", pause)).status).toBe(409);
});

test("an action that is taken fails without a state of its own, and works when it is sent again", async () => {
  const { array, clock, call } = await ready({ "silent-failures": 5_000 });
  expect((await call("POST", cutover)).status).toBe(204);
  expect(array.session("name:erp").error).toBeNull();
  clock.advance(5_000);
  expect(array.session("name:erp")).toMatchObject({
    state: "Ready_For_Cutover",
    error: { code: codes.actionFailed },
    last_update_timestamp: "2030-01-01T00:00:05.000+00:00",
  });
  expect((await call("POST", cutover)).status).toBe(204);
  expect(array.session("name:erp")).toMatchObject({ state: "Cutover_In_Progress", error: null });
});

test("what is refused comes as 500 with the same words", async () => {
  const { array, call } = await ready({}, "refusals-as-500");
  array.setState("name:erp", "Queued", { stays: true });
  expect(await call("POST", cutover)).toMatchObject({ status: 500, body: { messages: [{ code: codes.wrongState }] } });
  expect(await call("POST", "/import_session", volume)).toMatchObject({
    status: 500,
    body: { messages: [{ code: codes.nameInUse }] },
  });
});

test.each([
  ["by its trait", having({ "jobs-for-acts": 10_000 }), ""],
  ["because it is asked for", {}, "?is_async=true"],
])("a change becomes a job, %s", async (_why, options, query) => {
  const { array, clock, call } = await startedArray(options);
  const { status, body } = await call("POST", `/import_session${query}`, volume);
  expect(status).toBe(202);
  const jobPath = `/job/${Object(body).id}?select=*`;
  expect((await call("GET", jobPath)).body).toMatchObject({ phase: "In_Progress", resource_id: null, end_time: null });
  expect(await call("POST", "/import_session", volume)).toMatchObject({ status: 400 });
  expect(array.sessions()).toEqual([]);
  clock.advance(30_000);
  const [session] = array.sessions();
  expect((await call("GET", jobPath)).body).toMatchObject({
    phase: "Completed",
    state: "COMPLETED",
    resource_id: session?.id,
    resource_action: "create",
    response_status: "201",
    response_body: { response_type: "job_create_response", id: session?.id },
  });
});

test("a job waits for an approval until the operator decides", async () => {
  const { array, clock, call } = await startedArray(having({}, "approvals"));
  array.operator.create({ ...volume, type: "Non_Disruptive" });
  array.setState("name:erp", "Ready_For_Cutover");
  const first = Object((await call("POST", cutover)).body).id;
  clock.advance(24 * 3_600_000);
  expect((await call("GET", `/job/${first}?select=phase`)).body).toMatchObject({ phase: "Waiting_Approval" });
  array.operator.reject(first, "not tonight");
  expect((await call("GET", `/job/${first}?select=*`)).body).toMatchObject({
    phase: "Failed",
    response_status: "403",
    mpa_decision: { decision: "Rejected", reason: "not tonight" },
    response_body: { messages: [{ code: codes.notApproved }] },
  });
  expect(array.session("name:erp").state).toBe("Ready_For_Cutover");

  const second = Object((await call("POST", cutover)).body).id;
  expect((await call("POST", cutover)).status).toBe(422);
  array.operator.approve(second);
  clock.advance(2_000);
  expect(array.session("name:erp").state).toBe("Cutover_In_Progress");
  expect((await call("GET", `/job/${second}?select=phase`)).body).toMatchObject({ phase: "Completed" });
  expect(() => array.operator.approve(second)).toThrow(RangeError);
});

test.each([
  ["lagging-lists", "/import_session?select=state", "/import_session/name:erp?select=state"],
  ["lagging-instances", "/import_session/name:erp?select=state", "/import_session?select=state"],
] as const)("with %s one of the two shows what was", async (trait, late, current) => {
  const { clock, call } = await ready({ [trait]: 15_000 });
  clock.advance(60_000);
  await call("GET", late);
  await call("POST", cutover);
  clock.advance(1_000);
  expect(stateOf((await call("GET", late)).body)).toEqual(["Ready_For_Cutover"]);
  expect(stateOf((await call("GET", current)).body)).toEqual(["Cutover_In_Progress"]);
  clock.advance(14_000);
  expect(stateOf((await call("GET", late)).body)).toEqual(["Cutover_In_Progress"]);
});

test("a list that lags shows for a while what was removed", async () => {
  const { array, clock, call } = await ready({ "lagging-lists": 15_000 });
  array.setState("name:erp", "Failed");
  clock.advance(60_000);
  await call("GET", "/import_session");
  const { id } = array.session("name:erp");
  expect((await call("DELETE", `/import_session/${id}`)).status).toBe(204);
  expect((await call("GET", "/import_session")).body).toEqual([{ id }]);
  expect((await call("GET", `/import_session/${id}`)).status).toBe(404);
  clock.advance(15_000);
  expect((await call("GET", "/import_session")).body).toEqual([]);
});

test("what was just created is not shown, but can be acted on and holds its name", async () => {
  const { clock, call } = await startedArray(having({ "unlisted-creations": 8_000 }));
  const { body } = await call("POST", "/import_session", volume);
  const { id } = Object(body);
  expect((await call("GET", "/import_session")).body).toEqual([]);
  expect((await call("GET", `/import_session/${id}`)).status).toBe(404);
  expect((await call("POST", "/import_session", volume)).status).toBe(400);
  clock.advance(8_000);
  expect((await call("GET", "/import_session")).body).toEqual([{ id }]);
});

test("a list leaves out a row for some seconds of every two minutes, and only the list", async () => {
  const { clock, call } = await ready({ "left-out-rows": 5_000 });
  const seen: unknown[] = [];
  for (let second = 0; second < 120; second++) {
    seen.push(Object((await call("GET", "/import_session")).body).length);
    expect((await call("GET", "/import_session/name:erp")).status).toBe(200);
    clock.advance(1_000);
  }
  expect(seen.filter((length) => length === 0)).toHaveLength(5);
});

test("the state before a change shows once more after it", async () => {
  const { clock, call } = await ready({ "stale-answers": 3_000 });
  await call("POST", cutover);
  const seen: unknown[] = [];
  for (let second = 0; second < 6; second++) {
    seen.push(...stateOf((await call("GET", "/import_session?select=state")).body));
    clock.advance(1_000);
  }
  const [during, before] = ["Cutover_In_Progress", "Ready_For_Cutover"];
  expect(seen).toEqual([during, during, before, before, before, during]);
});

test("in a failover everything is refused for seconds, logins too, and the logins live on", async () => {
  const { array, clock, call, send } = await startedArray(having({ failovers: 10_000 }));
  const seen: number[] = [];
  for (let second = 0; second < 900; second++) {
    const { status } = await call("GET", "/import_session");
    const login = await send("GET", "/api/rest/login_session", undefined, basic(array));
    expect(login.status).toBe(status);
    seen.push(status);
    clock.advance(1_000);
  }
  for (const status of [401, 403, 404]) expect(seen.filter((one) => one === status)).toHaveLength(10);
  expect(seen.at(-1)).toBe(200);
});

test("roles take no paging where they are strict", async () => {
  const { call } = await startedArray(having({}, "strict-roles"));
  expect((await call("GET", "/role?select=id,name")).status).toBe(200);
  for (const query of ["order=id", "limit=2000", "offset=0", "name=eq.Operator"]) {
    for (const path of ["role", "login_session", "cluster"]) {
      expect([path, query, (await call("GET", `/${path}?${query}`)).status]).toEqual([path, query, 400]);
    }
  }
});

test("remote systems that are well are Ok", async () => {
  const { call } = await startedArray(having({}, "ok-in-another-case"), anything);
  const { body } = await call("GET", "/remote_system/name:old-unity?select=state,data_connection_state");
  expect(body).toEqual({ state: "Ok", data_connection_state: "Ok" });
});

test("numbers come as texts, objects with more than was asked for, and states are null at times", async () => {
  const { clock, call } = await ready({ "null-states": 5_000 }, "numbers-as-text", "unknown-attributes");
  const states: unknown[] = [];
  for (let second = 0; second < 120; second++) {
    const { body } = await call("GET", "/import_session?select=id,state,progress_percentage");
    expect(body).toMatchObject([{ progress_percentage: "100", data_mover_ids: ["A1"] }]);
    states.push(...stateOf(body));
    clock.advance(1_000);
  }
  expect(states.filter((state) => state === null)).toHaveLength(5);
  expect(new Set(states)).toEqual(new Set([null, "Ready_For_Cutover"]));
});

test("there are sources with odd ids, and they can be imported", async () => {
  const { array, call } = await startedArray(having({}, "odd-ids"));
  const { body } = await call("GET", "/import_unity_volume?select=id,name&name=ilike.odd*");
  const ids = [body].flat().map((one) => String(Object(one).id));
  for (const mark of [":", "/", "@", " "]) expect(ids.some((id) => id.includes(mark))).toBe(true);
  for (const [index, id] of ids.entries()) {
    const type = index % 2 === 0 ? "Non_Disruptive" : "Agentless";
    expect(
      (await call("POST", "/import_session", { ...volume, name: `odd${index}`, source_resource_id: id, type })).status,
    ).toBe(201);
    const path = `/import_session?select=name&source_resource_id=${encodeURIComponent(`eq.${id}`)}`;
    expect((await call("GET", path)).body).toEqual([{ name: `odd${index}` }]);
  }
  expect(array.sessions()).toHaveLength(ids.length);
});

test("a group rests in Cleanup_In_Progress until each other member is cancelled", async () => {
  const { array, clock, call } = await startedArray(having({}, "resting-cleanups"));
  await call("POST", "/import_session", group);
  clock.advance(60_000);
  const [, failing, other] = array.sessions();
  array.fail(failing?.id ?? "", "0xE0000001", "a disk is gone");
  clock.advance(24 * 3_600_000);
  expect(array.session("name:mes").state).toBe("Cleanup_In_Progress");
  expect(array.session(other?.id ?? "").state).toBe("Ready_For_Cutover");
  expect((await call("POST", "/import_session/name:mes/cancel")).status).toBe(422);
  expect((await call("POST", `/import_session/${other?.id}/cancel`)).status).toBe(204);
  clock.advance(60_000);
  expect(array.sessions().map(({ state }) => state)).toEqual(["Failed", "Failed", "Cancelled"]);
});

test("who must change the password may log in and do nothing else", async () => {
  const { array, send } = await startedArray(having({}, "password-change-required"));
  const login = await send(
    "GET",
    "/api/rest/login_session?select=is_password_change_required",
    undefined,
    basic(array),
  );
  expect(login).toMatchObject({ status: 200, body: [{ is_password_change_required: true }] });
  expect((await send("GET", "/api/rest/import_session", undefined, credentialsOf(login))).status).toBe(403);
  expect((await send("POST", "/api/rest/logout", undefined, credentialsOf(login))).status).toBe(204);
});

/** A request that is under way, and whether it has been answered. */
function settled<Value>(value: Promise<Value>): { readonly value: Promise<Value>; readonly is: boolean } {
  let is = false;
  value.then(
    () => {
      is = true;
    },
    () => {},
  );
  return {
    value,
    get is() {
      return is;
    },
  };
}

async function arrived(
  array: {
    readonly requests: readonly { readonly path: string; readonly method: string; readonly handled: boolean }[];
  },
  end: string,
) {
  while (!array.requests.some(({ path, method, handled }) => method === "POST" && path.endsWith(end) && handled))
    await turns();
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => void setTimeout(resolve, 1));
}
