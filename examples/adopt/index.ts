import * as pulumi from "@pulumi/pulumi";
import { powerstore } from "pulumi-storage-migration";

const config = new pulumi.Config();

// `pulumi config set sessionId <id>` names the session on the PowerStore. `pulumi config set approval <id>` repeats its id and allows the cutover.

const adopted = new powerstore.ImportSession(
  "begun-by-hand",
  {
    sessionId: config.require("sessionId"),
    targetState: "Import_Completed",
    // Rests at Ready_For_Cutover until somebody repeats the session's id.
    cutoverApproval: { code: config.get("approval") },
  },
  // The session existed before this program, so destroying the program must not cancel it.
  { retainOnDelete: true },
);

export const state = adopted.state;
export const held = adopted.held.apply((held) => held ?? "no");
