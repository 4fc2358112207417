import { expect, test } from "vitest";
import { startedArray } from "./calling.ts";
import { codes } from "./refusal.ts";

const volume = {
  name: "erp",
  remote_system_id: "name:old-unity",
  source_resource_id: "sv_42",
  type: "Non_Disruptive",
} as const;
const agentless = { ...volume, source_resource_id: "sv_44", type: "Agentless" } as const;
const agentlessGroup = { ...agentless, source_resource_id: "res_8" } as const;
const webDataWwn = "naa.60060160000000000000000000000061";

test("creating answers 201 with the id, and the session begins in Queued", async () => {
  const { array, call } = await startedArray();
  const { status, body } = await call("POST", "/import_session", { ...volume, description: "of the old Unity" });
  expect(status).toBe(201);
  expect(array.sessions()).toEqual([
    expect.objectContaining({
      name: "erp",
      description: "of the old Unity",
      state: "Queued",
      type: "Non_Disruptive",
      remote_system_id: "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a01",
      source_resource_id: "sv_42",
      destination_resource_id: null,
      automatic_cutover: false,
      progress_percentage: 0,
    }),
  ]);
  expect(body).toEqual({ id: array.sessions()[0]?.id });
});

test("without a type the import is Non_Disruptive", async () => {
  const { array, call } = await startedArray();
  const { type: _type, ...untyped } = volume;
  expect((await call("POST", "/import_session", untyped)).status).toBe(201);
  expect(array.session("name:erp").type).toBe("Non_Disruptive");
});

test("references by name are kept as ids", async () => {
  const { array, call } = await startedArray();
  const body = {
    ...agentless,
    host_ids: ["name:esx-01", "5d3b0c7e-0002-4000-8000-00000000000a"],
    volume_group_id: "name:erp",
    protection_policy_id: "name:hourly-snapshots",
    global_storage_discovery_address: "198.51.100.8",
  };
  expect((await call("POST", "/import_session", body)).status).toBe(201);
  expect(array.session("name:erp")).toMatchObject({
    remote_system_id: "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a01",
    volume_group_id: "5d3b0c7e-0004-4000-8000-00000000000a",
    protection_policy_id: "5d3b0c7e-0005-4000-8000-00000000000a",
    global_storage_discovery_address: "198.51.100.8",
  });
});

test.each([
  ["an unknown key", { ...volume, priority: 1 }],
  ["the key of a newer version", { ...volume, destination_name: "x" }],
  ["null for a key", { ...volume, description: null }],
  ["a missing name", { ...volume, name: undefined }],
  ["a missing remote system", { ...volume, remote_system_id: undefined }],
  ["a missing source", { ...volume, source_resource_id: undefined }],
  ["a text for a boolean", { ...volume, automatic_cutover: "true" }],
  ["a text for a list", { ...agentless, host_ids: "name:esx-01" }],
  ["an unknown type", { ...volume, type: "non_disruptive" }],
  ["an unknown key of a mapping", { ...agentlessGroup, consistency_group_member_host_ids: [{ volume_id: "sv_61" }] }],
  ["a list for the body", [volume]],
  ["no body", undefined],
])("%s is refused with 400 and the code for bodies", async (_what, body) => {
  const { array, call } = await startedArray();
  expect(await call("POST", "/import_session", body)).toMatchObject({
    status: 400,
    body: { messages: [{ code: "0xE04040030001", severity: "Error" }] },
  });
  expect(array.sessions()).toEqual([]);
});

test.each([
  ["whitespace in the name", { ...volume, name: "erp db" }],
  ["an empty name", { ...volume, name: "" }],
  ["a slash in the name", { ...volume, name: "erp/db" }],
  ["a percent sign in the name", { ...volume, name: "erp%20db" }],
  ["a colon in the name", { ...volume, name: "name:erp" }],
  ["an unprintable character in the name", { ...volume, name: "erp\u0007" }],
  ["a name of 129 characters", { ...volume, name: "x".repeat(129) }],
  ["a description of 129 characters", { ...volume, description: "x".repeat(129) }],
  ["an unprintable character in the description", { ...volume, description: "a\nb" }],
  ["a time that is none", { ...volume, scheduled_timestamp: "tomorrow" }],
  ["a time without a zone", { ...volume, scheduled_timestamp: "2030-02-01T00:00:00" }],
  ["an address that is none", { ...volume, global_storage_discovery_address: "https://unity" }],
])("%s is refused with 400", async (_what, body) => {
  const { array, call } = await startedArray();
  expect((await call("POST", "/import_session", body)).status).toBe(400);
  expect(array.sessions()).toEqual([]);
});

test("a name of 128 characters is taken, and a name in use is refused whatever its case", async () => {
  const { call } = await startedArray();
  expect((await call("POST", "/import_session", { ...volume, name: "x".repeat(128) })).status).toBe(201);
  expect(await call("POST", "/import_session", { ...agentless, name: "X".repeat(128) })).toMatchObject({
    status: 400,
    body: { messages: [{ code: codes.nameInUse }] },
  });
});

test.each([
  ["an unknown remote system", { ...volume, remote_system_id: "name:nowhere" }],
  ["a remote system that is no source of imports", { ...volume, remote_system_id: "name:other-powerstore" }],
  ["an unknown source", { ...volume, source_resource_id: "sv_999" }],
  ["a source by name", { ...volume, source_resource_id: "name:erp-db" }],
  ["the source of another system", { ...agentless, source_resource_id: "lun_7" }],
  ["a source that is not importable", { ...volume, source_resource_id: "sv_45" }],
  ["an agentless source without disruption", { ...volume, source_resource_id: "sv_44" }],
  ["a non-disruptive source agentless", { ...agentless, source_resource_id: "sv_42" }],
  ["hosts of a non-disruptive import", { ...volume, host_ids: ["name:esx-01"] }],
  ["an unknown host", { ...agentless, host_ids: ["name:esx-99"] }],
  ["an unknown host group", { ...agentless, host_group_ids: ["name:nobody"] }],
  ["an unknown volume group", { ...volume, volume_group_id: "name:nowhere" }],
  ["an unknown protection policy", { ...volume, protection_policy_id: "name:none" }],
  ["a volume group for a consistency group", { ...agentlessGroup, volume_group_id: "name:erp" }],
  [
    "mappings by member of a single volume",
    { ...agentless, consistency_group_member_host_ids: [{ volume_wwn: webDataWwn, host_ids: ["name:esx-01"] }] },
  ],
  [
    "mappings by member and for all",
    {
      ...agentlessGroup,
      host_group_ids: ["name:esx-cluster"],
      consistency_group_member_host_ids: [{ volume_wwn: webDataWwn, host_ids: ["name:esx-01"] }],
    },
  ],
  [
    "a mapping by the id of a member",
    { ...agentlessGroup, consistency_group_member_host_ids: [{ volume_wwn: "sv_61", host_ids: ["name:esx-01"] }] },
  ],
  ["a start in the past", { ...volume, scheduled_timestamp: "2029-12-31T23:59:59Z" }],
])("%s is refused with 422", async (_what, body) => {
  const { array, call } = await startedArray();
  expect(await call("POST", "/import_session", body)).toMatchObject({ status: 422, body: { messages: [{}] } });
  expect(array.sessions()).toEqual([]);
});

test("members of a group can be mapped to hosts one by one, by the WWN of the source", async () => {
  const { call } = await startedArray();
  const mapping = [{ volume_wwn: webDataWwn, host_ids: ["name:esx-01"] }];
  const body = { ...agentlessGroup, consistency_group_member_host_ids: mapping };
  expect((await call("POST", "/import_session", body)).status).toBe(201);
});

test("a source is imported once at a time, and again after a cancel", async () => {
  const { array, clock, call } = await startedArray();
  await call("POST", "/import_session", volume);
  expect((await call("POST", "/import_session", { ...volume, name: "again" })).status).toBe(422);
  array.operator.cancel("name:erp");
  clock.advance(60_000);
  expect((await call("POST", "/import_session", { ...volume, name: "again" })).status).toBe(201);
});

test("a policy that replicates makes the import fail by itself, with the reason in its error", async () => {
  const { array, clock, call } = await startedArray();
  expect((await call("POST", "/import_session", { ...volume, protection_policy_id: "name:replicated" })).status).toBe(
    201,
  );
  clock.advance(60_000);
  expect(array.session("name:erp")).toMatchObject({
    state: "Failed",
    error: { code: codes.policyReplicates, message_l10n: expect.any(String), arguments: [] },
    progress_percentage: null,
  });
});

test("requests that change something take no parameter but is_async", async () => {
  const { call } = await startedArray();
  expect((await call("POST", "/import_session?async=true", volume)).status).toBe(400);
  expect((await call("POST", "/import_session?is_async=maybe", volume)).status).toBe(400);
  expect((await call("POST", "/import_session?is_async=false", volume)).status).toBe(201);
});

test("methods that a path does not have are refused with 405", async () => {
  const { array, call } = await startedArray();
  await call("POST", "/import_session", volume);
  expect((await call("POST", "/import_session/name:erp", {})).status).toBe(405);
  expect((await call("DELETE", "/import_session")).status).toBe(405);
  expect((await call("POST", "/remote_system", {})).status).toBe(405);
  expect((await call("DELETE", "/import_session/name:erp/cutover")).status).toBe(405);
  expect(array.session("name:erp").state).toBe("Queued");
});
