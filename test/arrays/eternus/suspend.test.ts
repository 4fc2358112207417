import { expect, test } from "vitest";
import { calling, entries } from "./calling.ts";

const group = (...ids: number[]) => ({ copysession_id_list: ids });
const failed = (id: number, code: string) =>
  expect.objectContaining({ resource_href: `/api/v1/copysession/${id}`, error_code: code });
const state = ({ status, phase }: { status: string; phase: string }) => `${status}/${phase}`;

test("a suspend is registered as a job, which is queued, runs and succeeds", async () => {
  const { call, clock } = await calling({ sessions: [{ id: 1, transferMode: "Stack" }] });
  const accepted = await call("POST", "/copysession/suspend", group(1));
  expect(accepted).toMatchObject({ status: 202, body: { job_id: 8192001, job_href: "/api/v1/job/8192001" } });
  const status = async () => (await call("GET", "/job/8192001")).body.status;
  expect(await status()).toBe("Queued");
  clock.advance(999);
  expect(await status()).toBe("Queued");
  clock.advance(1);
  expect(await status()).toBe("Running");
  clock.advance(2000);
  expect(await status()).toBe("Success");
});

test("a Stack suspend ends with its job", async () => {
  const { run, call, array } = await calling({ sessions: [{ id: 0, transferMode: "Stack" }] });
  const job = await run("POST", "/copysession/suspend", group(0));
  expect(job).toMatchObject({ status: "Success", resource_href_list: ["/api/v1/copysession/0"] });
  expect(job).not.toHaveProperty("progress_href_list");
  expect((await call("GET", "/copysession/0")).body).toMatchObject({ status: "Suspend", phase: "Equivalent" });
  expect(array.session(0)?.status).toBe("Suspend");
});

test.each(["Synchronous", "Consistency"] as const)("a %s suspend outlives its job", async (transferMode) => {
  const { run, call, clock } = await calling({ sessions: [{ id: 0, transferMode }] });
  const job = await run("POST", "/copysession/suspend", group(0));
  expect(job).toMatchObject({ status: "Success", progress_href_list: ["/api/v1/copysession/0"] });
  const seen = async () => (await call("GET", "/copysession/0")).body;
  const running = { status: "Active", phase: "Equivalent", concurrent_suspend_result: "Running" };
  expect(await seen()).toMatchObject({ ...running, remain_time_to_finish_suspend: 8 });
  clock.advance(5500);
  expect(await seen()).toMatchObject({ ...running, remain_time_to_finish_suspend: 3 });
  clock.advance(2499);
  expect(await seen()).toMatchObject({ ...running, remain_time_to_finish_suspend: 1 });
  clock.advance(1);
  expect(await seen()).toMatchObject({ status: "Suspend", phase: "Equivalent", concurrent_suspend_result: "Success" });
  expect(await seen()).not.toHaveProperty("remain_time_to_finish_suspend");
});

test("a job of all modes names in progress_href_list only those that go on", async () => {
  const { run, array, clock } = await calling({
    sessions: [
      { id: 1, transferMode: "Synchronous" },
      { id: 2, transferMode: "Stack" },
      { id: 3, transferMode: "Consistency" },
    ],
  });
  const job = await run("POST", "/copysession/suspend", group(3, 1, 2));
  expect(job.progress_href_list).toEqual(["/api/v1/copysession/3", "/api/v1/copysession/1"]);
  expect(array.sessions().map(state)).toEqual(["Active/Equivalent", "Suspend/Equivalent", "Active/Equivalent"]);
  clock.advance(8000);
  expect(array.sessions().map(state)).toEqual(Array(3).fill("Suspend/Equivalent"));
});

test("64 sessions of all modes are suspended by one call", async () => {
  const modes = ["Synchronous", "Stack", "Consistency"] as const;
  const sessions = Array.from({ length: 64 }, (_, id) => ({ id, transferMode: modes[id % 3] ?? "Stack" }));
  const { run, array, clock } = await calling({ sessions });
  expect(await run("POST", "/copysession/suspend", group(...sessions.map(({ id }) => id)))).toMatchObject({
    status: "Success",
  });
  clock.advance(8000);
  expect(array.sessions().every((session) => session.status === "Suspend")).toBe(true);
  expect(array.acts()).toHaveLength(1);
});

test("without force a session that is not equivalent is refused inside the job, and stays as it is", async () => {
  const { run, array } = await calling({ sessions: [{ id: 1, phase: "Copying", rateMbPerSecond: 1 }] });
  const job = await run("POST", "/copysession/suspend", group(1));
  expect(job).toMatchObject({ status: "Error", failed_resource_info_list: [failed(1, "5201")] });
  expect(job).not.toHaveProperty("succeeded_resource_href_list");
  expect(array.session(1)).toMatchObject({ status: "Active", phase: "Copying" });
});

test("a forced suspend with data left ends in Suspend/Copying, with what is left still left", async () => {
  const { run, call, clock } = await calling({
    sessions: [{ id: 1, phase: "Copying", totalMb: 1000, rateMbPerSecond: 10 }],
  });
  expect(await run("POST", "/copysession/suspend", { ...group(1), force: true })).toMatchObject({ status: "Success" });
  clock.advance(8000);
  const suspended = { status: "Suspend", phase: "Copying", uncopied_data_size: 890, progress: 11 };
  expect((await call("GET", "/copysession/1")).body).toMatchObject(suspended);
  clock.advance(60_000);
  expect((await call("GET", "/copysession/1")).body).toMatchObject({ ...suspended, tracking_data_size: 60 });
});

test("a forced suspend of a copy that finishes meanwhile ends clean", async () => {
  const { run, array, clock } = await calling({ sessions: [{ id: 1, phase: "Copying", totalMb: 500 }] });
  await run("POST", "/copysession/suspend", { ...group(1), force: true });
  clock.advance(8000);
  expect(array.session(1)).toMatchObject({ status: "Suspend", phase: "Equivalent", uncopiedMb: 0 });
});

test("some failures make Partial_Error, which names who succeeded and who failed and why", async () => {
  const { run, array } = await calling({
    sessions: [
      { id: 0, transferMode: "Stack" },
      { id: 1, status: "Suspend" },
      { id: 2, status: "Error" },
      { id: 3, transferMode: "Through" },
      { id: 4, type: "EC" },
      { id: 5, transferMode: "Stack", phase: "Copying", rateMbPerSecond: 0 },
      { id: 6, status: "Error_Suspend" },
      { id: 7, status: "Halt" },
    ],
  });
  const job = await run("POST", "/copysession/suspend", group(0, 1, 2, 3, 4, 5, 6, 7));
  expect(job).toMatchObject({
    status: "Partial_Error",
    succeeded_resource_href_list: ["/api/v1/copysession/0"],
    failed_resource_info_list: [
      failed(1, "5344"),
      failed(2, "5321"),
      failed(3, "5321"),
      failed(4, "0019"),
      failed(5, "5201"),
      failed(6, "5319"),
      failed(7, "5323"),
    ],
  });
  expect(entries(job, "operation_list").map((one) => one.result)).toEqual(["Succeeded", ...Array(7).fill("Failed")]);
  expect(array.session(0)?.status).toBe("Suspend");
});

test("the judgement is the job's: what becomes equivalent before it starts is suspended", async () => {
  const { run } = await calling({ sessions: [{ id: 1, phase: "Copying", totalMb: 100 }] });
  expect(await run("POST", "/copysession/suspend", group(1))).toMatchObject({ status: "Success" });
});

test("while a group suspend is under way another is refused with 5322, and its own members with 5344", async () => {
  const { run, clock, array } = await calling({ sessions: [{ id: 1 }, { id: 2 }, { id: 3 }] });
  await run("POST", "/copysession/suspend", group(1, 2));
  const second = await run("POST", "/copysession/suspend", group(2, 3));
  expect(second).toMatchObject({ status: "Error", failed_resource_info_list: [failed(2, "5344"), failed(3, "5322")] });
  expect(await run("POST", "/copysession/1/resume")).toMatchObject({
    status: "Error",
    failed_resource_info_list: [failed(1, "5322")],
  });
  clock.advance(8000);
  expect(await run("POST", "/copysession/suspend", group(3))).toMatchObject({ status: "Success" });
  clock.advance(8000);
  expect(array.sessions().map((session) => session.status)).toEqual(["Suspend", "Suspend", "Suspend"]);
});

test("a single suspend takes an optional force, and does not stand in the way of others", async () => {
  const { run, clock, array } = await calling({
    sessions: [{ id: 0 }, { id: 1 }, { id: 2, phase: "Copying", rateMbPerSecond: 1 }],
  });
  expect(await run("POST", "/copysession/0/suspend")).toMatchObject({
    status: "Success",
    progress_href_list: ["/api/v1/copysession/0"],
  });
  expect(await run("POST", "/copysession/1/suspend", {})).toMatchObject({ status: "Success" });
  expect(await run("POST", "/copysession/2/suspend", { force: false })).toMatchObject({ status: "Error" });
  expect(await run("POST", "/copysession/2/suspend", { force: true })).toMatchObject({ status: "Success" });
  clock.advance(8000);
  expect(array.sessions().map((session) => session.status)).toEqual(["Suspend", "Suspend", "Suspend"]);
});

test.each([
  [undefined, "0004"],
  [{}, "0004"],
  [{ copysession_id_list: [] }, "0004"],
  [{ copysession_id_list: 1 }, "0001"],
  [{ copysession_id_list: ["1"] }, "0001"],
  [{ copysession_id_list: [1.5] }, "0001"],
  [{ copysession_id_list: [-1] }, "0002"],
  [{ copysession_id_list: [1, 1] }, "0019"],
  [{ copysession_id_list: [1, 2, 3, 4] }, "0003"],
  [{ copysession_id_list: [1], force: "true" }, "0001"],
  [{ copysession_id_list: [1], Force: true }, "0001"],
  [{ copysession_id_list: [1], force: null }, "0001"],
  [{ copysession_id_list: [1, 9] }, "0110"],
  [[1], "0001"],
])("a group suspend with body %j is refused as a whole with %s", async (body, code) => {
  const { call, array } = await calling({ sessions: [{ id: 1 }], behaviour: { groupSize: 3 } });
  expect(await call("POST", "/copysession/suspend", body)).toMatchObject({ status: 400, body: { error_code: code } });
  expect(array.jobs()).toEqual([]);
  expect(array.acts()).toMatchObject([{ path: "/api/v1/copysession/suspend", jobId: undefined }]);
});

test("firmware may judge the state at once, with 409", async () => {
  const { call, array } = await calling({
    sessions: [{ id: 1 }, { id: 2, status: "Suspend" }],
    behaviour: { stateJudgedBy: "request" },
  });
  const refused = { status: 409, body: { error_code: "5344" } };
  expect(await call("POST", "/copysession/suspend", group(1, 2))).toMatchObject(refused);
  expect(array.jobs()).toEqual([]);
  expect((await call("POST", "/copysession/suspend", group(1))).status).toBe(202);
});
