import { z } from "zod";
import type { Properties } from "../wire-value.ts";

/** The state of a stack: every change is in its place, whole, before the call returns. */
export type Checkpoint = ReturnType<typeof openCheckpoint>;

export interface Change {
  /** Takes the place of what has the same URN. */
  readonly put?: ResourceState;
  /** Has a replacement from now on, and is to be deleted. */
  readonly retire?: ResourceState | undefined;
  readonly remove?: ResourceState;
  readonly outputs?: Properties;
  readonly pending?: readonly PendingOperation[];
}

/** A resource as the checkpoint records it. */
export type ResourceState = Readonly<z.output<typeof resourceState>>;
export type PendingOperation = z.output<typeof pendingOperation>;

/** Where a checkpoint is kept. */
export interface CheckpointPlace {
  /** @returns an empty object where there is none yet */
  load(): unknown;
  save(content: object): void;
}

export function openCheckpoint(place: CheckpointPlace) {
  const stored = content.parse(place.load());
  let current = stored;
  let isFrozen = false;

  function apply({ put, retire, remove, outputs = current.outputs, pending = current.pending }: Change): void {
    if (isFrozen) return;
    const kept = current.resources.filter((resource) => resource !== remove);
    const resources = kept.map((resource) => (resource === retire ? { ...resource, isReplaced: true } : resource));
    const at = resources.findIndex(({ urn, isReplaced }) => urn === put?.urn && !isReplaced);
    if (put !== undefined) resources.splice(at < 0 ? resources.length : at, 1, put);
    // Like the real engine: of what an earlier run left pending only creates stay, until somebody has looked after them.
    const isOpen = (operation: PendingOperation) =>
      operation.type === "creating" || !stored.pending.includes(operation);
    current = { resources, pending: pending.filter(isOpen), outputs };
    place.save(current);
  }
  return {
    resources: (): readonly ResourceState[] => current.resources,
    outputs: (): Properties => current.outputs,
    pending: (): readonly PendingOperation[] => current.pending,
    find: (sought: string) => current.resources.find(({ urn, isReplaced }) => urn === sought && !isReplaced),
    apply,
    /** Records what is being done; returns what records its end, together with what came of it. */
    begin(operation: PendingOperation): (change: Change) => void {
      apply({ pending: [...current.pending, operation] });
      return (change) => apply({ ...change, pending: current.pending.filter((other) => other !== operation) });
    },
    /** From now on nothing is written: the machine is lost. */
    freeze: () => {
      isFrozen = true;
    },
  };
}

const properties = z.record(z.string(), z.unknown()).readonly();
const resourceState = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string(),
  inputs: properties,
  outputs: properties,
  initErrors: z.array(z.string()).readonly(),
  /** URNs of what must be there as long as this is. */
  dependencies: z.array(z.string()),
  protect: z.boolean(),
  retainOnDelete: z.boolean(),
  /** Its replacement is made, and it is still to be deleted. */
  isReplaced: z.boolean(),
});
const pendingOperation = z.object({ type: z.enum(["creating", "updating", "deleting"]), resource: resourceState });
const content = z.object({
  resources: z.array(resourceState).default([]),
  pending: z.array(pendingOperation).default([]),
  outputs: properties.default({}),
});
