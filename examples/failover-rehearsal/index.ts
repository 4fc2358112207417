import * as pulumi from "@pulumi/pulumi";
import { eternus } from "pulumi-storage-migration";

// `pulumi config set stage …`, then preview and up. Preview names every volume on which something is overwritten.
const stages = {
  // The first site copies to the second. Coming from `rehearse`, what the rehearsal wrote there is discarded.
  normal: { targetState: "Active", direction: "Forward" },
  // The second site's volumes stand still at one moment: start the applications there and try them.
  rehearse: { targetState: "Suspend", direction: "Forward" },
  // The second site is in production: what it writes is copied back, over the first site's volumes. Stop the applications there first.
  takeOver: { targetState: "Active", direction: "Reversed" },
  // Stop the applications on the second site, wait for `equivalent` before it, then come here, and from here to `normal`.
  handBack: { targetState: "Suspend", direction: "Reversed" },
} as const;

const stage = new pulumi.Config().get("stage") ?? "normal";
const declared = Object.entries(stages).find(([name]) => name === stage)?.[1];
if (declared === undefined) throw new pulumi.RunError(`stage must be one of ${Object.keys(stages).join(", ")}`);

const replication = new eternus.RecSessionGroup("erp-dr", { copySessionIds: [12, 13, 14], ...declared });

// Whether all volumes of the second site show the same moment, and can be used.
export const consistent = replication.consistent;
export const usable = replication.destinationUsable;
export const sessions = replication.sessions.apply((all) =>
  all.map(({ id, status, phase, direction }) => `${id}: ${direction}, ${status}, ${phase}`),
);
// Nothing is left to be copied: the moment to suspend without losing anything.
export const equivalent = replication.sessions.apply((all) => all.every(({ phase }) => phase === "Equivalent"));
