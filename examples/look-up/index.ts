import { eternus, powerstore } from "pulumi-storage-migration";

// Fails in preview, with PowerStore's own criterion, if the volume cannot be imported.
const source = await powerstore.getImportableVolume({ remoteSystem: "name:old-unity", name: "erp-db" });

const erp = new powerstore.ImportSession("erp-db", {
  remoteSystemId: "name:old-unity",
  sourceResourceId: source.id,
  type: "Non_Disruptive",
});

// The same, once something else is known: the `…Output` forms take outputs and give one.
export const found = powerstore.getImportSessionOutput({ sessionId: erp.sessionId }).state;
export const sizeBytes = source.sizeBytes;
export const copying = (await powerstore.listImportSessions({ states: ["Copy_In_Progress"] })).length;
export const replicated = (await eternus.listCopySessions()).map(({ id, status }) => `${id}: ${status}`);
