import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { isSecret, type Properties, SECRET, SIGNATURE } from "../wire-value.ts";
import { type ResourceState, resourceState } from "./resource.ts";

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

export type PendingOperation = z.output<typeof pendingOperation>;

/** Opens the checkpoint in that file; a missing one is empty. */
export function openCheckpoint(file: string, passphrase: string) {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "{}";
  const { salt = randomBytes(16).toString("hex") } = saltOnly.parse(JSON.parse(text));
  const cipher = openCipher(scryptSync(passphrase, salt, 32));
  const stored = content.parse(JSON.parse(text, cipher.decrypt));
  // Like the real engine: only a create that was lost stays pending, until somebody has looked after it.
  let current = { ...stored, pending: stored.pending.filter(({ type }) => type === "creating") };
  let isFrozen = false;

  function apply({ put, retire, remove, outputs = current.outputs, pending = current.pending }: Change): void {
    if (isFrozen) return;
    const kept = current.resources.filter((resource) => resource !== remove);
    const resources = kept.map((resource) => (resource === retire ? { ...resource, isReplaced: true } : resource));
    const at = resources.findIndex(({ urn, isReplaced }) => urn === put?.urn && !isReplaced);
    if (put !== undefined) resources.splice(at < 0 ? resources.length : at, 1, put);
    current = { resources, pending: [...pending], outputs };
    writeFileSync(`${file}.new`, JSON.stringify({ salt, ...current }, cipher.encrypt, 2));
    renameSync(`${file}.new`, file);
  }
  return {
    resources: (): readonly ResourceState[] => current.resources,
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

const saltOnly = z.object({ salt: z.string().optional() });
const pendingOperation = z.object({ type: z.enum(["creating", "updating", "deleting"]), resource: resourceState });
const content = z.object({
  resources: z.array(resourceState).default([]),
  pending: z.array(pendingOperation).default([]),
  outputs: z.record(z.string(), z.unknown()).readonly().default({}),
});

/** Replacer and reviver for JSON: on disk the value of every secret is encrypted. */
function openCipher(key: Buffer) {
  return {
    encrypt(_name: string, value: unknown): unknown {
      if (!isSecret(value)) return value;
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const encrypted = [cipher.update(JSON.stringify(value["value"]), "utf8"), cipher.final(), cipher.getAuthTag()];
      return { [SIGNATURE]: SECRET, ciphertext: Buffer.concat([nonce, ...encrypted]).toString("base64") };
    },
    decrypt(_name: string, value: unknown): unknown {
      if (!isSecret(value)) return value;
      const bytes = Buffer.from(String(value["ciphertext"]), "base64");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(-16));
      const text = decipher.update(bytes.subarray(12, -16), undefined, "utf8") + decipher.final("utf8");
      return { [SIGNATURE]: SECRET, value: JSON.parse(text) };
    },
  };
}
