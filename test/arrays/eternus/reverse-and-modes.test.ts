import { expect, test } from "vitest";
import { calling } from "./calling.ts";

const failedWith = (code: string) => ({
  status: "Error",
  failed_resource_info_list: [expect.objectContaining({ error_code: code })],
});

test("a reverse swaps source and destination and copies nothing until the resume", async () => {
  const { run, call, clock } = await calling({
    sessions: [{ id: 0, status: "Suspend", localVolume: { number: 1, name: "erp" }, remoteVolume: { number: 2 } }],
  });
  const seen = async () => (await call("GET", "/copysession/0")).body;
  expect(await seen()).toMatchObject({
    is_local_source_volume: true,
    source_volume_name: "erp",
    destination_volume_number: 2,
  });
  expect(await run("POST", "/copysession/0/reverse")).toMatchObject({ status: "Success" });
  const reversed = await seen();
  expect(reversed).toMatchObject({
    status: "Suspend",
    is_local_source_volume: false,
    source_volume_number: 2,
    destination_volume_number: 1,
    destination_volume_name: "erp",
    destination_volume_href: "/api/v1/volume/100001",
  });
  expect(reversed).not.toHaveProperty("source_volume_name");
  await run("POST", "/copysession/0/resume");
  expect(await seen()).toMatchObject({ status: "Active", phase: "Copying" });
  clock.advance(10_000);
  expect(await seen()).toMatchObject({ status: "Active", phase: "Equivalent", is_local_source_volume: false });
});

test("a second reverse turns back", async () => {
  const { run, array } = await calling({ sessions: [{ id: 1, status: "Suspend" }] });
  await run("POST", "/copysession/1/reverse");
  await run("POST", "/copysession/1/reverse");
  expect(array.session(1)?.isLocalSource).toBe(true);
});

test("a reverse needs a suspended session, and a Consistency session buffers for the new direction", async () => {
  const { run, call } = await calling({
    sessions: [{ id: 1 }, { id: 2, status: "Suspend", transferMode: "Consistency" }],
    behaviour: { reverseBuffers: false },
  });
  expect(await run("POST", "/copysession/1/reverse")).toMatchObject(failedWith("5321"));
  expect(await run("POST", "/copysession/2/reverse")).toMatchObject(failedWith("5348"));
  expect((await call("POST", "/copysession/2/reverse", {})).status).toBe(400);
  expect((await call("POST", "/copysession/9/reverse")).status).toBe(404);
});

test("modes change on suspended sessions; leaving Synchronous makes the split mode Manual for good", async () => {
  const { run, array } = await calling({ sessions: [{ id: 1, status: "Suspend", splitMode: "Automatic" }] });
  const modes = () => {
    const { transferMode, splitMode, recoveryMode } = array.session(1) ?? {};
    return [transferMode, splitMode, recoveryMode];
  };
  await run("PATCH", "/copysession/1", { recovery_mode: "Manual" });
  expect(modes()).toEqual(["Synchronous", "Automatic", "Manual"]);
  await run("PATCH", "/copysession/1", { transfer_mode: "Stack" });
  expect(modes()).toEqual(["Stack", "Manual", "Manual"]);
  await run("PATCH", "/copysession/1", { transfer_mode: "Synchronous" });
  expect(modes()).toEqual(["Synchronous", "Manual", "Manual"]);
  await run("PATCH", "/copysession/1", { split_mode: "Automatic" });
  expect(modes()).toEqual(["Synchronous", "Automatic", "Manual"]);
});

test("modes of an active session cannot be changed", async () => {
  const { run, array } = await calling({ sessions: [{ id: 1 }] });
  expect(await run("PATCH", "/copysession/1", { transfer_mode: "Stack" })).toMatchObject(failedWith("5321"));
  expect(array.session(1)?.transferMode).toBe("Synchronous");
});

test.each([
  [undefined, "0004"],
  [{}, "0019"],
  [{ transfer_mode: "Through" }, "0001"],
  [{ transfer_mode: "synchronous" }, "0001"],
  [{ mode: "Stack" }, "0001"],
  [{ recovery_mode: true }, "0001"],
  [{ transfer_mode: "Stack", split_mode: "Manual" }, "0005"],
])("the mode change %j is refused with %s", async (body, code) => {
  const { call } = await calling({ sessions: [{ id: 1, status: "Suspend" }] });
  expect(await call("PATCH", "/copysession/1", body)).toMatchObject({ status: 400, body: { error_code: code } });
});

test("split mode is refused while the session is not Synchronous, unless it becomes so", async () => {
  const { call } = await calling({ sessions: [{ id: 1, status: "Suspend", transferMode: "Stack" }] });
  expect((await call("PATCH", "/copysession/1", { split_mode: "Manual" })).status).toBe(400);
  const both = { transfer_mode: "Synchronous", split_mode: "Automatic" };
  expect((await call("PATCH", "/copysession/1", both)).status).toBe(202);
});
