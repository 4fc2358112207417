import { expect, test } from "vitest";
import { calling } from "./calling.ts";

const failedWith = (code: string) => ({
  status: "Error",
  failed_resource_info_list: [expect.objectContaining({ error_code: code })],
});

test("an operator suspends, resumes, deletes and adds sessions without a job", async () => {
  const { call, array } = await calling({
    sessions: [{ id: 1 }, { id: 2, status: "Suspend", trackedMb: 5 }, { id: 3 }],
  });
  array.operator.suspend(1);
  array.operator.resume(2);
  array.operator.delete(3);
  array.operator.add({ id: 9, phase: "Copying" });
  expect((await call("GET", "/copysession?fields=status,phase")).body.copysession_list).toEqual([
    { copysession_id: 1, status: "Suspend", phase: "Equivalent" },
    { copysession_id: 2, status: "Active", phase: "Copying" },
    { copysession_id: 9, status: "Active", phase: "Copying" },
  ]);
  expect((await call("GET", "/copysession/3")).status).toBe(404);
  expect([array.jobs(), array.acts()]).toEqual([[], []]);
  expect(() => array.operator.delete(3)).toThrow(RangeError);
  expect(() => array.operator.add({ id: 1 })).toThrow(RangeError);
  expect(() => array.operator.suspend(1)).toThrow("copy session 1 cannot be suspended: it is Suspend");
});

test("a session deleted while its job is under way fails in the job", async () => {
  const { call, array, clock } = await calling({ sessions: [{ id: 1 }, { id: 2 }] });
  await call("POST", "/copysession/suspend", { copysession_id_list: [1, 2] });
  clock.advance(500);
  array.operator.delete(2);
  clock.advance(2500);
  expect((await call("GET", "/job/8192001")).body).toMatchObject({
    status: "Partial_Error",
    succeeded_resource_href_list: ["/api/v1/copysession/1"],
    progress_href_list: ["/api/v1/copysession/1"],
    failed_resource_info_list: [expect.objectContaining({ error_code: "0110" })],
  });
});

test("a scripted failure strikes one member once, with any code and text", async () => {
  const { run, array, clock } = await calling({ sessions: [{ id: 1 }, { id: 2 }] });
  array.failNext(2, "suspend", "5327", "buffer transfer is late");
  const body = { copysession_id_list: [1, 2] };
  expect(await run("POST", "/copysession/suspend", body)).toMatchObject({
    status: "Partial_Error",
    succeeded_resource_href_list: ["/api/v1/copysession/1"],
    failed_resource_info_list: [
      {
        resource_href: "/api/v1/copysession/2",
        error_code: "5327",
        message: "buffer transfer is late",
        internal_code: "0x00005327",
      },
    ],
  });
  clock.advance(8000);
  expect(await run("POST", "/copysession/suspend", { copysession_id_list: [2] })).toMatchObject({ status: "Success" });
  clock.advance(8000);
  array.failNext(1, "resume", "0060", "locked");
  expect(await run("POST", "/copysession/1/resume")).toMatchObject(failedWith("0060"));
  expect(await run("POST", "/copysession/1/resume")).toMatchObject({ status: "Success" });
});

test("a halted session collects a backlog, and comes back by forced suspend and resume", async () => {
  const { run, array, clock } = await calling({ sessions: [{ id: 1, writeMbPerSecond: 1, recoveryMode: "Manual" }] });
  array.halt(1);
  clock.advance(10_000);
  expect(array.session(1)).toMatchObject({ status: "Halt", phase: "Equivalent", uncopiedMb: 10 });
  expect(await run("POST", "/copysession/1/resume")).toMatchObject(failedWith("5321"));
  expect(await run("POST", "/copysession/1/suspend")).toMatchObject(failedWith("5323"));
  const job = await run("POST", "/copysession/1/suspend", { force: true });
  expect(job.status).toBe("Success");
  expect(job).not.toHaveProperty("progress_href_list");
  expect(array.session(1)).toMatchObject({ status: "Suspend", phase: "Copying" });
  await run("POST", "/copysession/1/resume");
  clock.advance(1000);
  expect(array.session(1)).toMatchObject({ status: "Active", phase: "Equivalent" });
});

test("a session halted by its path resumes alone when the path is back, if its recovery is automatic", async () => {
  const { run, array, clock } = await calling({
    sessions: [{ id: 1 }, { id: 2, recoveryMode: "Manual" }, { id: 3, status: "Suspend" }],
  });
  for (const id of [1, 2]) array.halt(id, "path");
  array.change(3, { pathLost: true });
  expect(await run("POST", "/copysession/3/resume")).toMatchObject(failedWith("5300"));
  for (const id of [1, 2, 3]) array.recover(id);
  expect(array.sessions().map((session) => session.status)).toEqual(["Active", "Halt", "Suspend"]);
  clock.advance(1000);
  expect(array.session(1)?.phase).toBe("Equivalent");
  expect(await run("POST", "/copysession/3/resume")).toMatchObject({ status: "Success" });
});

test("a suspend can be given up after its job's success", async () => {
  const { run, call, array, clock } = await calling({ sessions: [{ id: 1 }] });
  expect(await run("POST", "/copysession/1/suspend")).toMatchObject({ status: "Success" });
  array.abandonSuspend(1);
  clock.advance(60_000);
  expect((await call("GET", "/copysession/1")).body).toMatchObject({
    status: "Active",
    phase: "Equivalent",
    concurrent_suspend_result: "Error",
  });
});

test("a session that fails or halts during its suspend does not become suspended", async () => {
  const { run, call, array, clock } = await calling({ sessions: [{ id: 1 }, { id: 2 }, { id: 3 }] });
  await run("POST", "/copysession/suspend", { copysession_id_list: [1, 2] });
  array.breakSession(1, { status: "Error_Suspend", copyErrorCode: "ba" });
  array.halt(2);
  clock.advance(60_000);
  expect(array.sessions().map((session) => session.status)).toEqual(["Error_Suspend", "Halt", "Active"]);
  await call("POST", "/copysession/3/suspend");
  clock.advance(1500);
  array.breakSession(3);
  clock.advance(1500);
  expect((await call("GET", "/job/8192002")).body).toMatchObject(failedWith("5321"));
});

test("an id can come to name another pair", async () => {
  const { call, array } = await calling({ sessions: [{ id: 1 }] });
  array.reidentify(1, { remoteVolume: { number: 77 }, remoteSessionId: 5 });
  expect((await call("GET", "/copysession/1")).body).toMatchObject({
    destination_volume_number: 77,
    remote_copysession_id: 5,
    source_volume_number: 1001,
  });
});

test("a disguise shows words and keys nobody knows, until it is taken off", async () => {
  const { call, array } = await calling({ sessions: [{ id: 1 }] });
  array.disguise(1, { status: "Dreaming", new_key: [1] });
  expect((await call("GET", "/copysession/1")).body).toMatchObject({ status: "Dreaming", new_key: [1] });
  array.disguise(1, undefined);
  expect((await call("GET", "/copysession/1")).body.status).toBe("Active");
});

test("a restart forgets logins and jobs; suspends that had begun at the sessions go on", async () => {
  const { run, call, as, array, clock } = await calling({ sessions: [{ id: 1 }, { id: 2, status: "Suspend" }] });
  await run("POST", "/copysession/1/suspend");
  await call("POST", "/copysession/2/resume");
  array.restart();
  expect([array.logins, array.jobs()]).toEqual([0, []]);
  expect((await call("GET", "/copysession")).status).toBe(401);
  clock.advance(8000);
  expect(array.sessions().map((session) => session.status)).toEqual(["Suspend", "Suspend"]);
  const again = await as("admin", "eternus-password");
  expect((await again.call("GET", "/job/8192001")).status).toBe(404);
  expect((await again.call("POST", "/copysession/2/resume")).body.job_id).toBe(8192003);
});

test("reaping takes ended jobs only", async () => {
  const { run, call, array } = await calling({ sessions: [{ id: 1 }] });
  await run("POST", "/copysession/1/resume");
  await call("POST", "/copysession/1/resume");
  array.reapJobs();
  expect(array.jobs().map((job) => job.id)).toEqual([8192002]);
});

test("a canceled job leaves what goes on by itself, and undoes the rest", async () => {
  const { call, array, clock } = await calling({ sessions: [{ id: 1 }, { id: 2, transferMode: "Stack" }] });
  await call("POST", "/copysession/suspend", { copysession_id_list: [1, 2] });
  clock.advance(1500);
  array.operator.cancelJob(8192001);
  expect((await call("GET", "/job/8192001")).body.status).toBe("Canceled");
  clock.advance(60_000);
  expect(array.sessions().map((session) => session.status)).toEqual(["Suspend", "Active"]);
  expect(() => array.operator.cancelJob(8192001)).toThrow(RangeError);
});

test("a job canceled in the queue changes nothing", async () => {
  const { call, array, clock } = await calling({ sessions: [{ id: 1 }] });
  await call("POST", "/copysession/1/suspend");
  array.operator.cancelJob(8192001);
  clock.advance(60_000);
  expect(array.session(1)?.status).toBe("Active");
});

test("anything about a session can be changed, even during its suspend", async () => {
  const { run, array, clock } = await calling({ sessions: [{ id: 1 }] });
  await run("POST", "/copysession/1/suspend");
  array.change(1, { status: "Reserved", phase: "No_Pair" });
  clock.advance(60_000);
  expect(array.session(1)).toMatchObject({ status: "Reserved", phase: "No_Pair", suspending: undefined });
});

test("two sessions cannot have one id", async () => {
  await expect(calling({ sessions: [{ id: 1 }, { id: 1 }] })).rejects.toThrow(RangeError);
});
