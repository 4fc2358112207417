import * as pulumi from "@pulumi/pulumi";
import { eternus, powerstore } from "pulumi-storage-migration";

const config = new pulumi.Config();

// With `pulumi config set cutOver true`, the program cuts over, which cannot be undone. With `resumeReplication true`, it copies to the replication's destinations again.

// The program suspends the old array's replication while its volume moves, so the destinations keep the data from before.
const replication = new eternus.RecSessionGroup("erp-dr", {
  copySessionIds: [12, 13, 14],
  targetState: config.getBoolean("resumeReplication") ? "Active" : "Suspend",
});

const erp = new powerstore.ImportSession(
  "erp-db",
  {
    remoteSystemId: "name:old-unity",
    sourceResourceId: "sv_42",
    type: "Non_Disruptive",
    targetState: config.getBoolean("cutOver") ? "Import_Completed" : "Ready_For_Cutover",
  },
  { dependsOn: replication, customTimeouts: { create: "8h", update: "2h", delete: "30m" } },
);

export const session = erp.sessionId;
export const state = erp.state;
export const destination = erp.destinationResourceId;
export const actions = erp.actions;
export const replicationConsistent = replication.consistent;
