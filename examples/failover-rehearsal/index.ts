import * as pulumi from "@pulumi/pulumi";
import { eternus } from "pulumi-storage-migration";

// The stack connects to the first site's array, so `LocalToRemote` copies from the first site to the second.
// Run `pulumi config set stage …`, then preview and up. The preview names every volume on which the run overwrites data.
const stages = {
  // The first site copies to the second. After `rehearse`, this discards what the rehearsal wrote there.
  normal: { targetState: "Active", direction: "LocalToRemote" },
  // The second site's volumes keep the data of one moment. Start the applications there and test them.
  rehearse: { targetState: "Suspend", direction: "LocalToRemote" },
  // The second site is in production. The arrays copy its writes back, over the first site's volumes, so first stop the applications on the first site.
  takeOver: { targetState: "Active", direction: "RemoteToLocal" },
  // First stop the applications on the second site and wait for `equivalent`. Then choose this stage, and after it `normal`.
  handBack: { targetState: "Suspend", direction: "RemoteToLocal" },
} as const;

const stage = new pulumi.Config().get("stage") ?? "normal";
const declared = Object.entries(stages).find(([name]) => name === stage)?.[1];
if (declared === undefined) throw new pulumi.RunError(`stage must be one of ${Object.keys(stages).join(", ")}`);

const replication = new eternus.RecSessionGroup("erp-dr", { copySessionIds: [12, 13, 14], ...declared });

// True if all volumes of the second site show the same moment, and if they hold usable data.
export const consistent = replication.consistent;
export const usable = replication.destinationUsable;
export const sessions = replication.sessions.apply((all) =>
  all.map(({ id, status, phase, direction }) => `${id}: ${direction}, ${status}, ${phase}`),
);
// True if no data is left to copy, so a suspend loses nothing.
export const equivalent = replication.sessions.apply((all) => all.every(({ phase }) => phase === "Equivalent"));
