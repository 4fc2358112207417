import * as pulumi from "@pulumi/pulumi";
import { eternus, powerstore } from "pulumi-storage-migration";

const config = new pulumi.Config();

// `pulumi config set stage …`, then preview and up, as often as needed; going back a stage undoes nothing.
//   prepare  days before: suspends the replication, copies the volumes and keeps them in sync
//   canary   cuts over the least critical volumes alone: look at their application before going on
//   cutover  cuts over the others, once all are ready; irreversible
//   done     the applications are accepted: the replication copies over its destinations again
const stages = ["prepare", "canary", "cutover", "done"] as const;
const stage = stages.find((one) => one === (config.get("stage") ?? "prepare"));
if (stage === undefined) throw new pulumi.RunError(`stage must be one of ${stages.join(", ")}`);

// The replication's destinations keep the state from before the weekend: what there is to go back to.
function replication(targetState: pulumi.Input<"Suspend" | "Active">, options?: pulumi.CustomResourceOptions) {
  return new eternus.RecSessionGroup("erp-dr", { copySessionIds: [12, 13, 14], targetState }, options);
}

// Suspended before anything is copied; resumed, in the last stage, after everything is cut over.
const suspended = stage === "done" ? [] : [replication("Suspend")];

const wave = new powerstore.MigrationWave(
  "erp",
  {
    // The largest first: it decides how long the copy takes.
    members: {
      db: { sourceResourceId: "sv_42" },
      log: { sourceResourceId: "sv_43" },
      mes: { sourceResourceId: "res_7" }, // a consistency group
    },
    defaults: { remoteSystemId: "name:old-unity", type: "Non_Disruptive" },
    copiesAtOnce: 2,
    canary: "mes",
    cutover: stage === "prepare" ? false : stage === "canary" ? "canary" : true,
    // `pulumi config set windowOpens 2026-12-05T22:00:00Z`: nothing is cut over before, whatever the stage.
    cutoverWindow: { notBefore: config.require("windowOpens") },
  },
  { dependsOn: suspended, customTimeouts: { create: "24h", update: "4h", delete: "1h" } },
);

if (stage === "done") {
  replication(
    wave.complete.apply((isComplete) => (isComplete ? "Active" : "Suspend")),
    { dependsOn: wave },
  );
}

export const states = wave.states;
export const readyForCutover = wave.ready;
export const complete = wave.complete;
