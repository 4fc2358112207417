import { expect, test } from "vitest";
import { type Caller, startedArray } from "./calling.ts";
import type { ImportSessionInstance } from "./session-instance.ts";

const remote = { remote_system_id: "name:old-unity" };
const volume = { ...remote, name: "erp", source_resource_id: "sv_42", type: "Non_Disruptive" } as const;
const agentless = { ...remote, name: "crm", source_resource_id: "sv_44", type: "Agentless" } as const;

/** 200 GiB at 1 GiB a second: 200 s of copying, which begin after 2 + 20 + 10 + 5 s. */
const rate = 1024 ** 3;
const copyBeginsMs = 37_000;

async function state(call: Caller, name: string): Promise<unknown> {
  const { body } = await call("GET", `/import_session/name:${name}?select=state`);
  return body;
}

test("a non-disruptive import goes to Ready_For_Cutover by itself, and to the end after the cutover", async () => {
  const { clock, call } = await startedArray({ bytesPerSecond: rate });
  await call("POST", "/import_session", volume);
  const seen: unknown[] = [];
  for (const ms of [0, 2_000, 20_000, 10_000, 5_000, 200_000, 86_400_000]) {
    clock.advance(ms);
    seen.push(await state(call, "erp"));
  }
  expect(seen).toEqual(
    [
      "Queued",
      "In_Progress",
      "Mirror_Enabled",
      "Ready_To_Start_Copy",
      "Copy_In_Progress",
      "Ready_For_Cutover",
      "Ready_For_Cutover",
    ].map((word) => ({ state: word })),
  );
  expect(await call("POST", "/import_session/name:erp/cutover")).toMatchObject({ status: 204, body: undefined });
  expect(await state(call, "erp")).toEqual({ state: "Cutover_In_Progress" });
  clock.advance(30_000);
  expect(await state(call, "erp")).toEqual({ state: "Import_Completed" });
});

test("an agentless import waits at both gates, and is complete at once after the cutover", async () => {
  const { clock, call } = await startedArray();
  await call("POST", "/import_session", agentless);
  clock.advance(86_400_000);
  expect(await state(call, "crm")).toEqual({ state: "Mirror_Enabled" });
  expect((await call("POST", "/import_session/name:crm/start_copy")).status).toBe(422);
  expect((await call("POST", "/import_session/name:crm/enable_destination_volume", {})).status).toBe(204);
  clock.advance(86_400_000);
  expect(await state(call, "crm")).toEqual({ state: "Ready_To_Start_Copy" });
  expect((await call("POST", "/import_session/name:crm/enable_destination_volume")).status).toBe(422);
  expect((await call("POST", "/import_session/name:crm/start_copy")).status).toBe(204);
  expect(await state(call, "crm")).toEqual({ state: "Copy_In_Progress" });
  clock.advance(86_400_000);
  expect(await state(call, "crm")).toEqual({ state: "Ready_For_Cutover" });
  await call("POST", "/import_session/name:crm/cutover");
  expect(await state(call, "crm")).toEqual({ state: "Import_Completed" });
});

test("a copy tells its progress, its rate and when it will be done", async () => {
  const { array, clock, call } = await startedArray({ bytesPerSecond: rate });
  await call("POST", "/import_session", volume);
  const now = () => new Date(clock.nowMs()).toISOString().replace("Z", "+00:00");
  const beganMs = clock.nowMs() + copyBeginsMs;
  const end = new Date(beganMs + 200_000).toISOString().replace("Z", "+00:00");
  clock.advance(copyBeginsMs - 1);
  expect(array.session("name:erp")).toMatchObject({
    progress_percentage: 0,
    estimated_completion_timestamp: null,
    current_transfer_rate: null,
    average_transfer_rate: null,
  });
  clock.advance(1 + 51_500);
  expect(array.session("name:erp")).toMatchObject({
    progress_percentage: 25,
    estimated_completion_timestamp: end,
    current_transfer_rate: rate,
    average_transfer_rate: rate,
    last_update_timestamp: now(),
  });
  clock.advance(148_499);
  expect(array.session("name:erp")).toMatchObject({ state: "Copy_In_Progress", progress_percentage: 99 });
  clock.advance(1);
  expect(array.session("name:erp")).toMatchObject({
    state: "Ready_For_Cutover",
    progress_percentage: 100,
    current_transfer_rate: null,
    last_update_timestamp: end,
  });
  await call("POST", "/import_session/name:erp/cutover");
  clock.advance(30_000);
  expect(array.session("name:erp")).toMatchObject({ state: "Import_Completed", progress_percentage: null });
});

test("the destination exists once the import is set up", async () => {
  const { array, clock, call } = await startedArray();
  await call("POST", "/import_session", volume);
  clock.advance(21_999);
  expect(array.session("name:erp")).toMatchObject({
    destination_resource_id: null,
    destination_resource_type: "volume",
  });
  clock.advance(1);
  expect(array.session("name:erp").destination_resource_id).toMatch(/^vol-/);
});

test("a paused copy stands still and goes on where it was", async () => {
  const { array, clock, call } = await startedArray({ bytesPerSecond: rate });
  await call("POST", "/import_session", volume);
  clock.advance(copyBeginsMs + 50_000);
  expect((await call("POST", "/import_session/name:erp/pause")).status).toBe(204);
  clock.advance(86_400_000);
  expect(array.session("name:erp")).toMatchObject({
    state: "Paused",
    progress_percentage: 25,
    current_transfer_rate: null,
    estimated_completion_timestamp: null,
  });
  expect((await call("POST", "/import_session/name:erp/pause")).status).toBe(422);
  expect((await call("POST", "/import_session/name:erp/resume")).status).toBe(204);
  clock.advance(149_999);
  expect(array.session("name:erp")).toMatchObject({
    state: "Copy_In_Progress",
    average_transfer_rate: expect.any(Number),
  });
  clock.advance(1);
  expect(array.session("name:erp").state).toBe("Ready_For_Cutover");
});

test("a copy can be slowed down and stalled", async () => {
  const { array, clock, call } = await startedArray({ bytesPerSecond: rate });
  await call("POST", "/import_session", volume);
  clock.advance(copyBeginsMs + 50_000);
  array.setRate("name:erp", 0);
  clock.advance(50_000);
  expect(array.session("name:erp")).toMatchObject({
    state: "Copy_In_Progress",
    progress_percentage: 25,
    current_transfer_rate: 0,
    average_transfer_rate: rate / 2,
    estimated_completion_timestamp: null,
  });
  array.setRate("name:erp", rate * 3);
  clock.advance(50_000);
  expect(array.session("name:erp").state).toBe("Ready_For_Cutover");
});

test("an automatic cutover follows the copy by itself", async () => {
  const { array, clock, call } = await startedArray({ bytesPerSecond: rate });
  await call("POST", "/import_session", { ...volume, automatic_cutover: true });
  clock.advance(copyBeginsMs + 200_000);
  expect(array.session("name:erp")).toMatchObject({ state: "Cutover_In_Progress", automatic_cutover: true });
  clock.advance(30_000);
  expect(array.session("name:erp").state).toBe("Import_Completed");
});

test("a scheduled import is queued at its time, which can be moved as long as it waits", async () => {
  const { array, call, clock } = await startedArray();
  await call("POST", "/import_session", { ...volume, scheduled_timestamp: "2030-01-01T02:00:00+01:00" });
  expect(array.session("name:erp")).toMatchObject({
    state: "Scheduled",
    scheduled_timestamp: "2030-01-01T01:00:00.000+00:00",
  });
  const move = (body: unknown) => call("PATCH", "/import_session/name:erp", body);
  expect((await move({ scheduled_timestamp: "2030-01-01T03:00:00Z" })).status).toBe(204);
  expect((await move({})).status).toBe(204);
  expect((await move({ scheduled_timestamp: "2029-01-01T03:00:00Z" })).status).toBe(422);
  expect((await move({ scheduled_timestamp: "later" })).status).toBe(400);
  expect((await move({ name: "other" })).status).toBe(400);
  expect((await move(undefined)).status).toBe(400);
  clock.advance(3 * 3_600_000 - 1);
  expect(array.session("name:erp").state).toBe("Scheduled");
  clock.advance(1);
  expect(array.session("name:erp").state).toBe("Queued");
  expect((await move({ scheduled_timestamp: "2030-01-02T00:00:00Z" })).status).toBe(422);
});

test("beyond the number of active imports the others queue, first come, first served", async () => {
  const volumes = ["a", "b", "c", "d"].map((name, index) => ({
    id: `sv_${name}`,
    name,
    remoteSystemId: "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a01",
    wwn: `naa.${name}`,
    sizeBytes: (index + 1) * 100 * rate,
  }));
  const { array, clock, call } = await startedArray({
    sources: { volumes },
    bytesPerSecond: rate,
    maxActiveImports: 2,
  });
  for (const { id, name } of volumes)
    await call("POST", "/import_session", { ...volume, name, source_resource_id: id });
  const states = () => array.sessions().map(({ state: word }) => word);
  clock.advance(copyBeginsMs);
  expect(states()).toEqual(["Copy_In_Progress", "Copy_In_Progress", "Queued", "Queued"]);
  clock.advance(100_000);
  expect(states()).toEqual(["Ready_For_Cutover", "Copy_In_Progress", "In_Progress", "Queued"]);
  array.operator.cancel("name:b");
  clock.advance(20_000);
  expect(states()).toEqual(["Ready_For_Cutover", "Cancelled", "Mirror_Enabled", "In_Progress"]);
});

test("many hours at once come out the same as step by step", async () => {
  const run = async (steps: readonly number[]): Promise<readonly ImportSessionInstance[]> => {
    const { array, clock, call } = await startedArray({ bytesPerSecond: rate, maxActiveImports: 1 });
    await call("POST", "/import_session", { ...volume, automatic_cutover: true });
    await call("POST", "/import_session", { ...volume, name: "log", source_resource_id: "sv_43" });
    await call("POST", "/import_session", { ...volume, name: "mes", source_resource_id: "res_7" });
    for (const ms of steps) {
      clock.advance(ms);
      array.sessions();
    }
    return array.sessions();
  };
  expect(await run([600_000])).toEqual(await run(Array.from({ length: 600 }, () => 1000)));
});

test("an action may take effect only after a lag, and others are refused until then", async () => {
  const { array, clock, call } = await startedArray({ timings: { actionLagMs: 3_000 } });
  await call("POST", "/import_session", agentless);
  clock.advance(60_000);
  expect((await call("POST", "/import_session/name:crm/enable_destination_volume")).status).toBe(204);
  expect(array.session("name:crm").state).toBe("Mirror_Enabled");
  expect((await call("POST", "/import_session/name:crm/enable_destination_volume")).status).toBe(422);
  clock.advance(3_000);
  expect(array.session("name:crm").state).toBe("Ready_To_Start_Copy");
});
