import * as pulumi from "@pulumi/pulumi";
import { eternus, powerstore } from "pulumi-storage-migration";

const config = new pulumi.Config();

// `pulumi config set cutOver true` cuts over, which cannot be undone; `resumeReplication true` copies to the replication's destinations again.

// The replication of the old array rests while its volume moves: its destinations keep the state from before.
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
