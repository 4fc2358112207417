import type { ImportType } from "../arrays/powerstore/import-states.ts";
import type { SourceVolumeSeed } from "../arrays/powerstore/inventory.ts";
import type { SimulationOptions } from "../arrays/powerstore/simulation.ts";

/** An old Unity with one volume that is in no group, and one group of so many volumes; all of them can be imported in that way. */
export function sourcesOf(type: ImportType, memberCount: number): Sources {
  const importableCriteria = type === "Agentless" ? "Ready_For_Agentless_Import" : "Ready";
  const volume = (number: number): SourceVolumeSeed => ({
    id: `sv_${number}`,
    name: `volume-${number}`,
    remoteSystemId: unity.id,
    wwn: `naa.6006016000000000000000000000000${number}`,
    sizeBytes: number * 10 * 1024 ** 3,
    importableCriteria,
  });
  const members = Array.from({ length: memberCount }, (_, index) => ({ ...volume(index + 2), groupId: "res_1" }));
  const group = { id: "res_1", name: "group-1", remoteSystemId: unity.id, importableCriteria };
  return {
    options: { remoteSystems: [unity], sources: { volumes: [volume(1), ...members], groups: [group] } },
    remoteSystemId: unity.id,
    volumeId: "sv_1",
    groupId: group.id,
  };
}

export interface Sources {
  readonly options: Pick<SimulationOptions, "remoteSystems" | "sources">;
  readonly remoteSystemId: string;
  readonly volumeId: string;
  readonly groupId: string;
}

const unity = { id: "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a01", name: "old-unity", type: "Unity" } as const;
