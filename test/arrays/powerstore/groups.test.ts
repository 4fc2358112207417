import { expect, test } from "vitest";
import { type Caller, startedArray } from "./calling.ts";
import type { PowerStoreOptions, SimulatedPowerStore } from "./power-store.ts";

/** `mes` has members of 60 and 20 GiB, `web` of 40 and 10 GiB, all copied at 1 GiB a second. */
const group = { name: "mes", remote_system_id: "name:old-unity", source_resource_id: "res_7", type: "Non_Disruptive" };
const agentless = { ...group, name: "web", source_resource_id: "res_8", type: "Agentless" };
const copyBeginsMs = 37_000;

async function startedGroup(body: object, options: PowerStoreOptions = {}) {
  const started = await startedArray({ bytesPerSecond: 1024 ** 3, ...options });
  await started.call("POST", "/import_session", body);
  const [first = "", second = ""] = started.array
    .sessions()
    .flatMap(({ id, parent_session_id }) => (parent_session_id === null ? [] : [id]));
  return { ...started, first, second, states: () => started.array.sessions().map(({ state }) => state) };
}

async function ready(body: object, options: PowerStoreOptions = {}) {
  const started = await startedGroup(body, options);
  started.clock.advance(copyBeginsMs);
  await passGates(started.call, started.array);
  started.clock.advance(60_000);
  return started;
}

async function passGates(call: Caller, array: SimulatedPowerStore): Promise<void> {
  for (const action of ["enable_destination_volume", "start_copy"]) {
    for (const { id, parent_session_id, type } of array.sessions()) {
      if (parent_session_id === null || type !== "Agentless") continue;
      expect((await call("POST", `/import_session/${id}/${action}`)).status).toBe(204);
    }
  }
}

test("a group is one session and one more for each member", async () => {
  const { array, call } = await startedGroup({ ...group, description: "all of it" });
  const id = array.session("name:mes").id;
  const { body } = await call(
    "GET",
    "/import_session?select=parent_session_id,source_resource_id,destination_resource_type,type",
  );
  const member = { parent_session_id: id, destination_resource_type: "volume", type: "Non_Disruptive" };
  expect(body).toEqual([
    {
      parent_session_id: null,
      source_resource_id: "res_7",
      destination_resource_type: "volume_group",
      type: "Non_Disruptive",
    },
    { ...member, source_resource_id: "sv_51" },
    { ...member, source_resource_id: "sv_52" },
  ]);
  expect((await call("GET", "/import_session?parent_session_id=is.null")).body).toEqual([{ id }]);
});

test("a group is In_Progress from its first member's start until the last one has been copied", async () => {
  const { array, clock, states } = await startedGroup(group);
  expect(states()).toEqual(["Queued", "Queued", "Queued"]);
  clock.advance(2_000);
  expect(states()).toEqual(["In_Progress", "In_Progress", "In_Progress"]);
  clock.advance(copyBeginsMs - 2_000 + 20_000);
  expect(states()).toEqual(["In_Progress", "Copy_In_Progress", "Ready_For_Cutover"]);
  expect(array.session("name:mes")).toMatchObject({
    progress_percentage: 50,
    current_transfer_rate: null,
    destination_resource_id: expect.stringMatching(/^vg-/),
    estimated_completion_timestamp: array.sessions()[1]?.estimated_completion_timestamp,
  });
  clock.advance(40_000);
  expect(states()).toEqual(["Ready_For_Cutover", "Ready_For_Cutover", "Ready_For_Cutover"]);
});

test("a group whose members wait for a slot is In_Progress all the same", async () => {
  const { clock, states } = await startedGroup(group, { maxActiveImports: 1 });
  clock.advance(copyBeginsMs);
  expect(states()).toEqual(["In_Progress", "Copy_In_Progress", "Queued"]);
});

test("the members of an agentless group pass the gates one by one, and the group itself has none", async () => {
  const { array, call, clock, first, second, states } = await startedGroup(agentless);
  clock.advance(86_400_000);
  expect(states()).toEqual(["In_Progress", "Mirror_Enabled", "Mirror_Enabled"]);
  expect((await call("POST", "/import_session/name:web/enable_destination_volume")).status).toBe(422);
  await call("POST", `/import_session/${first}/enable_destination_volume`);
  expect(states()).toEqual(["In_Progress", "Ready_To_Start_Copy", "Mirror_Enabled"]);
  await call("POST", `/import_session/${first}/start_copy`);
  await call("POST", `/import_session/${second}/enable_destination_volume`);
  clock.advance(86_400_000);
  expect(states()).toEqual(["In_Progress", "Ready_For_Cutover", "Ready_To_Start_Copy"]);
  await call("POST", `/import_session/${second}/start_copy`);
  clock.advance(10_000);
  expect(array.session("name:web").state).toBe("Ready_For_Cutover");
});

test("a group's cutover takes its members one after another", async () => {
  const { call, clock, states } = await ready(group);
  expect((await call("POST", "/import_session/name:mes/cutover")).status).toBe(204);
  expect(states()).toEqual(["Cutover_In_Progress", "Cutover_In_Progress", "Cutover_In_Progress"]);
  clock.advance(30_000);
  expect(states()).toEqual(["Cutover_In_Progress", "Import_Completed", "Cutover_In_Progress"]);
  clock.advance(30_000);
  expect(states()).toEqual(["Import_Completed", "Import_Completed", "Import_Completed"]);
});

test("an agentless group is cut over like any group", async () => {
  const { call, clock, states } = await ready(agentless);
  await call("POST", "/import_session/name:web/cutover");
  expect(states()).toEqual(["Cutover_In_Progress", "Cutover_In_Progress", "Cutover_In_Progress"]);
  clock.advance(60_000);
  expect(states()).toEqual(["Import_Completed", "Import_Completed", "Import_Completed"]);
});

test("an automatic cutover begins when the last member is ready", async () => {
  const { clock, states } = await ready({ ...group, automatic_cutover: true });
  expect(states()).toEqual(["Cutover_In_Progress", "Cutover_In_Progress", "Cutover_In_Progress"]);
  clock.advance(60_000);
  expect(states()).toEqual(["Import_Completed", "Import_Completed", "Import_Completed"]);
});

test("a member that cannot be cut over leaves the group incomplete, and the cutover can be tried again", async () => {
  const { array, call, clock, second, states } = await ready(group);
  array.setConditions(second, { cutover: "incomplete" });
  await call("POST", "/import_session/name:mes/cutover");
  clock.advance(60_000);
  expect(states()).toEqual(["Import_Cutover_Incomplete", "Import_Completed", "Ready_For_Cutover"]);
  expect(array.session(second).error).not.toBeNull();
  expect((await call("POST", "/import_session/name:mes/cutover")).status).toBe(204);
  clock.advance(30_000);
  expect(states()).toEqual(["Import_Completed", "Import_Completed", "Import_Completed"]);
  expect(array.session(second).error).toBeNull();
});

test("an incomplete cutover can be cancelled: what is committed stays", async () => {
  const { array, call, clock, second, states } = await ready(group);
  array.setConditions(second, { cutover: "incomplete" });
  await call("POST", "/import_session/name:mes/cutover");
  clock.advance(60_000);
  await call("POST", "/import_session/name:mes/cancel");
  clock.advance(20_000);
  expect(states()).toEqual(["Import_Completed_With_Errors", "Import_Completed", "Cancelled"]);
});

test("a member that is taken out of the cutover leaves the group completed with errors", async () => {
  const { array, call, clock, first, states } = await ready(group);
  array.setConditions(first, { cutover: "cancelled" });
  await call("POST", "/import_session/name:mes/cutover");
  clock.advance(60_000);
  expect(states()).toEqual(["Import_Completed_With_Errors", "Cancelled", "Import_Completed"]);
  expect((await call("DELETE", "/import_session/name:mes")).status).toBe(204);
  expect(array.sessions()).toEqual([]);
});

test("a member that fails during the cutover is taken out of it", async () => {
  const { array, call, clock, first, states } = await ready(group);
  await call("POST", "/import_session/name:mes/cutover");
  array.fail(first, "0xE0000000000A", "the path is gone");
  clock.advance(60_000);
  expect(states()).toEqual(["Import_Completed_With_Errors", "Cancelled", "Import_Completed"]);
  expect(array.session(first).error).toEqual({
    code: "0xE0000000000A",
    message_l10n: "the path is gone",
    arguments: [],
  });
});

test("a group is paused and resumed with all members that copy", async () => {
  const { array, call, clock, states } = await startedGroup(group);
  clock.advance(copyBeginsMs - 1);
  expect((await call("POST", "/import_session/name:mes/pause")).status).toBe(422);
  clock.advance(1 + 20_000);
  expect((await call("POST", "/import_session/name:mes/pause")).status).toBe(204);
  expect(states()).toEqual(["Paused", "Paused", "Ready_For_Cutover"]);
  clock.advance(86_400_000);
  expect(array.session("name:mes")).toMatchObject({ state: "Paused", progress_percentage: 50 });
  expect((await call("POST", "/import_session/name:mes/resume")).status).toBe(204);
  expect(states()).toEqual(["In_Progress", "Copy_In_Progress", "Ready_For_Cutover"]);
  clock.advance(40_000);
  expect(states()).toEqual(["Ready_For_Cutover", "Ready_For_Cutover", "Ready_For_Cutover"]);
});

test("a scheduled group starts with all its members, at the time it was moved to", async () => {
  const { call, clock, states } = await startedGroup({ ...group, scheduled_timestamp: "2030-01-01T01:00:00Z" });
  expect(states()).toEqual(["Scheduled", "Scheduled", "Scheduled"]);
  await call("PATCH", "/import_session/name:mes", { scheduled_timestamp: "2030-01-01T02:00:00Z" });
  clock.advance(7_199_999);
  expect(states()).toEqual(["Scheduled", "Scheduled", "Scheduled"]);
  clock.advance(1);
  expect(states()).toEqual(["Queued", "Queued", "Queued"]);
});

test("a member is no session of its own: it cannot be cut over, cancelled or deleted", async () => {
  const { call, first } = await ready(group);
  expect((await call("POST", `/import_session/${first}/cutover`)).status).toBe(422);
  expect((await call("POST", `/import_session/${first}/cancel`, { force: true })).status).toBe(422);
  expect((await call("DELETE", `/import_session/${first}`)).status).toBe(422);
});
