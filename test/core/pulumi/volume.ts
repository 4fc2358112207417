import { z } from "zod";
import { arrayInput, durationInput } from "../../../provider/core/inputs.ts";
import { auditEntry } from "../../../provider/core/reconcile/audit-log.ts";
import type { Foreseen, Moment, Step } from "../../../provider/core/reconcile/step.ts";
import type { Recorded, Target } from "../../../provider/core/resource.ts";
import { fork } from "../reconcile/fork.ts";

/** What a program may declare of a volume. */
export const volumeShape = {
  array: arrayInput.optional(),
  /** Chosen by the array if absent, and then an output of the same name. */
  label: z.string().optional(),
  size: z.number().positive(),
  /** How long after the epoch it may not grow. */
  grace: durationInput.optional(),
};
export const volumeInputs = z.strictObject(volumeShape);
export type VolumeInputs = z.output<typeof volumeInputs>;

export const volumeState = z.object({
  label: z.string().default(""),
  /** Whether the label was chosen by the array. */
  isLabelChosen: z.boolean().default(false),
  sizeNow: z.number().default(0),
  error: z.string().optional(),
  actions: z.array(auditEntry).default([]),
});
export type VolumeState = z.output<typeof volumeState>;
export type Volume = Recorded<VolumeState>;
export type VolumeTarget = Target<VolumeInputs, VolumeState>;

/** What the array shows of a volume, with what was sent since. */
export interface ObservedVolume {
  /** Undefined: there is no such volume. */
  readonly id: string | undefined;
  readonly label: string;
  readonly size: number;
  /** Whether the array is at work on it. */
  readonly isBusy: boolean;
}
export const noVolume: ObservedVolume = { id: undefined, label: "", size: 0, isBusy: false };

export type VolumeAction =
  | { readonly kind: "make"; readonly size: number }
  | { readonly kind: "grow"; readonly size: number }
  | { readonly kind: "remove" };

/** Makes what is missing and grows what is too small, but not within its grace. */
export function planVolume(
  { inputs: { size, grace = 0 }, unknown }: VolumeTarget,
  observed: ObservedVolume,
  { nowMs, isNow }: Moment,
): Foreseen<VolumeAction> {
  if (observed.id === undefined) return { kind: "act", actions: [{ kind: "make", size }], reason: "there is none" };
  if (observed.isBusy) return { kind: "wait", reason: "the array is at work" };
  const settled = { kind: "settled", reason: `its size is ${observed.size}` } as const;
  const grow = { kind: "act", actions: [{ kind: "grow", size }], reason: `its size is ${observed.size}` } as const;
  if (unknown.includes("size")) return fork(`size is more than ${observed.size}`, grow, settled);
  if (observed.size === size) return settled;
  if (observed.size > size)
    return { kind: "stuck", reason: `its size is ${observed.size}`, next: "Declare at least that." };
  if (nowMs >= grace) return grow;
  const held = { kind: "held", reason: "held: its grace is not over" } as const;
  return isNow ? held : fork("its grace is over", grow, held);
}

export function planVolumeDelete({ id, isBusy }: ObservedVolume): Foreseen<VolumeAction> {
  if (id === undefined) return { kind: "settled", reason: "it is gone" };
  if (isBusy) return { kind: "wait", reason: "the array is at work" };
  return { kind: "act", actions: [{ kind: "remove" }], reason: "it is there" };
}

/** What the array shows after an action that it has taken. */
export function afterAction(action: VolumeAction, observed: ObservedVolume, { inputs }: VolumeTarget): ObservedVolume {
  switch (action.kind) {
    case "make":
      return { id: "7", label: inputs.label ?? "vol-7", size: action.size, isBusy: false };
    case "grow":
      return { ...observed, size: action.size };
    case "remove":
      return noVolume;
  }
}

export function nextVolume(
  observed: ObservedVolume,
  step: Step<VolumeAction>,
  target: VolumeTarget,
): ObservedVolume | undefined {
  if (step.kind === "wait") return { ...observed, isBusy: false };
  if (step.kind !== "act" || target.unknown.includes("size")) return undefined;
  return step.actions.reduce((shown, action) => afterAction(action, shown, target), observed);
}

/** What is recorded, as if it were observed. */
export function assumeVolume({ recorded }: VolumeTarget): ObservedVolume {
  if (recorded === undefined) return noVolume;
  const { label, sizeNow } = recorded.state;
  return { id: recorded.id, label, size: sizeNow, isBusy: false };
}

export function volumePlanText(
  [action]: readonly VolumeAction[],
  { id }: ObservedVolume,
  { unknown }: VolumeTarget,
): string {
  switch (action?.kind) {
    case "make":
      return unknown.includes("size") ? "create a volume" : `create a volume of ${action.size}`;
    case "grow":
      return unknown.includes("size") ? `grow volume ${id}` : `grow volume ${id} to ${action.size}`;
    case "remove":
      return `delete volume ${id}`;
    case undefined:
      return "";
  }
}

export function volumeWarnings(action: VolumeAction): readonly string[] {
  switch (action.kind) {
    case "make":
      return action.size > 100 ? ["it is large"] : [];
    case "grow":
      return ["it cannot shrink again"];
    case "remove":
      return ["what is stored on it is lost"];
  }
}

/** What a run attempts, as a verb phrase. */
export function volumeAttempted({ operation, inputs, recorded }: VolumeTarget): string {
  if (recorded === undefined) return "create a volume";
  switch (operation.kind) {
    case "create":
    case "update":
    case "replace":
      return `bring volume ${recorded.id} to size ${inputs.size}`;
    case "read":
    case "delete":
      return `${operation.kind} volume ${recorded.id}`;
  }
}
