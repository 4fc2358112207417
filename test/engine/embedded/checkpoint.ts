import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { openSecretCipher } from "../secret-cipher.ts";
import type { Properties } from "../wire-value.ts";

/** The state of a stack: every change is on disk, whole, before the call returns. */
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

/** Opens the checkpoint in that file; a missing one is empty. */
export function openCheckpoint(file: string, passphrase: string) {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "{}";
  const { salt = randomBytes(16).toString("hex") } = saltOnly.parse(JSON.parse(text));
  const cipher = openSecretCipher(passphrase, salt);
  const stored = content.parse(JSON.parse(text, cipher.decrypt));
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
    writeFileSync(`${file}.new`, JSON.stringify({ salt, ...current }, cipher.encrypt, 2));
    renameSync(`${file}.new`, file);
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
const saltOnly = z.object({ salt: z.string().optional() });
const pendingOperation = z.object({ type: z.enum(["creating", "updating", "deleting"]), resource: resourceState });
const content = z.object({
  resources: z.array(resourceState).default([]),
  pending: z.array(pendingOperation).default([]),
  outputs: properties.default({}),
});
