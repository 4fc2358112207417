/** The names under which PowerStore lists the discovered volumes and groups of one kind of array. */
export interface SourceKind {
  readonly volumes: string;
  /** Consistency groups or storage groups. Absent if this kind of array has none. */
  readonly groups?: string;
}

/** The names by the remote system's type (PowerStore REST 4.1 Swagger). */
export const sourceKinds: Readonly<Record<string, SourceKind>> = {
  Unity: { volumes: "import_unity_volume", groups: "import_unity_consistency_group" },
  VNX: { volumes: "import_vnx_volume", groups: "import_vnx_consistency_group" },
  Storage_Center: { volumes: "import_storage_center_volume", groups: "import_storage_center_consistency_group" },
  PS_Equallogic: { volumes: "import_psgroup_volume" },
  XtremIO: { volumes: "import_xtremio_volume", groups: "import_xtremio_consistency_group" },
  NetApp: { volumes: "import_netapp_volume" },
  PowerMax_VMAX: { volumes: "import_vmax_volume", groups: "import_vmax_storage_group" },
  Universal: { volumes: "import_universal_volume", groups: "import_universal_consistency_group" },
};

/** Remote systems from which PowerStore imports nothing, because they replicate or hold backups (PowerStore REST 4.1 Swagger, `RemoteSystemTypeEnum`). */
export const noSources: readonly string[] = ["PowerStore", "PowerProtect_DD"];
