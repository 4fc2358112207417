import type { RemoteSystemSeed, SourceVolumeSeed } from "./inventory.ts";
import { isImportSource } from "./remote-systems.ts";

/** What identifiers look like elsewhere: WWNs, paths, names. No public sample shows the id of a discovered volume. */
const oddIds = ["60:06:01:60:AA:BB", "000197900123:0012A", "svm1/vol/lun 7", "lun@array.example", "sv_7 (copy)"];

/** Volumes with such ids on the first remote system from which one can import. */
export function oddVolumes(remoteSystems: readonly RemoteSystemSeed[]): readonly SourceVolumeSeed[] {
  const system = remoteSystems.find(isImportSource);
  if (system === undefined) return [];
  return oddIds.map((id, index) => ({
    id,
    name: `odd-${index + 1}`,
    remoteSystemId: system.id,
    wwn: `naa.6006016000000000000000000000f00${index}`,
    sizeBytes: 10 * 1024 ** 3,
    importableCriteria: index % 2 === 0 ? "Ready" : "Ready_For_Agentless_Import",
  }));
}
