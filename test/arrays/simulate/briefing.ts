import type { SimulatedEternus } from "../eternus/simulated-eternus.ts";
import type { Inventory } from "../powerstore/inventory.ts";
import type { SimulatedPowerStore } from "../powerstore/power-store.ts";

/** The arrays that were started. */
export interface Simulated {
  readonly powerstore: Pick<SimulatedPowerStore, "endpoint" | "username" | "password">;
  readonly eternus: Pick<SimulatedEternus, "endpoint" | "username" | "password" | "sessions">;
  readonly inventory: Pick<Inventory, "remoteSystems" | "sourceVolumes" | "sourceGroups" | "hosts" | "hostGroups">;
  readonly speed: number;
  /** The file with the certificate that both are trusted by. */
  readonly caFile: string;
}

/** What somebody who has just started the arrays needs to know: how to reach them and what is there to migrate. */
export function briefing({ powerstore, eternus, inventory, speed, caFile }: Simulated): string {
  return [
    `A simulated PowerStore and a simulated ETERNUS; a minute takes them ${minute(speed)}. Ctrl-C ends them, and nothing is kept.`,
    "",
    "Point a stack at them, in the folder of its program:",
    "",
    ...configLines("powerstore", powerstore, caFile, speed),
    "",
    ...configLines("eternus", eternus, caFile, speed),
    "",
    "On the PowerStore, sources to import from (remoteSystemId, sourceResourceId):",
    "",
    ...sourceLines(inventory),
    "",
    "Hosts and host groups to map an agentless import to (hostIds, hostGroupIds):",
    "",
    ...inventory.hosts.map(({ name }) => `  name:${name}  host`),
    ...inventory.hostGroups.map(({ name }) => `  name:${name}  host group`),
    "",
    "On the ETERNUS, REC copy sessions (copySessionIds):",
    "",
    ...eternus.sessions().map(({ id, transferMode, status, phase }) => `  ${id}  ${transferMode}, ${status}, ${phase}`),
    "",
  ].join("\n");
}

type Reachable = Pick<SimulatedPowerStore, "endpoint" | "username" | "password">;

function configLines(namespace: string, { endpoint, username, password }: Reachable, caFile: string, speed: number) {
  const set = (name: string, value: string) => `  pulumi config set ${namespace}:${name} ${value}`;
  return [
    set("endpoint", endpoint),
    set("username", username),
    `  pulumi config set --secret ${namespace}:password ${password}`,
    set("caCertificate", /\s/.test(caFile) ? `"${caFile}"` : caFile),
    // Whose time runs fast is looked at more often.
    ...(speed > 1 ? [set("pollMinimumSeconds", "0.5"), set("pollMaximumSeconds", "2")] : []),
  ];
}

function sourceLines({ remoteSystems, sourceVolumes, sourceGroups }: Simulated["inventory"]): readonly string[] {
  const groups = sourceGroups.map((group) => {
    const members = sourceVolumes.filter(({ groupId }) => groupId === group.id);
    return { ...group, sizeBytes: members.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0), is: "group " };
  });
  const volumes = sourceVolumes.filter(({ groupId }) => groupId === undefined).map((volume) => ({ ...volume, is: "" }));
  return [...volumes, ...groups].map(({ id, name, is, remoteSystemId, sizeBytes, importableCriteria = "Ready" }) => {
    const system = remoteSystems.find((remote) => remote.id === remoteSystemId)?.name ?? remoteSystemId;
    const size = `${Math.round(sizeBytes / 1024 ** 3)} GiB`;
    return `  name:${system}  ${id}  ${is}${name}, ${size}, ${importableCriteria}`;
  });
}

function minute(speed: number): string {
  const seconds = 60 / speed;
  return seconds === 1 ? "1 second" : `${Number(seconds.toPrecision(3))} seconds`;
}
