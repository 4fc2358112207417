import type { RemoteSystemType } from "./inventory.ts";
import { type Attribute, flag, type Row, texts, words } from "./resource.ts";

/** How the importable resources of one make of array are called, and what they have beyond the common attributes. */
export interface SourceKind {
  readonly type: RemoteSystemType;
  readonly volumes: string;
  /** The attribute that names the source array, of volumes and groups. */
  readonly arrayIdAttribute: string;
  /** Makes without groups have none. */
  readonly groups?: string;
  readonly groupIdAttribute?: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** What those attributes say of every simulated volume. */
  readonly values: Row;
}

const blockSizes = words(["512_Bytes", "4K_Bytes", "Unknown"]);

/** One row per make (PowerStore REST 4.1 Swagger, `import_…_volume_instance`). */
export const sourceKinds: readonly SourceKind[] = [
  {
    type: "Unity",
    volumes: "import_unity_volume",
    arrayIdAttribute: "import_unity_id",
    groups: "import_unity_consistency_group",
    groupIdAttribute: "import_unity_consistency_group_id",
    attributes: {
      host_volume_ids: texts,
      is_replication_destination: flag,
      is_thin_clone: flag,
      type: words(["Unknown", "Generic_Storage", "Standalone", "Vmware_iSCSI"]),
      health: words(["Unknown", "Ok", "Ok_But", "Degraded", "Minor", "Major", "Critical", "Non_Recoverable"]),
      migration_state: words([
        "Normal",
        "Prepare_For_Migration",
        "Source_Disabled_For_IO",
        "Source_Migration_Aborted",
        "Source_Migration_Completed",
        "Source_Migration_In_Progress",
        "Unknown",
      ]),
    },
    values: {
      host_volume_ids: [],
      is_replication_destination: false,
      is_thin_clone: false,
      type: "Standalone",
      health: "Ok",
      migration_state: "Normal",
    },
  },
  {
    type: "VNX",
    volumes: "import_vnx_volume",
    arrayIdAttribute: "import_vnx_array_id",
    groups: "import_vnx_consistency_group",
    groupIdAttribute: "import_vnx_consistency_group_id",
    attributes: {
      host_volume_ids: texts,
      health: words(["Invalid", "Initializing", "Ready", "Faulted", "Offline", "Destroying", "Default"]),
      migration_state: words([
        "None",
        "Prepared",
        "Disabled_For_IO",
        "In_Progress",
        "Completed",
        "Aborted",
        "Not_Applicable",
        "Unknown",
      ]),
    },
    values: { host_volume_ids: [], health: "Ready", migration_state: "None" },
  },
  {
    type: "Storage_Center",
    volumes: "import_storage_center_volume",
    arrayIdAttribute: "import_storage_center_id",
    groups: "import_storage_center_consistency_group",
    groupIdAttribute: "import_storage_center_consistency_group_id",
    attributes: {
      host_volume_ids: texts,
      import_storage_center_consistency_group_names: texts,
      is_active: flag,
      is_read_only: flag,
      health: words(["Up", "Down", "Degraded", "Unknown"]),
      migration_state: words([
        "Legacy",
        "Preparing",
        "Disabled_For_IO",
        "In_Progress",
        "Done",
        "Aborted",
        "Not_Applicable",
        "Unknown",
      ]),
    },
    values: {
      host_volume_ids: [],
      import_storage_center_consistency_group_names: [],
      is_active: true,
      is_read_only: false,
      health: "Up",
      migration_state: "Not_Applicable",
    },
  },
  {
    type: "PS_Equallogic",
    volumes: "import_psgroup_volume",
    arrayIdAttribute: "import_psgroup_id",
    attributes: {
      host_volume_ids: texts,
      block_size: blockSizes,
      is_online: flag,
      is_read_only: flag,
      migration_state: words([
        "None",
        "Normal",
        "Prepared",
        "Disabled_For_IO",
        "In_Progress",
        "Aborted",
        "Completed",
        "Unknown",
      ]),
    },
    values: {
      host_volume_ids: [],
      block_size: "512_Bytes",
      is_online: true,
      is_read_only: false,
      migration_state: "None",
    },
  },
  {
    type: "XtremIO",
    volumes: "import_xtremio_volume",
    arrayIdAttribute: "import_xtremio_id",
    groups: "import_xtremio_consistency_group",
    groupIdAttribute: "import_xtremio_consistency_group_id",
    attributes: {
      import_xtremio_consistency_group_names: texts,
      is_read_only: flag,
      is_replication_destination: flag,
      certainty: words(["Ok", "Add_Pending", "Modify_Pending", "Remove_Pending", "Unknown"]),
      severity: words(["Clear", "Information", "Minor", "Major", "Critical", "Unknown"]),
    },
    values: {
      import_xtremio_consistency_group_names: [],
      is_read_only: false,
      is_replication_destination: false,
      certainty: "Ok",
      severity: "Clear",
    },
  },
  {
    type: "NetApp",
    volumes: "import_netapp_volume",
    arrayIdAttribute: "import_netapp_id",
    attributes: {
      is_read_only: flag,
      is_replication_destination: flag,
      container_state: words(["Online", "Aggregate_Offline", "Volume_Offline"]),
      state: words(["Online", "Offline", "Foreign_Lun_Error", "Nvfail", "Space_Error"]),
    },
    values: { is_read_only: false, is_replication_destination: false, container_state: "Online", state: "Online" },
  },
  {
    type: "PowerMax_VMAX",
    volumes: "import_vmax_volume",
    arrayIdAttribute: "import_vmax_id",
    groups: "import_vmax_storage_group",
    groupIdAttribute: "import_vmax_storage_group_id",
    attributes: {
      block_size: blockSizes,
      is_read_only: flag,
      is_replication_destination: flag,
      is_snap_vx_target: flag,
      state: words(["Ready", "Not_Ready", "Write_Disabled", "Mixed", "Not_Applicable"]),
    },
    values: {
      block_size: "512_Bytes",
      is_read_only: false,
      is_replication_destination: false,
      is_snap_vx_target: false,
      state: "Ready",
    },
  },
  {
    type: "Universal",
    volumes: "import_universal_volume",
    arrayIdAttribute: "remote_system_id",
    groups: "import_universal_consistency_group",
    groupIdAttribute: "import_universal_consistency_group_id",
    attributes: { block_size: blockSizes },
    values: { block_size: "512_Bytes" },
  },
];
