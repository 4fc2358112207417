/** An array of another make, known to the PowerStore. */
export interface RemoteSystemSeed {
  readonly id: string;
  readonly name: string;
  readonly type: RemoteSystemType;
  /** @default "OK" */
  readonly state?: "OK" | "Update_Needed" | "Management_Connection_Lost" | "Partial_Delete";
  /** @default "OK" */
  readonly dataConnectionState?: "OK" | "Partial_Data_Connection_Loss" | "Complete_Data_Connection_Loss";
  readonly managementAddress?: string;
  readonly serialNumber?: string;
}

export type RemoteSystemType =
  | "PowerStore"
  | "Unity"
  | "VNX"
  | "PS_Equallogic"
  | "Storage_Center"
  | "XtremIO"
  | "NetApp"
  | "PowerMax_VMAX"
  | "Universal";

/** A volume the PowerStore has discovered on a remote system. */
export interface SourceVolumeSeed {
  readonly id: string;
  readonly name: string;
  readonly remoteSystemId: string;
  readonly wwn: string;
  readonly sizeBytes: number;
  /** The consistency group it belongs to. */
  readonly groupId?: string;
  /** Only `Ready` can be imported without disruption, only `Ready_For_Agentless_Import` agentless. @default "Ready" */
  readonly importableCriteria?: string;
  /** How fast it is copied. @default the array's `bytesPerSecond` */
  readonly bytesPerSecond?: number;
}

/** A consistency group the PowerStore has discovered on a remote system. */
export interface SourceGroupSeed {
  readonly id: string;
  readonly name: string;
  readonly remoteSystemId: string;
  /** As for a volume. @default "Ready" */
  readonly importableCriteria?: string;
}

/** Something an import can refer to by id or name: a host, a host group, a volume group. */
export interface NamedSeed {
  readonly id: string;
  readonly name: string;
}

export interface ProtectionPolicySeed extends NamedSeed {
  /** Such a policy makes an import fail. @default false */
  readonly replicates?: boolean;
}

/** What the array knows besides import sessions. */
export interface Inventory {
  readonly remoteSystems: readonly RemoteSystemSeed[];
  readonly sourceVolumes: readonly SourceVolumeSeed[];
  readonly sourceGroups: readonly SourceGroupSeed[];
  readonly hosts: readonly NamedSeed[];
  readonly hostGroups: readonly NamedSeed[];
  readonly volumeGroups: readonly NamedSeed[];
  readonly protectionPolicies: readonly ProtectionPolicySeed[];
}

const gibibyte = 1024 ** 3;

/** What a simulated array knows unless told otherwise: an old Unity to import from, and an old NetApp. */
export const defaultInventory: Inventory = {
  remoteSystems: [
    { id: "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a01", name: "old-unity", type: "Unity", serialNumber: "CKM00190000001" },
    { id: "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a02", name: "old-netapp", type: "NetApp", serialNumber: "700000000002" },
    { id: "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a03", name: "other-powerstore", type: "PowerStore" },
  ],
  sourceVolumes: [
    unityVolume("sv_42", "erp-db", 200),
    unityVolume("sv_43", "erp-log", 50),
    unityVolume("sv_44", "crm-db", 100, { importableCriteria: "Ready_For_Agentless_Import" }),
    unityVolume("sv_45", "files", 500, { importableCriteria: "Used_By_NAS" }),
    unityVolume("sv_51", "mes-data", 60, { groupId: "res_7" }),
    unityVolume("sv_52", "mes-log", 20, { groupId: "res_7" }),
    unityVolume("sv_61", "web-data", 40, { groupId: "res_8", importableCriteria: "Ready_For_Agentless_Import" }),
    unityVolume("sv_62", "web-log", 10, { groupId: "res_8", importableCriteria: "Ready_For_Agentless_Import" }),
    {
      id: "lun_7",
      name: "vdi-gold",
      remoteSystemId: "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a02",
      wwn: "naa.600a0980000000000000000000000007",
      sizeBytes: 80 * gibibyte,
      importableCriteria: "Ready_For_Agentless_Import",
    },
  ],
  sourceGroups: [
    { id: "res_7", name: "mes", remoteSystemId: "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a01" },
    {
      id: "res_8",
      name: "web",
      remoteSystemId: "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a01",
      importableCriteria: "Ready_For_Agentless_Import",
    },
  ],
  hosts: [
    { id: "5d3b0c7e-0001-4000-8000-00000000000a", name: "esx-01" },
    { id: "5d3b0c7e-0002-4000-8000-00000000000a", name: "esx-02" },
  ],
  hostGroups: [{ id: "5d3b0c7e-0003-4000-8000-00000000000a", name: "esx-cluster" }],
  volumeGroups: [{ id: "5d3b0c7e-0004-4000-8000-00000000000a", name: "erp" }],
  protectionPolicies: [
    { id: "5d3b0c7e-0005-4000-8000-00000000000a", name: "hourly-snapshots" },
    { id: "5d3b0c7e-0006-4000-8000-00000000000a", name: "replicated", replicates: true },
  ],
};

function unityVolume(
  id: string,
  name: string,
  sizeGibibytes: number,
  more: Partial<SourceVolumeSeed> = {},
): SourceVolumeSeed {
  return {
    id,
    name,
    remoteSystemId: "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a01",
    wwn: `naa.6006016000000000000000000000${id.replace("sv_", "00")}`,
    sizeBytes: sizeGibibytes * gibibyte,
    ...more,
  };
}
