import { expect, test } from "vitest";
import { importSessionInputs } from "../../provider/powerstore/import-session/input-rules.ts";
import { findByName } from "../../provider/powerstore/import-session/observe/find.ts";
import { createBody } from "../../provider/powerstore/import-session/plan/create-body.ts";
import { type ImportState, type ImportType, isImportState } from "../arrays/powerstore/import-states.ts";
import type { PowerStoreSimulation } from "../arrays/powerstore/simulation.ts";
import { type VirtualClock, virtualClock } from "../core/virtual-clock.ts";
import { arrangeGroup, arrangeVolume } from "./arrange-powerstore.ts";
import { groupStatesOf } from "./group-states.ts";
import { sourcesOf } from "./import-sources.ts";
import { inProcessPowerStore } from "./in-process-arrays.ts";

const never = new AbortController().signal;

/** An array with sources for imports of a type, and the bodies that create them. */
function arranging(type: ImportType, memberCount = 2) {
  const clock = virtualClock();
  const { options, remoteSystemId, volumeId, groupId } = sourcesOf(type, memberCount);
  const { array, connection } = inProcessPowerStore({ clock, options });
  const { client } = connection;
  const body = (sourceId: string) => ({
    remote_system_id: remoteSystemId,
    source_resource_id: sourceId,
    name: "erp",
    description: "[pulumi:0123456789ab]",
    type,
  });
  return { clock, array, connection, client, volume: body(volumeId), group: body(groupId) };
}

/** The states that a session comes by when nobody does anything for five hours. */
async function byTimeAlone(array: PowerStoreSimulation, clock: VirtualClock, id: string): Promise<string> {
  const states: string[] = [];
  for (let minutes = 0; minutes < 300; minutes += 1 / 30) {
    const state = array.model().world.sessions.get(id)?.state ?? "gone";
    if (states.at(-1) !== state) states.push(state);
    await clock.advance(2000);
  }
  return states.join(" > ");
}

/** What takes nothing but the session's id. */
type Act = Exclude<keyof PowerStoreSimulation["operator"], "create" | "reschedule">;

const before = "In_Progress > Mirror_Enabled > Ready_To_Start_Copy > Copy_In_Progress > Ready_For_Cutover";

// biome-ignore format: a table
const lives: Readonly<Record<ImportState, Readonly<Record<ImportType, string>>>> = {
  Scheduled: { Non_Disruptive: `Scheduled > Queued > ${before}`, Agentless: "Scheduled > Queued > In_Progress > Mirror_Enabled" },
  Queued: { Non_Disruptive: `Queued > ${before}`, Agentless: "Queued > In_Progress > Mirror_Enabled" },
  In_Progress: { Non_Disruptive: before, Agentless: "In_Progress > Mirror_Enabled" },
  Mirror_Enabled: { Non_Disruptive: "Mirror_Enabled > Ready_To_Start_Copy > Copy_In_Progress > Ready_For_Cutover", Agentless: "Mirror_Enabled" },
  Ready_To_Start_Copy: { Non_Disruptive: "Ready_To_Start_Copy > Copy_In_Progress > Ready_For_Cutover", Agentless: "Ready_To_Start_Copy" },
  Copy_In_Progress: alike("Copy_In_Progress > Ready_For_Cutover"),
  Paused: alike("Paused"),
  Ready_For_Cutover: alike("Ready_For_Cutover"),
  Cutover_In_Progress: alike("Cutover_In_Progress > Import_Completed"),
  Import_Completed: alike("Import_Completed"),
  Import_Completed_With_Errors: alike("Import_Completed_With_Errors"),
  Import_Cutover_Incomplete: alike("Import_Cutover_Incomplete"),
  Cancel_In_Progress: alike("Cancel_In_Progress > Cancelled"),
  Cancel_Required: alike("Cancel_Required"),
  Cancel_Failed: alike("Cancel_Failed"),
  Cancelled: alike("Cancelled"),
  Cleanup_In_Progress: alike("Cleanup_In_Progress > Failed"),
  Cleanup_Required: alike("Cleanup_Required"),
  Cleanup_Failed: alike("Cleanup_Failed"),
  Failed: alike("Failed"),
  Invalid: alike("Invalid"),
};

function alike(life: string) {
  return { Non_Disruptive: life, Agentless: life };
}

const types = ["Non_Disruptive", "Agentless"] as const;
const cells = Object.keys(lives)
  .filter(isImportState)
  .flatMap((state) => types.map((type) => ({ state, type, life: lives[state][type] })));

test.each(cells)(
  "a volume ($type) that is put into $state shows it, and time alone takes it through $life",
  async (cell) => {
    const { clock, array, client, volume } = arranging(cell.type);
    const id = arrangeVolume(array, volume, cell.state);
    expect((await client.readNamed(["erp"], never)).get("erp")).toMatchObject({
      id,
      state: cell.state,
      type: cell.type,
      description: volume.description,
      source_resource_id: volume.source_resource_id,
      remote_system_id: volume.remote_system_id,
    });
    expect(await byTimeAlone(array, clock, id)).toBe(cell.life);
  },
);

// biome-ignore format: a table
const steps: readonly [type: ImportType, from: ImportState, act: Act, to: string][] = [
  ["Non_Disruptive", "Scheduled", "cancel", "Cancel_In_Progress > Cancelled"],
  ["Agentless", "Mirror_Enabled", "enableDestinationVolume", "Ready_To_Start_Copy"],
  ["Agentless", "Ready_To_Start_Copy", "startCopy", "Copy_In_Progress > Ready_For_Cutover"],
  ["Non_Disruptive", "Copy_In_Progress", "pause", "Paused"],
  ["Agentless", "Paused", "resume", "Copy_In_Progress > Ready_For_Cutover"],
  ["Non_Disruptive", "Ready_For_Cutover", "cutover", "Cutover_In_Progress > Import_Completed"],
  ["Agentless", "Ready_For_Cutover", "cutover", "Import_Completed"],
  ["Agentless", "Cancel_Required", "cancel", "Cancel_In_Progress > Cancelled"],
  ["Non_Disruptive", "Cleanup_Required", "cleanup", "Cleanup_In_Progress > Failed"],
  ["Agentless", "Failed", "remove", "gone"],
];

test.each(steps)("a volume (%s) that is put into %s takes a %s and then comes to %s", async (type, from, act, to) => {
  const { clock, array, volume } = arranging(type);
  const id = arrangeVolume(array, volume, from);
  array.operator[act](id);
  expect(await byTimeAlone(array, clock, id)).toBe(to);
});

test.each(types)(
  "the resource finds what is arranged with the body that it would have sent (%s) to be its own",
  async (type) => {
    const { clock, array, connection, group } = arranging(type);
    const urn = "urn:pulumi:prod::storage::pulumi-nodejs:dynamic/pulumi-storage-migration:ImportSession::erp";
    const { remote_system_id: remoteSystemId, source_resource_id: sourceResourceId } = group;
    const inputs = importSessionInputs.parse({ remoteSystemId, sourceResourceId, type });
    const body = createBody(inputs, urn, clock.nowMs());
    const { id, memberIds } = arrangeGroup(array, body, ["Queued", "Copy_In_Progress"]);
    const { session, members } = await findByName({ ...connection, signal: never }, { inputs, urn });
    expect([session?.id, ...members.map((member) => member.id).sort()]).toEqual([id, ...[...memberIds].sort()]);
  },
);

test("an import that the array itself takes back after a failure ends as Failed, and says why", async () => {
  const { clock, array, volume } = arranging("Non_Disruptive");
  const id = arrangeVolume(array, volume, "Cancel_In_Progress", "a failure");
  expect(await byTimeAlone(array, clock, id)).toBe("Cancel_In_Progress > Failed");
  expect(array.session(id).error).not.toBeNull();
});

test("a session that is cut over automatically shows that it is ready, and is then cut over", async () => {
  const { clock, array, volume } = arranging("Non_Disruptive");
  const id = arrangeVolume(array, { ...volume, automatic_cutover: true }, "Ready_For_Cutover");
  expect(await byTimeAlone(array, clock, id)).toBe("Ready_For_Cutover > Cutover_In_Progress > Import_Completed");
});

test("the start of a session is told as it was given, also once it has passed", () => {
  const { clock, array, volume } = arranging("Non_Disruptive");
  const scheduled_timestamp = new Date(clock.nowMs() - 3_600_000).toISOString();
  const id = arrangeVolume(array, { ...volume, scheduled_timestamp }, "Copy_In_Progress");
  expect(Date.parse(array.session(id).scheduled_timestamp ?? "")).toBe(Date.parse(scheduled_timestamp));
});

// biome-ignore format: a table
const groups: readonly [type: ImportType, members: readonly ImportState[], life: string][] = [
  ["Non_Disruptive", ["Scheduled", "Scheduled"], "Scheduled > Queued > In_Progress > Ready_For_Cutover"],
  ["Non_Disruptive", ["Queued", "Queued"], "Queued > In_Progress > Ready_For_Cutover"],
  ["Agentless", ["Queued", "Queued"], "Queued > In_Progress"],
  ["Non_Disruptive", ["Queued", "Copy_In_Progress"], "In_Progress > Ready_For_Cutover"],
  ["Non_Disruptive", ["Ready_For_Cutover", "Mirror_Enabled"], "In_Progress > Ready_For_Cutover"],
  ["Agentless", ["Ready_For_Cutover", "Mirror_Enabled"], "In_Progress"],
  ["Agentless", ["Copy_In_Progress", "Copy_In_Progress"], "In_Progress > Ready_For_Cutover"],
  ["Non_Disruptive", ["Paused", "Ready_For_Cutover"], "Paused"],
  ["Non_Disruptive", ["Ready_For_Cutover", "Ready_For_Cutover"], "Ready_For_Cutover"],
  ["Non_Disruptive", ["Cutover_In_Progress", "Cutover_In_Progress"], "Cutover_In_Progress > Import_Completed"],
  ["Agentless", ["Cutover_In_Progress", "Cancelled"], "Cutover_In_Progress > Import_Completed_With_Errors"],
  ["Non_Disruptive", ["Cutover_In_Progress", "Ready_For_Cutover"], "Cutover_In_Progress > Import_Cutover_Incomplete"],
  ["Non_Disruptive", ["Import_Completed", "Ready_For_Cutover"], "Import_Cutover_Incomplete"],
  ["Non_Disruptive", ["Import_Completed", "Import_Completed"], "Import_Completed"],
  ["Non_Disruptive", ["Import_Completed", "Cancelled"], "Import_Completed_With_Errors"],
  ["Non_Disruptive", ["Cancel_In_Progress", "Cancel_In_Progress"], "Cancel_In_Progress > Cancelled"],
  ["Non_Disruptive", ["Cancel_In_Progress", "Import_Completed"], "Cancel_In_Progress > Import_Completed_With_Errors"],
  ["Non_Disruptive", ["Cancel_In_Progress", "Failed"], "Cleanup_In_Progress > Failed"],
  ["Non_Disruptive", ["Cancel_In_Progress", "Cleanup_Required"], "Cleanup_In_Progress > Cleanup_Required"],
  ["Non_Disruptive", ["Cleanup_In_Progress", "Cancelled"], "Cleanup_In_Progress > Failed"],
  ["Agentless", ["Cancel_Required", "Copy_In_Progress"], "Cancel_Required"],
  ["Agentless", ["Cancel_Required", "Cancelled"], "Cancel_Failed"],
  ["Agentless", ["Cancel_Required", "Failed"], "Cleanup_Required"],
  ["Non_Disruptive", ["Cleanup_Required", "Cancelled"], "Cleanup_Required"],
  ["Non_Disruptive", ["Failed", "Copy_In_Progress"], "In_Progress > Cleanup_In_Progress > Failed"],
  ["Agentless", ["Failed", "Mirror_Enabled"], "In_Progress > Cleanup_In_Progress > Failed"],
  ["Non_Disruptive", ["Failed", "Cancelled"], "Failed"],
  ["Non_Disruptive", ["Cancelled", "Cancelled"], "Cancelled"],
];

test.each(groups)("a group (%s) whose members are %s comes by %s", async (type, members, life) => {
  const { clock, array, client, group } = arranging(type);
  const { id, memberIds, state } = arrangeGroup(array, group, members);
  const shown = (await client.readMembers([id], never)).get(id) ?? [];
  expect(new Map(shown.map((member) => [member.id, member.state]))).toEqual(
    new Map(memberIds.map((one, index) => [one, members[index] ?? ""])),
  );
  expect((await client.readSessions([id], never)).get(id)).toMatchObject({ state, name: "erp" });
  expect(await byTimeAlone(array, clock, id)).toBe(life);
});

// biome-ignore format: a table
const others: readonly [type: ImportType, members: readonly ImportState[], state: ImportState, life: string][] = [
  ["Agentless", ["Cancel_Required", "Copy_In_Progress"], "In_Progress", "In_Progress > Cancel_Required"],
  ["Non_Disruptive", ["Ready_For_Cutover", "Ready_For_Cutover"], "Import_Cutover_Incomplete", "Import_Cutover_Incomplete"],
  ["Non_Disruptive", ["Cancel_In_Progress", "Cancel_In_Progress"], "Cleanup_In_Progress", "Cleanup_In_Progress > Failed"],
  ["Non_Disruptive", ["Cancel_In_Progress", "Failed"], "Cancel_In_Progress", "Cancel_In_Progress > Cancel_Failed"],
  ["Non_Disruptive", ["Failed", "Cancelled"], "Cancel_Failed", "Cancel_Failed"],
  ["Non_Disruptive", ["Cleanup_Required", "Cancelled"], "Cleanup_Failed", "Cleanup_Failed"],
  ["Non_Disruptive", ["Cancelled", "Cancelled"], "Failed", "Failed"],
];

test.each(others)(
  "a group (%s) whose members are %s can also be %s, and then comes by %s",
  async (type, members, state, life) => {
    const { clock, array, group } = arranging(type);
    expect(await byTimeAlone(array, clock, arrangeGroup(array, group, members, state).id)).toBe(life);
  },
);

// biome-ignore format: a table
const groupSteps: readonly [type: ImportType, members: readonly ImportState[], act: Act, to: string][] = [
  ["Non_Disruptive", ["Copy_In_Progress", "Ready_For_Cutover"], "pause", "Paused"],
  ["Non_Disruptive", ["Paused", "Ready_For_Cutover"], "resume", "In_Progress > Ready_For_Cutover"],
  ["Agentless", ["Ready_For_Cutover", "Ready_For_Cutover"], "cutover", "Cutover_In_Progress > Import_Completed"],
  ["Non_Disruptive", ["Import_Completed", "Ready_For_Cutover"], "cutover", "Cutover_In_Progress > Import_Completed"],
  ["Non_Disruptive", ["Import_Completed", "Ready_For_Cutover"], "cancel", "Cancel_In_Progress > Import_Completed_With_Errors"],
  ["Agentless", ["Cancel_Required", "Copy_In_Progress"], "cancel", "Cancel_In_Progress > Cancelled"],
  ["Agentless", ["Cancel_Required", "Cancelled"], "cancel", "Cancel_In_Progress > Cancelled"],
  ["Non_Disruptive", ["Cleanup_Required", "Cancelled"], "cleanup", "Cleanup_In_Progress > Failed"],
  ["Agentless", ["Cancel_Required", "Failed"], "cleanup", "Cleanup_In_Progress > Failed"],
  ["Non_Disruptive", ["Failed", "Cancelled"], "cancel", "Cancel_In_Progress > Cancelled"],
];

test.each(groupSteps)(
  "a group (%s) whose members are %s takes a %s and then comes to %s",
  async (type, members, act, to) => {
    const { clock, array, group } = arranging(type);
    const { id } = arrangeGroup(array, group, members);
    array.operator[act](id);
    expect(await byTimeAlone(array, clock, id)).toBe(to);
  },
);

test("members that are never in such states together are refused, and so is a group that does not go with its members", () => {
  const { array, group } = arranging("Non_Disruptive");
  expect(groupStatesOf(["Import_Completed", "Queued"])).toEqual([]);
  expect(() => arrangeGroup(array, group, ["Import_Completed", "Queued"])).toThrow(RangeError);
  expect(() => arrangeGroup(array, group, ["Queued", "Queued"], "Paused")).toThrow(RangeError);
  expect(() => arrangeGroup(array, group, ["Queued", "Queued", "Queued"])).toThrow(RangeError);
});
