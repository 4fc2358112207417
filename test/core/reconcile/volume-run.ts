import { applyResource, deleteResource, readResource } from "../../../provider/core/reconcile/run-resource.ts";
import type { ObservedVolume, Volume, VolumeTarget } from "../pulumi/volume.ts";
import { playVolume } from "../pulumi/volume-resource.ts";
import { virtualClock } from "../virtual-clock.ts";
import { runOn } from "./scripted-reconciler.ts";

/** A volume as it is recorded. */
export const seven: Volume = { id: "7", state: { label: "vol-7", isLabelChosen: true, sizeNow: 10, actions: [] } };

/** What the array shows of it. */
export function seen(changes: Partial<ObservedVolume> = {}): ObservedVolume {
  return { id: "7", label: "vol-7", size: 10, isBusy: false, ...changes };
}

export const creating: VolumeTarget = {
  urn: "urn:v",
  operation: { kind: "create" },
  inputs: { size: 10 },
  unknown: [],
  recorded: undefined,
  isPreview: false,
};
export const growing: VolumeTarget = {
  ...creating,
  operation: { kind: "update", before: { size: 10 } },
  inputs: { size: 20 },
  recorded: seven,
};
export const reading = { ...creating, operation: { kind: "read" }, recorded: seven } as const;
export const deleting = { ...creating, operation: { kind: "delete" }, recorded: seven } as const;

/** A volume, and runs of it. */
export function startRuns(options: Parameters<typeof runOn>[1] = {}) {
  const clock = virtualClock({ startMs: 0 });
  const play = playVolume(clock);
  const { said, ...run } = runOn(clock, options);
  const warn = (text: string) => said.push(`warning: ${text}`);
  return {
    clock,
    play,
    /** All that was reported, warnings as `warning: text`. */
    said,
    apply: (target: VolumeTarget) => applyResource(play.resource, target, { ...run, warn }),
    remove: () => deleteResource(play.resource, deleting, { ...run, warn }),
    read: () => readResource(play.resource, reading, { ...run, warn }),
    warnings: () => said.filter((text) => text.startsWith("warning: ")),
  };
}
