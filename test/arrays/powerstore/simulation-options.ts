import type { ArrayClock } from "../clock.ts";
import type { Temperament } from "../temperament/temperament.ts";
import type { ImportTimings } from "./import-session.ts";
import { defaultInventory, type Inventory, type SourceGroupSeed, type SourceVolumeSeed } from "./inventory.ts";
import { oddVolumes } from "./odd-volumes.ts";
import type { RoleName } from "./roles.ts";
import type { StaleLoginAnswer } from "./stale-login.ts";

/** What a simulated PowerStore is like, wherever it can be reached; everything has a default. */
export interface SimulationOptions extends Partial<Omit<Inventory, "sourceVolumes" | "sourceGroups">> {
  /** @default real time */
  readonly clock?: ArrayClock;
  /** @default "admin" */
  readonly username?: string;
  /** @default "Simulated-1" */
  readonly password?: string;
  /** What the user may do is not simulated: everything. @default ["Administrator"] */
  readonly roles?: readonly RoleName[];
  /** After so long without a request a login ends. @default 3600 */
  readonly idleTimeoutSeconds?: number;
  /** What was discovered on the remote systems. @default a few volumes and two groups of a Unity called old-unity */
  readonly sources?: { readonly volumes: readonly SourceVolumeSeed[]; readonly groups?: readonly SourceGroupSeed[] };
  /** How fast volumes are copied that say nothing else. @default 400 MiB/s */
  readonly bytesPerSecond?: number;
  /** How many imports are set up or copied at the same time; the others queue. @default 8 (chosen: the real number is not published) */
  readonly maxActiveImports?: number;
  /** How long the other steps take. */
  readonly timings?: Partial<ImportTimings>;
  /** @default "401" */
  readonly staleLogin?: StaleLoginAnswer;
  /** How rough the array is. @default "calm" */
  readonly temperament?: Temperament;
  /** The cluster's `global_id`. @default another one for each simulated array */
  readonly globalId?: string;
}

/** What the array knows when it starts. */
export function inventoryOf(options: SimulationOptions, hasOddIds: boolean): Inventory {
  const { volumes, groups } = options.sources ?? {};
  const remoteSystems = options.remoteSystems ?? defaultInventory.remoteSystems;
  return {
    ...defaultInventory,
    ...options,
    sourceVolumes: [...(volumes ?? defaultInventory.sourceVolumes), ...(hasOddIds ? oddVolumes(remoteSystems) : [])],
    sourceGroups: groups ?? (volumes === undefined ? defaultInventory.sourceGroups : []),
  };
}
