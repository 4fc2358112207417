import { expect, test } from "vitest";
import { openSecretCipher } from "./secret-cipher.ts";
import { SECRET, SIGNATURE } from "./wire-value.ts";

const state = { plain: 1, list: [{ [SIGNATURE]: SECRET, value: { deep: "hush" } }] };

test("secrets are unreadable in the text and the same again after it", () => {
  const cipher = openSecretCipher("a passphrase", "salt");

  const text = JSON.stringify(state, cipher.encrypt);

  expect(text).not.toContain("hush");
  expect(JSON.parse(text, cipher.decrypt)).toEqual(state);
});

test("another passphrase opens nothing", () => {
  const text = JSON.stringify(state, openSecretCipher("a passphrase", "salt").encrypt);
  expect(() => JSON.parse(text, openSecretCipher("another", "salt").decrypt)).toThrow();
});
