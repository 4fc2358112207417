import { powerstore } from "pulumi-storage-migration";

// Each array has a name in the configuration:
//   pulumi config set --path powerstore:arrays.east.endpoint https://powerstore-east.example.com
//   pulumi config set --path powerstore:arrays.east.username migration
//   pulumi config set --path --secret powerstore:arrays.east.password
// and the same for `west`. Each resource names its array.

const imports = [
  { name: "erp-db", array: "east", sourceResourceId: "sv_42" },
  { name: "erp-log", array: "west", sourceResourceId: "sv_43" },
];

const sessions = imports.map(({ name, ...where }) => {
  return new powerstore.ImportSession(name, { ...where, remoteSystemId: "name:old-unity", type: "Non_Disruptive" });
});

export const states = sessions.map(({ state }) => state);

// Lookups accept the name as well.
const listed = await powerstore.listImportSessions({ array: "west" });
export const onWest = listed.map(({ name, state }) => `${name}: ${state}`);
