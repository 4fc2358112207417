import type { Inventory, RemoteSystemSeed } from "./inventory.ts";
import {
  type Attribute,
  integer,
  label,
  localized,
  object,
  type Row,
  text,
  texts,
  withDisplayTexts,
  words,
} from "./resource.ts";

const chapModes = ["Disabled", "Single", "Mutual"];

/** The attributes of `remote_system` (PowerStore REST 4.1 Swagger, `remote_system_instance`). */
export const remoteSystemAttributes: Readonly<Record<string, Attribute>> = localized({
  id: text,
  name: label,
  description: text,
  serial_number: text,
  management_address: text,
  management_port: integer,
  type: words([
    "PowerStore",
    "Unity",
    "VNX",
    "PS_Equallogic",
    "Storage_Center",
    "XtremIO",
    "NetApp",
    "PowerProtect_DD",
    "PowerMax_VMAX",
    "Universal",
  ]),
  user_name: text,
  state: words(["OK", "Update_Needed", "Management_Connection_Lost", "Partial_Delete"]),
  iscsi_addresses: texts,
  fc_target_wwns: texts,
  discovery_chap_mode: words(chapModes),
  session_chap_mode: words(chapModes),
  data_network_latency: words(["Low", "Low_Medium", "Medium", "Medium_High", "High"]),
  data_connection_type: words(["iSCSI", "TCP", "FC", "DD_Boost"]),
  data_connection_state: words([
    "OK",
    "Partial_Data_Connection_Loss",
    "Complete_Data_Connection_Loss",
    "Status_Not_Available",
    "No_Targets_Discovered",
    "Initializing",
    "Data_Connection_Unstable",
  ]),
  capabilities: {
    type: "strings",
    values: [
      "Asynchronous_Block_Replication",
      "Asynchronous_File_Replication",
      "Asynchronous_Vvol_Replication",
      "Block_Agentless_Import",
      "Block_Metro_Active_Active",
      "Block_Nondisruptive_Import",
      "File_Import",
      "Remote_Backup",
      "Synchronous_Block_Replication",
      "Synchronous_File_Replication",
    ],
  },
  version: text,
  vnx_file_username: text,
  file_connection_address: text,
  file_connection_state: words(["OK", "Update_Needed", "Not_OK", "Status_Unknown"]),
  appliance_details: object,
  powerstore_data_network_configuration: object,
});

/** The array's remote systems as instances. */
export function remoteSystemRows(inventory: Inventory, okWord: "OK" | "Ok" = "OK"): readonly Row[] {
  const rows = inventory.remoteSystems.map(toRow).map((row) => ({
    ...row,
    state: row.state === "OK" ? okWord : row.state,
    data_connection_state: row.data_connection_state === "OK" ? okWord : row.data_connection_state,
  }));
  return rows.map((row) => withDisplayTexts(row, remoteSystemAttributes));
}

/** Nothing can be imported from another PowerStore this way. */
export function isImportSource(seed: RemoteSystemSeed): boolean {
  return seed.type !== "PowerStore";
}

function toRow(seed: RemoteSystemSeed): Row {
  const dataConnection = isImportSource(seed) ? "iSCSI" : "TCP";
  return {
    ...Object.fromEntries(Object.keys(remoteSystemAttributes).map((name) => [name, null])),
    id: seed.id,
    name: seed.name,
    type: seed.type,
    serial_number: seed.serialNumber ?? null,
    management_address: seed.managementAddress ?? "198.51.100.7",
    management_port: 443,
    user_name: "importer",
    state: seed.state ?? "OK",
    iscsi_addresses: ["198.51.100.8", "198.51.100.9"],
    fc_target_wwns: [],
    discovery_chap_mode: "Disabled",
    session_chap_mode: "Disabled",
    data_connection_type: dataConnection,
    data_connection_state: seed.dataConnectionState ?? "OK",
    capabilities: capabilities(seed),
    appliance_details: [],
    powerstore_data_network_configuration: [],
  };
}

function capabilities(seed: RemoteSystemSeed): string[] {
  switch (seed.type) {
    case "PowerStore":
      return ["Asynchronous_Block_Replication"];
    case "Unity":
    case "VNX":
    case "PS_Equallogic":
    case "Storage_Center":
      return ["Block_Agentless_Import", "Block_Nondisruptive_Import"];
    case "XtremIO":
    case "NetApp":
    case "PowerMax_VMAX":
    case "Universal":
      return ["Block_Agentless_Import"];
  }
}
