import type { Inventory, RemoteSystemSeed, SourceGroupSeed, SourceVolumeSeed } from "./inventory.ts";
import {
  type Attribute,
  integer,
  label,
  localized,
  type Resource,
  type Row,
  text,
  withDisplayTexts,
  words,
} from "./resource.ts";
import { type SourceKind, sourceKinds } from "./source-kinds.ts";

/** Tells what an import has made of a source: its present `importable_criteria`, given what it was seeded with. */
export type CriteriaOf = (sourceId: string, seeded: string) => string;

/** The lists of discovered volumes and groups, for every make of array. */
export function sourceResources(inventory: Inventory, criteriaOf: CriteriaOf): readonly Resource[] {
  return sourceKinds.flatMap((kind) => {
    const volumes = volumeResource(kind, inventory, criteriaOf);
    return kind.groups === undefined ? [volumes] : [volumes, groupResource(kind, kind.groups, inventory, criteriaOf)];
  });
}

function volumeResource(kind: SourceKind, inventory: Inventory, criteriaOf: CriteriaOf): Resource {
  const attributes = localized({
    id: text,
    name: label,
    wwn: text,
    size: integer,
    importable_criteria: volumeCriteria,
    [kind.arrayIdAttribute]: text,
    ...(kind.groupIdAttribute === undefined ? {} : { [kind.groupIdAttribute]: text }),
    ...kind.attributes,
  });
  const toRow = (seed: SourceVolumeSeed): Row => ({
    ...kind.values,
    id: seed.id,
    name: seed.name,
    wwn: seed.wwn,
    size: seed.sizeBytes,
    importable_criteria: criteriaOf(seed.id, seed.importableCriteria ?? "Ready"),
    [kind.arrayIdAttribute]: arrayId(kind, inventory, seed.remoteSystemId),
    ...(kind.groupIdAttribute === undefined ? {} : { [kind.groupIdAttribute]: seed.groupId ?? null }),
  });
  return resource(kind.volumes, attributes, () => ofKind(kind, inventory, inventory.sourceVolumes).map(toRow));
}

function groupResource(kind: SourceKind, name: string, inventory: Inventory, criteriaOf: CriteriaOf): Resource {
  const attributes = localized({
    id: text,
    name: label,
    importable_criteria: groupCriteria,
    [kind.arrayIdAttribute]: text,
  });
  const toRow = (seed: SourceGroupSeed): Row => ({
    id: seed.id,
    name: seed.name,
    importable_criteria: criteriaOf(seed.id, seed.importableCriteria ?? "Ready"),
    [kind.arrayIdAttribute]: arrayId(kind, inventory, seed.remoteSystemId),
  });
  return resource(name, attributes, () => ofKind(kind, inventory, inventory.sourceGroups).map(toRow));
}

function resource(name: string, attributes: Readonly<Record<string, Attribute>>, rows: () => readonly Row[]): Resource {
  return { name, attributes, embeds: {}, rows: () => rows().map((row) => withDisplayTexts(row, attributes)) };
}

function ofKind<Seed extends { readonly remoteSystemId: string }>(
  kind: SourceKind,
  inventory: Inventory,
  seeds: readonly Seed[],
): readonly Seed[] {
  return seeds.filter((seed) => remoteSystem(inventory, seed.remoteSystemId)?.type === kind.type);
}

/** A Unity is named by its serial number; only of PowerMax and Universal is it promised to be the remote system's id. */
function arrayId(kind: SourceKind, inventory: Inventory, remoteSystemId: string): string {
  if (kind.type === "PowerMax_VMAX" || kind.type === "Universal") return remoteSystemId;
  return remoteSystem(inventory, remoteSystemId)?.serialNumber ?? `serial-of-${remoteSystemId}`;
}

function remoteSystem(inventory: Inventory, id: string): RemoteSystemSeed | undefined {
  return inventory.remoteSystems.find((one) => one.id === id);
}

const groupCriteria = words([
  "Ready",
  "Ready_For_Agentless_Import",
  "In_Progress",
  "Members_Not_Ready",
  "No_Members",
  "Max_Members",
  "Not_In_Sync",
  "Imported",
  "Incompatible_Firmware",
  "Undetermined",
]);

const volumeCriteria = words([
  "Ready",
  "Ready_For_Agentless_Import",
  "In_Progress",
  "Host_Not_Added",
  "Imported",
  "Incompatible_Firmware",
  "Incompatible_Host_Agent",
  "Undetermined",
  "Host_Volume_Offline",
  "Cluster_Node_Count_MisMatch",
  "Undetermined_Cluster_Type",
  "Source_Volume_Offline",
  "Replication_Destination",
  "SC_Live_Volume",
  "SC_Degraded",
  "SC_Not_Active",
  "Used_By_NAS",
  "SC_Portable_Volume",
  "VNX_Faulted",
  "VNX_Not_Ready",
  "VNX_Internal_Volume",
  "Unity_System_Health_Inappropriate",
  "Unity_Volume_Health_Inappropriate",
  "XtremIO_Severity_Inappropriate",
  "XtremIO_State_Inappropriate",
  "XtremIO_Volume_Severity_Inappropriate",
  "XtremIO_Volume_State_Inappropriate",
  "NetApp_System_State_Inappropriate",
  "NetApp_Volume_State_Inappropriate",
  "Volume_Size_Not_Multiple_of_8192",
  "Unsupported_Protocol",
  "Vmax_Volume_State_Inappropriate",
]);
