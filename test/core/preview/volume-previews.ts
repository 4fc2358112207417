import { previewCheck, previewDiff } from "../../../provider/core/preview/preview.ts";
import type { VolumeInputs, VolumeTarget } from "../pulumi/volume.ts";
import { playVolume, toldDeployment } from "../pulumi/volume-resource.ts";
import { seven } from "../reconcile/volume-run.ts";
import { virtualClock } from "../virtual-clock.ts";

const creating: VolumeTarget = {
  urn: "urn:v",
  operation: { kind: "create" },
  inputs: { size: 10 },
  unknown: [],
  recorded: undefined,
  isPreview: true,
};

/** A volume, and previews of it. */
export function previews() {
  const clock = virtualClock({ startMs: 0 });
  const play = playVolume(clock);
  const means = toldDeployment(clock);
  return {
    play,
    check: (changes: Partial<VolumeTarget> = {}) => previewCheck(play.resource, { ...creating, ...changes }, means),
    /** What a diff of inputs that differ from `size: 10` comes to. */
    diff(inputs: VolumeInputs, changed: readonly string[], unknown: readonly string[] = []) {
      const before = { size: 10 };
      const operation = { kind: "update", before } as const;
      const target = { ...creating, operation, inputs, unknown, recorded: seven };
      return previewDiff(play.resource, target, before, changed, means);
    },
  };
}
