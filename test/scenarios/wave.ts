import type { powerstore } from "../../sdk/index.ts";
import type { SimulatedPowerStore, SourceVolumeSeed } from "../arrays/index.ts";
import type { Declaration } from "./declaration.ts";

const unity = "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a01";

/** Three volumes of the same size; those named are copied only when the story says so. */
export function threeVolumes(...stalled: readonly string[]) {
  return { powerstore: { sources: { volumes: ["sv_1", "sv_2", "sv_3"].map((id) => volumeOf(id, stalled)) } } };
}

/** The wave `w` of `a`, `b` and `c`, of which `a` is the canary. */
export function wave(
  args: Partial<powerstore.MigrationWaveArgs> = {},
): Extract<Declaration, { readonly kind: "MigrationWave" }> {
  const members = { a: { sourceResourceId: "sv_1" }, b: { sourceResourceId: "sv_2" }, c: { sourceResourceId: "sv_3" } };
  const defaults = { remoteSystemId: "name:old-unity", type: "Non_Disruptive" } as const;
  return { kind: "MigrationWave", name: "w", args: { members, defaults, canary: "a", ...args } };
}

/** The newest session of a volume. @throws RangeError if it has none */
export function sessionOf({ sessions }: Pick<SimulatedPowerStore, "sessions">, source: string) {
  const found = sessions().findLast(({ source_resource_id }) => source_resource_id === source);
  if (found === undefined) throw new RangeError(`${source} has no session`);
  return found;
}

/** Whether exactly these volumes are being copied. */
export function isCopying({ sessions }: Pick<SimulatedPowerStore, "sessions">, ...sources: readonly string[]): boolean {
  const copying = sessions().filter(({ state }) => state === "Copy_In_Progress");
  return copying.length === sources.length && copying.every((one) => sources.includes(one.source_resource_id ?? ""));
}

function volumeOf(id: string, stalled: readonly string[]): SourceVolumeSeed {
  const wwn = `naa.600601600000000000000000000${id.replace("_", "")}`;
  const rate = stalled.includes(id) ? { bytesPerSecond: 0 } : {};
  return { id, name: id, remoteSystemId: unity, wwn, sizeBytes: 50 * 1024 ** 3, ...rate };
}
