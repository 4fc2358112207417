import { expect, test } from "vitest";
import { calling } from "./calling.ts";

const failedWith = (code: string) => ({
  status: "Error",
  failed_resource_info_list: [expect.objectContaining({ error_code: code })],
});

test("a resume's job succeeds when copying has restarted; the tracked difference is then copied", async () => {
  const { run, call, clock } = await calling({
    sessions: [{ id: 0, status: "Suspend", totalMb: 1000, writeMbPerSecond: 2, rateMbPerSecond: 10 }],
  });
  clock.advance(47_000);
  const seen = async () => (await call("GET", "/copysession/0")).body;
  expect(await seen()).toMatchObject({ status: "Suspend", phase: "Equivalent", tracking_data_size: 94 });
  const job = await run("POST", "/copysession/0/resume");
  expect(job).toMatchObject({ status: "Success", resource_href_list: ["/api/v1/copysession/0"] });
  expect(job).not.toHaveProperty("progress_href_list");
  expect(await seen()).toMatchObject({ status: "Active", phase: "Copying", uncopied_data_size: 100, progress: 90 });
  expect(await seen()).not.toHaveProperty("tracking_data_size");
  clock.advance(9_999);
  expect(await seen()).toMatchObject({ phase: "Copying", uncopied_data_size: 1, progress: 99 });
  clock.advance(1);
  expect(await seen()).toMatchObject({ phase: "Equivalent", uncopied_data_size: 0, progress: 100 });
});

test("after a forced suspend the resume copies what was left as well as what was written", async () => {
  const { run, array, clock } = await calling({
    sessions: [{ id: 1, status: "Suspend", phase: "Copying", uncopiedMb: 300, trackedMb: 50, writeMbPerSecond: 0 }],
  });
  await run("POST", "/copysession/1/resume");
  expect(array.session(1)).toMatchObject({ status: "Active", phase: "Copying", uncopiedMb: 350, trackedMb: 0 });
  clock.advance(3500);
  expect(array.session(1)).toMatchObject({ phase: "Equivalent", uncopiedMb: 0 });
});

test("tracking never grows beyond the size of the pair", async () => {
  const { array, clock } = await calling({ sessions: [{ id: 1, status: "Suspend", totalMb: 10 }] });
  clock.advance(3_600_000);
  expect(array.session(1)?.trackedMb).toBe(10);
});

test("an initial copy becomes equivalent after size by rate, in one step or many", async () => {
  const sessions = [{ id: 1, phase: "Copying", totalMb: 100, rateMbPerSecond: 10 }] as const;
  const [once, often] = [await calling({ sessions }), await calling({ sessions })];
  once.clock.advance(9_999);
  for (let step = 0; step < 9_999; step += 99) {
    often.clock.advance(99);
    often.array.sessions();
  }
  expect(once.array.session(1)?.phase).toBe("Copying");
  expect(often.array.session(1)).toEqual({ ...once.array.session(1), uncopiedMb: expect.closeTo(0.01, 6) });
  for (const { clock, array } of [once, often]) {
    clock.advance(1);
    expect(array.session(1)?.phase).toBe("Equivalent");
  }
});

test("a pair that never becomes equivalent stays in Copying with nothing left", async () => {
  const { call, clock } = await calling({
    sessions: [{ id: 1, transferMode: "Stack", phase: "Copying", becomesEquivalent: false }],
  });
  clock.advance(60_000);
  expect((await call("GET", "/copysession/1")).body).toMatchObject({ phase: "Copying", uncopied_data_size: 0 });
});

test.each([
  [{ status: "Active" }, "5345"],
  [{ status: "Error" }, "5321"],
  [{ status: "Error_Suspend" }, "5319"],
  [{ status: "Halt" }, "5321"],
  [{ status: "Reserved" }, "5321"],
  [{ status: "Suspend", type: "EC" }, "0019"],
  [{ status: "Suspend", pathLost: true }, "5300"],
] as const)("the resume of a session %j fails in its job with %s", async (seed, code) => {
  const { run, array } = await calling({ sessions: [{ id: 1, ...seed }] });
  expect(await run("POST", "/copysession/1/resume")).toMatchObject(failedWith(code));
  expect(array.session(1)?.status).toBe(seed.status);
});

test("two resumes of one session at the same time: the second fails with 5345", async () => {
  const { call, clock } = await calling({ sessions: [{ id: 1, status: "Suspend" }] });
  await call("POST", "/copysession/1/resume");
  await call("POST", "/copysession/1/resume");
  clock.advance(3000);
  expect((await call("GET", "/job/8192001")).body).toMatchObject({ status: "Success" });
  expect((await call("GET", "/job/8192002")).body).toMatchObject(failedWith("5345"));
});

test("a resume has no body, no group form, and needs an id that exists", async () => {
  const { call } = await calling({ sessions: [{ id: 1, status: "Suspend" }] });
  expect((await call("POST", "/copysession/1/resume", {})).status).toBe(400);
  expect((await call("POST", "/copysession/resume", { copysession_id_list: [1] })).status).toBe(404);
  expect((await call("POST", "/copysession/2/resume")).status).toBe(404);
  expect((await call("POST", "/copysession/01/resume")).status).toBe(400);
});
