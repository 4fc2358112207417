import { expect, test } from "vitest";
import { calling, entries } from "./calling.ts";
import type { FailureShape } from "./settings.ts";

const minuteMs = 60_000;
const ids = (body: Record<string, unknown>) => entries(body, "job_list").map((job) => job.job_id);

test("a job tells what it was asked, when, and what it did", async () => {
  const { run, call } = await calling({ sessions: [{ id: 1, transferMode: "Stack" }] });
  const job = await run("POST", "/copysession/suspend", { copysession_id_list: [1] });
  expect(job).toEqual({
    job_id: 8192001,
    job_href: "/api/v1/job/8192001",
    description: 'POST /copysession/suspend {"copysession_id_list":[1]}',
    status: "Success",
    created_time: "2030-01-01T00:00:00Z",
    modified_time: "2030-01-01T00:00:03Z",
    resource_href_list: ["/api/v1/copysession/1"],
    operation_list: [{ result: "Succeeded", operation: expect.any(String) }],
  });
  expect((await call("GET", "/job/8192001?fields=status")).body).toEqual({ job_id: 8192001, status: "Success" });
});

test("jobs are listed, filtered and paged", async () => {
  const { call, run } = await calling({ sessions: [{ id: 1 }, { id: 2 }] });
  await run("POST", "/copysession/1/resume");
  await run("POST", "/copysession/suspend", { copysession_id_list: [1] });
  await call("POST", "/copysession/2/resume");
  expect(ids((await call("GET", "/job")).body)).toEqual([8192001, 8192002, 8192003]);
  expect(ids((await call("GET", "/job?status=success,QUEUED")).body)).toEqual([8192002, 8192003]);
  expect(ids((await call("GET", "/job?job_id=8192003,8192001")).body)).toEqual([8192001, 8192003]);
  const page = (await call("GET", "/job?max_records=1&last_get_id=8192001&fields=status")).body;
  expect(page).toEqual({
    total_count: 3,
    list_count: 1,
    job_list: [{ job_id: 8192002, status: "Success" }],
    next_href: "/api/v1/job?max_records=1&fields=status&last_get_id=8192002",
  });
  for (const query of ["status=Done", "status=Success%2CError", "copysession_id=1", "fields=job_list", "job_id=a"]) {
    expect((await call("GET", `/job?${query}`)).status).toBe(400);
  }
});

test("another user's job does not exist, not even for deleting", async () => {
  const { call, as } = await calling({
    sessions: [{ id: 1 }],
    otherAccounts: [{ username: "other", password: "pw" }],
  });
  const accepted = await call("POST", "/copysession/1/resume");
  const path = `/job/${accepted.body.job_id}`;
  const other = await as("other", "pw");
  expect(await other.call("GET", path)).toMatchObject({ status: 404, body: { error_code: "0110" } });
  expect((await other.call("DELETE", path)).status).toBe(404);
  expect((await other.call("GET", "/job")).body).toEqual({ total_count: 0, list_count: 0, job_list: [] });
  const sameUser = await as("admin", "eternus-password");
  expect((await sameUser.call("GET", path)).status).toBe(200);
});

test("a job is gone 30 minutes after its end, not after its start", async () => {
  const { run, as, clock } = await calling({ sessions: [{ id: 1 }] });
  await run("POST", "/copysession/1/resume");
  clock.advance(30 * minuteMs - 1);
  const { call } = await as("admin", "eternus-password");
  expect((await call("GET", "/job/8192001")).status).toBe(200);
  clock.advance(1);
  expect(await call("GET", "/job/8192001")).toMatchObject({ status: 404, body: { error_code: "0110" } });
});

test("an ended job can be deleted, one that runs cannot", async () => {
  const { call, clock, array } = await calling({ sessions: [{ id: 1 }] });
  await call("POST", "/copysession/1/resume");
  expect(await call("DELETE", "/job/8192001")).toMatchObject({ status: 409, body: { error_code: "0006" } });
  clock.advance(3000);
  expect((await call("DELETE", "/job/8192001")).status).toBe(200);
  expect((await call("DELETE", "/job/8192001")).status).toBe(404);
  expect(array.acts()).toHaveLength(1);
});

test("at 512 registered jobs new calls get 503, until one is deleted", async () => {
  const { call, clock, array } = await calling({ sessions: [{ id: 1 }] });
  for (let count = 0; count < 512; count += 1) await call("POST", "/copysession/1/resume");
  clock.advance(3000);
  const refused = { status: 503, body: { error_code: "0072" } };
  expect(await call("POST", "/copysession/1/suspend")).toMatchObject(refused);
  expect((await call("GET", "/copysession")).status).toBe(200);
  await call("DELETE", "/job/8192001");
  expect((await call("POST", "/copysession/1/suspend")).status).toBe(202);
  expect(array.jobs()).toHaveLength(512);
});

test.each<[FailureShape, unknown]>([
  [
    "flat",
    [
      {
        resource_href: "/api/v1/copysession/0",
        error_code: "5345",
        message: expect.any(String),
        internal_code: "0x00005345",
      },
    ],
  ],
  ["nested", [{ href: "/api/v1/copysession/0", error_info: expect.objectContaining({ error_code: "5345" }) }]],
  ["named", [expect.objectContaining({ copysession_id: 0, copysession_href: "/api/v1/copysession/0" })]],
  ["href", ["/api/v1/copysession/0"]],
  ["absent", undefined],
])("failures come in the shape %s when told so", async (failureShape, expected) => {
  const { run } = await calling({ sessions: [{ id: 0 }], behaviour: { failureShape } });
  const job = await run("POST", "/copysession/0/resume");
  expect([job.status, job.failed_resource_info_list]).toEqual(["Error", expected]);
});

test("error codes come as texts, or as numbers that lose their zeros where they can", async () => {
  const { run, call } = await calling({ sessions: [{ id: 0 }], behaviour: { errorCodeType: "number", loginLimit: 1 } });
  const job = await run("POST", "/copysession/0/resume");
  expect(job.failed_resource_info_list).toEqual([expect.objectContaining({ error_code: 5345 })]);
  expect((await call("GET", "/copysession/9")).body.error_code).toBe(110);
  const login = { user_name: "admin", password: "eternus-password" };
  expect((await call("POST", "/session", login)).body.error_code).toBe("D206");
});
