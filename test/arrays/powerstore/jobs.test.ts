import { expect, test } from "vitest";
import { basic, startedArray } from "./calling.ts";
import { codes } from "./refusal.ts";

const volume = { name: "erp", remote_system_id: "name:old-unity", source_resource_id: "sv_42", type: "Non_Disruptive" };

test("each change leaves a job that says what came of it", async () => {
  const { array, clock, call } = await startedArray();
  const created = Object((await call("POST", "/import_session", volume)).body).id;
  await call("POST", `/import_session/${created}/cutover`);
  clock.advance(3_600_000);
  await call("POST", `/import_session/${created}/cutover`);
  expect((await call("GET", "/job?select=*")).body).toMatchObject([
    {
      resource_action: "create",
      resource_type: "import_session",
      resource_id: created,
      resource_name: "erp",
      description_l10n: "Create import session erp.",
      phase: "Completed",
      state: "COMPLETED",
      start_time: "2030-01-01T00:00:00.000+00:00",
      end_time: "2030-01-01T00:00:00.000+00:00",
      progress_percentage: 100,
      user: array.username,
      response_status: "201",
      response_body: { response_type: "job_create_response", id: created },
    },
    {
      resource_action: "cutover",
      phase: "Failed",
      response_status: "422",
      response_body: { response_type: "job_error_response", messages: [{ code: codes.wrongState }] },
    },
    { resource_action: "cutover", phase: "Completed", response_status: "204", response_body: null },
  ]);
  const path = `/job?select=response_status&resource_id=eq.${created}&phase=eq.Failed&order=start_time.desc`;
  expect((await call("GET", path)).body).toEqual([{ response_status: "422" }]);
});

test("what is no request of the API, or about nothing, leaves no job", async () => {
  const { array, call } = await startedArray();
  expect((await call("POST", "/import_session", { ...volume, tenant: 1 })).status).toBe(400);
  expect((await call("POST", "/import_session/none/cutover")).status).toBe(404);
  expect((await call("DELETE", "/import_session")).status).toBe(405);
  expect(array.jobs()).toEqual([]);
});

test("an action that has not taken effect yet is a job in progress", async () => {
  const { array, clock, call } = await startedArray({ timings: { actionLagMs: 30_000 } });
  array.operator.create({ ...volume, type: "Non_Disruptive" });
  array.setState("name:erp", "Ready_For_Cutover");
  await call("POST", "/import_session/name:erp/cutover");
  expect(array.jobs()).toMatchObject([{ phase: "In_Progress", end_time: null, response_status: null }]);
  clock.advance(30_000);
  expect(array.jobs()).toMatchObject([{ phase: "Completed", response_status: "204" }]);
});

test("an action whose session has changed before its effect ends as a failed job", async () => {
  const { array, clock, call } = await startedArray({ timings: { actionLagMs: 30_000 } });
  array.operator.create({ ...volume, type: "Non_Disruptive" });
  array.setState("name:erp", "Ready_For_Cutover");
  await call("POST", "/import_session/name:erp/cutover");
  clock.advance(10_000);
  array.session("name:erp");
  array.fail("name:erp", "0xE0000001", "a disk is gone");
  clock.advance(30_000);
  expect(array.jobs()).toMatchObject([{ phase: "Failed", response_status: "422" }]);
});

test("the audit log tells who logged in and changed what, and how it ended", async () => {
  const { array, call, send } = await startedArray();
  await send("GET", "/api/rest/login_session", undefined, basic({ username: array.username, password: "wrong" }));
  const created = Object((await call("POST", "/import_session", volume)).body).id;
  await call("POST", `/import_session/${created}/cutover`);
  await call("POST", `/import_session/${created}/cutover`, undefined, { cookie: "auth_cookie=none" });
  const { body } = await call("GET", "/audit_event?select=*&order=timestamp");
  const [create, cutover] = array.jobs().map(({ id }) => id);
  const shared = { username: array.username, client_address: "127.0.0.1" };
  expect(body).toMatchObject([
    { ...shared, type: "Authentication", is_successful: true, job_id: null },
    { ...shared, type: "Authentication", is_successful: false },
    { ...shared, type: "Config", is_successful: true, job_id: create, resource_action: "create" },
    { ...shared, type: "Config", is_successful: false, job_id: cutover, resource_action: "cutover" },
  ]);
  expect((await call("POST", "/logout")).status).toBe(204);
  expect(array.auditEvents().at(-1)).toMatchObject({ type: "Logout", is_successful: true });
});
