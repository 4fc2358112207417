import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { openSecretCipher, type SecretCipher } from "../secret-cipher.ts";
import type { CheckpointPlace } from "./checkpoint.ts";

/** A checkpoint in that file, its secrets encrypted. */
export function checkpointFile(file: string, passphrase: string): CheckpointPlace {
  let opened: { readonly salt: string; readonly cipher: SecretCipher } | undefined;
  // A key costs as much as a whole command does without it.
  const withSalt = (salt: string) => {
    if (opened?.salt !== salt) opened = { salt, cipher: openSecretCipher(passphrase, salt) };
    return opened;
  };
  const read = () => {
    const text = existsSync(file) ? readFileSync(file, "utf8") : "{}";
    const { salt = opened?.salt ?? randomBytes(16).toString("hex") } = saltOnly.parse(JSON.parse(text));
    return { text, ...withSalt(salt) };
  };
  return {
    load() {
      const { text, cipher } = read();
      return JSON.parse(text, cipher.decrypt);
    },
    save(content) {
      const { salt, cipher } = opened ?? read();
      writeFileSync(`${file}.new`, JSON.stringify({ salt, ...content }, cipher.encrypt, 2));
      renameSync(`${file}.new`, file);
    },
  };
}

/** A checkpoint that nobody reads but this process. */
export function checkpointInMemory(): CheckpointPlace {
  let text = "{}";
  return {
    load: () => JSON.parse(text),
    save(content) {
      text = JSON.stringify(content);
    },
  };
}

const saltOnly = z.object({ salt: z.string().optional() });
