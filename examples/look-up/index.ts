import { eternus, powerstore } from "pulumi-storage-migration";

// If the volume cannot be imported, this fails in the preview and shows PowerStore's own criterion.
const source = await powerstore.getImportableVolume({ remoteSystem: "name:old-unity", name: "erp-db" });

const erp = new powerstore.ImportSession("erp-db", {
  remoteSystemId: "name:old-unity",
  sourceResourceId: source.id,
  type: "Non_Disruptive",
});

// The `…Output` forms take outputs and return one, so this lookup waits until the session's id is known.
export const found = powerstore.getImportSessionOutput({ sessionId: erp.sessionId }).state;
export const sizeBytes = source.sizeBytes;
export const copying = (await powerstore.listImportSessions({ states: ["Copy_In_Progress"] })).length;
export const replicated = (await eternus.listCopySessions()).map(({ id, status }) => `${id}: ${status}`);
