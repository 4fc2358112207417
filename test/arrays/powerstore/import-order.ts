import type { CreateBody } from "./create-body.ts";
import type { ImportOrder, OrderedVolume, SessionError } from "./import-session.ts";
import type { ImportType } from "./import-states.ts";
import type { Inventory, NamedSeed, SourceVolumeSeed } from "./inventory.ts";
import { codes, Refusal } from "./refusal.ts";
import { isImportSource } from "./remote-systems.ts";
import { isReference } from "./rest/collection.ts";
import type { CriteriaOf } from "./source-resources.ts";

/** What an array knows when it takes in an import. */
export interface Surroundings {
  readonly inventory: Inventory;
  readonly criteriaOf: CriteriaOf;
  readonly namesInUse: readonly string[];
  /** How fast a volume is copied that says nothing else. */
  readonly bytesPerSecond: number;
}

/**
 * The import a body asks for, every reference resolved and every rule checked.
 * @throws Refusal 400 for a name in use, 422 for what does not exist or does not fit together
 */
export function toOrder(body: CreateBody, around: Surroundings): ImportOrder {
  const { inventory } = around;
  if (around.namesInUse.some((name) => name.toLowerCase() === body.name.toLowerCase())) {
    throw new Refusal(400, codes.nameInUse, `An import session with the name ${body.name} exists already.`, [
      body.name,
    ]);
  }
  // The attribute came later than import itself, which only knew this type then: the reference's reading.
  const type = body.type ?? "Non_Disruptive";
  const remoteSystem = resolve(body.remote_system_id, inventory.remoteSystems, "remote system");
  if (!isImportSource(remoteSystem)) {
    throw refuse(codes.invalidReference, `Nothing can be imported from ${remoteSystem.name}, a ${remoteSystem.type}.`);
  }
  const source = findSource(body.source_resource_id, remoteSystem.id, inventory);
  demandImportable(source.id, source.criteria, type, around);
  demandHosts(body, type, source, inventory);
  if (source.isGroup && body.volume_group_id !== undefined) {
    throw refuse(codes.invalidReference, "A consistency group cannot be imported into a volume group.");
  }
  const policy = resolveOptional(body.protection_policy_id, inventory.protectionPolicies, "protection policy");
  const toVolume = (volume: SourceVolumeSeed): OrderedVolume => ({
    sourceVolumeId: volume.id,
    name: volume.name,
    sizeBytes: volume.sizeBytes,
    bytesPerSecond: volume.bytesPerSecond ?? around.bytesPerSecond,
  });
  return {
    name: body.name,
    description: body.description,
    type,
    remoteSystemId: remoteSystem.id,
    sourceResourceId: source.id,
    volumes: source.volumes.map(toVolume),
    isGroup: source.isGroup,
    volumeGroupId: resolveOptional(body.volume_group_id, inventory.volumeGroups, "volume group")?.id,
    protectionPolicyId: policy?.id,
    automaticCutover: body.automatic_cutover ?? false,
    scheduledMs: body.scheduled_timestamp === undefined ? undefined : Date.parse(body.scheduled_timestamp),
    globalStorageDiscoveryAddress: body.global_storage_discovery_address,
    precheckError: policy?.replicates === true ? policyReplicates : undefined,
  };
}

interface Source {
  readonly id: string;
  readonly isGroup: boolean;
  readonly criteria: string;
  readonly volumes: readonly SourceVolumeSeed[];
}

function findSource(id: string, remoteSystemId: string, inventory: Inventory): Source {
  const volume = inventory.sourceVolumes.find((one) => one.id === id);
  const group = inventory.sourceGroups.find((one) => one.id === id);
  const found = volume ?? group;
  if (found === undefined || found.remoteSystemId !== remoteSystemId) {
    throw refuse(codes.invalidReference, `The source ${id} does not exist on the remote system.`, [id]);
  }
  const volumes = volume === undefined ? inventory.sourceVolumes.filter(({ groupId }) => groupId === id) : [volume];
  return { id, isGroup: volume === undefined, criteria: found.importableCriteria ?? "Ready", volumes };
}

function demandImportable(id: string, seeded: string, type: ImportType, around: Surroundings): void {
  const wanted = type === "Non_Disruptive" ? "Ready" : "Ready_For_Agentless_Import";
  const criteria = around.criteriaOf(id, seeded);
  if (criteria === wanted) return;
  throw refuse(codes.notImportable, `The source ${id} cannot be imported ${type}: its criteria is ${criteria}.`, [
    criteria,
  ]);
}

/** Hosts are mapped by agentless imports only, either all members alike or member by member, by the WWN of the source. */
function demandHosts(body: CreateBody, type: ImportType, source: Source, inventory: Inventory): void {
  const common = [body.host_ids, body.host_group_ids].filter((given) => given !== undefined);
  const perMember = [
    ...(body.consistency_group_member_host_ids ?? []),
    ...(body.consistency_group_member_host_group_ids ?? []),
  ];
  if (common.length + perMember.length > 0 && type !== "Agentless") {
    throw refuse(codes.invalidHosts, "Hosts can be mapped by an Agentless import only.");
  }
  if (perMember.length > 0 && (common.length > 0 || !source.isGroup)) {
    throw refuse(codes.invalidHosts, "Hosts are mapped for all members of a consistency group alike, or for each.");
  }
  for (const { volume_wwn } of perMember) {
    if (source.volumes.some(({ wwn }) => wwn === volume_wwn)) continue;
    throw refuse(codes.invalidHosts, `The source has no member with WWN ${volume_wwn}.`, [volume_wwn]);
  }
  const hosts = [body.host_ids, ...(body.consistency_group_member_host_ids ?? []).map(({ host_ids }) => host_ids)];
  const hostGroups = [
    body.host_group_ids,
    ...(body.consistency_group_member_host_group_ids ?? []).map(({ host_group_ids }) => host_group_ids),
  ];
  for (const id of hosts.flatMap((given) => given ?? [])) resolve(id, inventory.hosts, "host", codes.invalidHosts);
  for (const id of hostGroups.flatMap((given) => given ?? [])) {
    resolve(id, inventory.hostGroups, "host group", codes.invalidHosts);
  }
}

function resolve<Seed extends NamedSeed>(
  reference: string,
  seeds: readonly Seed[],
  what: string,
  code: string = codes.invalidReference,
): Seed {
  const found = seeds.find((seed) => isReference(reference, seed));
  if (found === undefined) throw refuse(code, `The ${what} ${reference} does not exist.`, [reference]);
  return found;
}

function resolveOptional<Seed extends NamedSeed>(reference: string | undefined, seeds: readonly Seed[], what: string) {
  return reference === undefined ? undefined : resolve(reference, seeds, what);
}

function refuse(code: string, message: string, args: readonly string[] = []): Refusal {
  return new Refusal(422, code, message, args);
}

const policyReplicates: SessionError = {
  code: codes.policyReplicates,
  message: "The protection policy of an import must not contain a replication rule.",
};
