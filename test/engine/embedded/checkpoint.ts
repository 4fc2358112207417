import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { isSecret, type Properties, SECRET, SIGNATURE } from "../wire-value.ts";
import { type ResourceState, resourceState } from "./resource.ts";

/** The state of a stack: every change is on disk, whole, before the call returns. */
export interface Checkpoint {
  readonly resources: readonly ResourceState[];
  readonly pending: readonly PendingOperation[];
  find(urn: string): ResourceState | undefined;
  /** Records that something is being done; returns what records its end, with what became of the resource. */
  begin(operation: PendingOperation): (change?: Change) => void;
  apply(change: Change): void;
  /** From now on nothing is written: the machine is lost. */
  freeze(): void;
}

export type PendingOperation = z.output<typeof pendingOperation>;

export interface Change {
  readonly put?: ResourceState;
  readonly remove?: ResourceState;
  readonly outputs?: Properties;
  readonly pending?: readonly PendingOperation[];
}

/** Opens the checkpoint in that file; a missing one is empty. */
export function openCheckpoint(file: string, passphrase: string): Checkpoint {
  const text = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  const salt = text === undefined ? randomBytes(16).toString("hex") : z.object({ salt: z.string() }).parse(JSON.parse(text)).salt;
  const cipher = openCipher(passphrase, salt);
  let { resources, pending, outputs } = content.parse(text === undefined ? {} : JSON.parse(text, cipher.decrypt));
  // Like Pulumi's: only a create that was lost stays pending until somebody has looked after it.
  pending = pending.filter(({ type }) => type === "creating");
  let isFrozen = false;

  const apply = (change: Change) => {
    if (isFrozen) return;
    const { put, remove } = change;
    const at = resources.findIndex(({ urn, isReplaced }) => urn === put?.urn && !isReplaced);
    if (put !== undefined) resources = at < 0 ? [...resources, put] : resources.with(at, put);
    resources = resources.filter((resource) => resource !== remove);
    pending = [...(change.pending ?? pending)];
    outputs = { ...(change.outputs ?? outputs) };
    writeFileSync(`${file}.new`, JSON.stringify({ salt, resources, pending, outputs }, cipher.encrypt, 2));
    renameSync(`${file}.new`, file);
  };
  return {
    get resources() {
      return resources;
    },
    get pending() {
      return pending;
    },
    find: (sought) => resources.find(({ urn, isReplaced }) => urn === sought && !isReplaced),
    begin: (operation) => {
      apply({ pending: [...pending, operation] });
      return (change) => apply({ ...change, pending: pending.filter((other) => other !== operation) });
    },
    apply,
    freeze: () => {
      isFrozen = true;
    },
  };
}

const pendingOperation = z.object({ type: z.enum(["creating", "updating", "deleting"]), resource: resourceState });

const content = z.object({
  resources: z.array(resourceState).default([]),
  pending: z.array(pendingOperation).default([]),
  outputs: z.record(z.string(), z.unknown()).default({}),
});

/** Replacer and reviver for JSON that keep the value of every secret encrypted on disk. */
function openCipher(passphrase: string, salt: string) {
  const key = scryptSync(passphrase, salt, 32);
  return {
    encrypt: (_key: string, value: unknown): unknown => {
      if (!isSecret(value)) return value;
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const encrypted = [cipher.update(JSON.stringify(value["value"]), "utf8"), cipher.final(), cipher.getAuthTag()];
      return { [SIGNATURE]: SECRET, ciphertext: Buffer.concat([nonce, ...encrypted]).toString("base64") };
    },
    decrypt: (_key: string, value: unknown): unknown => {
      if (!isSecret(value)) return value;
      const bytes = Buffer.from(String(value["ciphertext"]), "base64");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12)).setAuthTag(bytes.subarray(-16));
      const text = decipher.update(bytes.subarray(12, -16), undefined, "utf8") + decipher.final("utf8");
      return { [SIGNATURE]: SECRET, value: JSON.parse(text) };
    },
  };
}
