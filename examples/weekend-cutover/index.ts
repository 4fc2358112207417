import * as pulumi from "@pulumi/pulumi";
import { eternus, powerstore } from "pulumi-storage-migration";

const config = new pulumi.Config();

// Run `pulumi config set stage …`, then preview and up, as often as needed. Going back a stage undoes nothing.
//   prepare  days before: suspends the replication, copies the volumes and keeps them in sync
//   canary   cuts over the least critical volumes alone; check their application before you continue
//   cutover  cuts over the others when all are ready; irreversible
//   done     after the applications are accepted: the replication copies over its destinations again
const stages = ["prepare", "canary", "cutover", "done"] as const;
const stage = stages.find((one) => one === (config.get("stage") ?? "prepare"));
if (stage === undefined) throw new pulumi.RunError(`stage must be one of ${stages.join(", ")}`);

// The replication's destinations keep the data from before the weekend, so that you can go back to it.
function replication(targetState: pulumi.Input<"Suspend" | "Active">, options?: pulumi.CustomResourceOptions) {
  return new eternus.RecSessionGroup("erp-dr", { copySessionIds: [12, 13, 14], targetState }, options);
}

// The program suspends it before it copies anything. In the last stage, it resumes it after everything is cut over.
const suspended = stage === "done" ? [] : [replication("Suspend")];

const wave = new powerstore.MigrationWave(
  "erp",
  {
    // Put the largest first, because it decides how long the whole copy takes.
    members: {
      db: { sourceResourceId: "sv_42" },
      log: { sourceResourceId: "sv_43" },
      mes: { sourceResourceId: "res_7" }, // a consistency group
    },
    defaults: { remoteSystemId: "name:old-unity", type: "Non_Disruptive" },
    copiesAtOnce: 2,
    canary: "mes",
    cutover: stage === "prepare" ? false : stage === "canary" ? "canary" : true,
    // Run `pulumi config set windowOpens 2026-12-05T22:00:00Z`. The wave cuts nothing over before that time, whatever the stage.
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
