import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import { isSecret, SECRET, SIGNATURE } from "./wire-value.ts";

/** Replacer and reviver for JSON: the values of all secrets are encrypted in the text, and in the clear outside it. */
export interface SecretCipher {
  encrypt(this: void, name: string, value: unknown): unknown;
  decrypt(this: void, name: string, value: unknown): unknown;
}

export function openSecretCipher(passphrase: string, salt: string): SecretCipher {
  const key = scryptSync(passphrase, salt, 32, { N: COST });
  return {
    encrypt: (_name, value) => {
      if (!isSecret(value)) return value;
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const encrypted = [cipher.update(JSON.stringify(value.value), "utf8"), cipher.final(), cipher.getAuthTag()];
      return { [SIGNATURE]: SECRET, ciphertext: Buffer.concat([nonce, ...encrypted]).toString("base64") };
    },
    decrypt: (_name, value) => {
      if (!isSecret(value)) return value;
      const bytes = Buffer.from(String(value.ciphertext), "base64");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
      return { [SIGNATURE]: SECRET, value: JSON.parse(text) };
    },
  };
}

// Little: it costs as much as a whole command otherwise, and what it protects are the passwords of simulated arrays.
const COST = 2 ** 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
