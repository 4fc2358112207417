import { expect } from "vitest";
import type { AnyImportSessionArgs } from "../../sdk/powerstore/import-session.ts";
import { expectDone, expectFailed } from "./expectations.ts";
import { adopted, agentlessVolume, volume } from "./migration.ts";
import { scenario } from "./scenario.ts";

scenario("every input of a volume's creation reaches the array as it is given", { powerstore: {} }, async (world) => {
  const { powerstore, declare, up, recorded, sent } = world;
  await declare(
    agentlessVolume({
      sessionName: "crm-move",
      description: "CRM, wave 2",
      hostIds: ["name:esx-01", "5d3b0c7e-0002-4000-8000-00000000000a"],
      hostGroupIds: ["name:esx-cluster"],
      volumeGroupId: "name:erp",
      protectionPolicyId: "name:hourly-snapshots",
      globalStorageDiscoveryAddress: "192.0.2.10",
      automaticCutover: true,
      targetState: "Import_Completed",
      hostSteps: { sourceStopped: true, destinationStarted: true },
    }),
  );
  await expectDone(up(), { create: 1 });
  expect(powerstore.acts()[0]?.body).toEqual({
    remote_system_id: "name:old-unity",
    source_resource_id: "sv_44",
    name: "crm-move",
    description: expect.stringMatching(/^CRM, wave 2 \[pulumi:[0-9a-f]{12}\]$/),
    type: "Agentless",
    host_ids: ["name:esx-01", "5d3b0c7e-0002-4000-8000-00000000000a"],
    host_group_ids: ["name:esx-cluster"],
    volume_group_id: "name:erp",
    automatic_cutover: true,
    protection_policy_id: "name:hourly-snapshots",
    global_storage_discovery_address: "192.0.2.10",
  });
  // The array cuts over by itself.
  expect((await recorded("erp")).outputs).toMatchObject({ state: "Import_Completed" });
  expect(sent()).toEqual(["create sv_44", "enable_destination_volume", "start_copy"]);
});

scenario("the members of a group are mapped to hosts by the WWN of their source", { powerstore: {} }, async (world) => {
  const { powerstore, declare, up, recorded, sent } = world;
  await declare(
    volume({
      sourceResourceId: "res_8",
      type: "Agentless",
      targetState: "Mirror_Enabled",
      memberMappings: [
        { volumeWwn: wwnOfData, hostIds: ["name:esx-01"] },
        { volumeWwn: wwnOfLog, hostIds: ["name:esx-02"], hostGroupIds: ["name:esx-cluster"] },
      ],
    }),
  );
  await expectDone(up(), { create: 1 });
  expect(powerstore.acts()[0]?.body).toMatchObject({
    consistency_group_member_host_ids: [
      { volume_wwn: wwnOfData, host_ids: ["name:esx-01"] },
      { volume_wwn: wwnOfLog, host_ids: ["name:esx-02"] },
    ],
    consistency_group_member_host_group_ids: [{ volume_wwn: wwnOfLog, host_group_ids: ["name:esx-cluster"] }],
  });
  expect((await recorded("erp")).outputs).toMatchObject({
    members: expect.arrayContaining([
      expect.objectContaining({ sourceResourceId: "sv_61", state: "Mirror_Enabled" }),
      expect.objectContaining({ sourceResourceId: "sv_62", state: "Mirror_Enabled" }),
    ]),
  });
  expect(sent()).toEqual(["create res_8"]);
});

const wwnOfData = "naa.60060160000000000000000000000061";
const wwnOfLog = "naa.60060160000000000000000000000062";

const [early, late] = ["2026-01-10T22:00:00Z", "2026-01-11T02:00:00+01:00"] as const;

const malformed: AnyImportSessionArgs = {
  sessionName: "erp move ".repeat(15),
  sourceResourceId: "sv_42/cutover",
  hostIds: [],
  cutoverWindow: { notBefore: "2026-01-10T22:00:00" },
  forceCancelAfter: "30 minutes",
};

scenario("bad inputs are refused in preview by the name of the property", { powerstore: {} }, async (world) => {
  const { powerstore, configure, declare, preview } = world;
  await declare(volume(malformed));
  await expectFailed(
    preview(),
    /\bsessionName\b.*: .*without spaces/,
    /\bsessionName\b.*: .*at most 128 characters/,
    /\bsourceResourceId\b.*: .*reserved in URLs/,
    /\bhostIds\b.*: .*must name at least one/,
    /\bcutoverWindow\.notBefore\b.*: .*with a zone/,
    /\bforceCancelAfter\b.*: .*must be a duration/,
  );
  await declare(
    volume({ automaticCutover: true, cutoverApproval: "", cutoverWindow: { notBefore: late, notAfter: early } }),
  );
  await expectFailed(
    preview(),
    /\bautomaticCutover\b.*: .*cannot be given together with cutoverWindow or cutoverApproval/,
    /\bautomaticCutover\b.*: .*needs targetState "Import_Completed"/,
    /\bcutoverWindow\.notAfter\b.*: .*must be later than notBefore/,
  );
  await declare(adopted("7", { type: "Agentless" }));
  await expectFailed(preview(), /\btype\b.*: .*cannot be given together with sessionId/);
  await declare({ kind: "ImportSession", name: "erp", args: {} });
  await expectFailed(preview(), /\bsessionId\b.*: .*is needed to adopt a session/);
  // As a program in JavaScript can say it.
  const { args, ...rest } = volume();
  const unknownTarget = { ...rest, args: { ...args, targetState: "Completed" } };
  await configure({ "scenario:resources": JSON.stringify([unknownTarget]) });
  await expectFailed(preview(), /\btargetState\b.*: .*"Ready_For_Cutover"\|"Import_Completed"/);
  // Without a look at the array: what is wrong is plain from the inputs.
  expect(powerstore.requests).toEqual([]);

  await declare(volume({ scheduledTimestamp: "2020-01-01T00:00:00Z" }));
  await expectFailed(preview(), /\bscheduledTimestamp\b.*: .*lies in the past/);
  await declare(volume());
  await expectDone(preview(), { create: 1 });
});
