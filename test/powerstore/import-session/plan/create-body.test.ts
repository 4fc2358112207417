import { describe, expect, test } from "vitest";
import { ownershipMark } from "../../../../provider/powerstore/import-session/naming.ts";
import { createBody, wireMoment } from "../../../../provider/powerstore/import-session/plan/create-body.ts";
import { expectValidRequest } from "../../../arrays/powerstore/contract/expect-valid.ts";
import { sampleInputs, sampleUrn } from "../samples.ts";

const nowMs = Date.UTC(2030, 0, 1);
const least = {
  remote_system_id: "rs-1",
  source_resource_id: "sv_42",
  name: "erp-prod-orders",
  description: ownershipMark(sampleUrn),
  type: "Non_Disruptive",
};
const valid = (body: object) => expectValidRequest({ method: "POST", path: "/api/rest/import_session", body });

test("the least that is sent is what is needed, a name and the mark of the owner", () => {
  const body = createBody(sampleInputs(), sampleUrn, nowMs);
  expect(body).toStrictEqual(least);
  valid(body);
});

test("all that can be given is sent under PowerStore's names", () => {
  const body = createBody(
    sampleInputs({
      type: "Agentless",
      remoteSystemId: "name:old-unity",
      sessionName: "erp-db",
      description: "wave 3",
      hostIds: ["name:esx-01"],
      hostGroupIds: ["hg-1"],
      volumeGroupId: "vg-1",
      protectionPolicyId: "name:hourly-snapshots",
      scheduledTimestamp: nowMs + 1,
      automaticCutover: true,
      globalStorageDiscoveryAddress: "192.0.2.7",
    }),
    sampleUrn,
    nowMs,
  );
  expect(body).toStrictEqual({
    remote_system_id: "name:old-unity",
    source_resource_id: "sv_42",
    name: "erp-db",
    description: `wave 3 ${ownershipMark(sampleUrn)}`,
    type: "Agentless",
    host_ids: ["name:esx-01"],
    host_group_ids: ["hg-1"],
    volume_group_id: "vg-1",
    automatic_cutover: true,
    protection_policy_id: "name:hourly-snapshots",
    scheduled_timestamp: "2030-01-01T00:00:00.001Z",
    global_storage_discovery_address: "192.0.2.7",
  });
  valid(body);
});

test("no key is sent without a value: PowerStore rejects what it does not know, and null", () => {
  const body = createBody(
    sampleInputs({ hostIds: undefined, scheduledTimestamp: undefined, automaticCutover: undefined }),
    sampleUrn,
    nowMs,
  );
  expect(Object.values(body)).not.toContain(undefined);
  expect(Object.keys(body)).toEqual(Object.keys(least));
});

test("what is declared to be off is sent as off", () => {
  expect(createBody(sampleInputs({ automaticCutover: false }), sampleUrn, nowMs)).toStrictEqual({
    ...least,
    automatic_cutover: false,
  });
});

describe("the mappings of members", () => {
  const mapped = (memberMappings: { volumeWwn: string; hostIds?: string[]; hostGroupIds?: string[] }[]) =>
    createBody(sampleInputs({ type: "Agentless", memberMappings }), sampleUrn, nowMs);

  test("go by host to one list and by host group to the other", () => {
    const body = mapped([
      { volumeWwn: "naa.1", hostIds: ["h-1", "h-2"] },
      { volumeWwn: "naa.2", hostGroupIds: ["hg-1"] },
    ]);
    expect(body).toStrictEqual({
      ...least,
      type: "Agentless",
      consistency_group_member_host_ids: [{ volume_wwn: "naa.1", host_ids: ["h-1", "h-2"] }],
      consistency_group_member_host_group_ids: [{ volume_wwn: "naa.2", host_group_ids: ["hg-1"] }],
    });
    valid(body);
  });

  test("leave out the list that would be empty", () => {
    expect(mapped([{ volumeWwn: "naa.1", hostIds: ["h-1"] }])).not.toHaveProperty(
      "consistency_group_member_host_group_ids",
    );
    expect(mapped([{ volumeWwn: "naa.1", hostGroupIds: ["hg-1"] }])).not.toHaveProperty(
      "consistency_group_member_host_ids",
    );
  });
});

describe("a scheduled start", () => {
  test("is sent in UTC", () => {
    expect(wireMoment(Date.parse("2030-01-05T23:00:00+01:00"))).toBe("2030-01-05T22:00:00.000Z");
  });

  test("that has passed is left out: PowerStore rejects it, and the import may start", () => {
    expect(createBody(sampleInputs({ scheduledTimestamp: nowMs }), sampleUrn, nowMs)).toStrictEqual(least);
    expect(createBody(sampleInputs({ scheduledTimestamp: nowMs + 1 }), sampleUrn, nowMs)).toHaveProperty(
      "scheduled_timestamp",
    );
  });
});
