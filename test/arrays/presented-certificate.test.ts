import { connect } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { startEternus } from "./eternus/simulated-eternus.ts";
import { startPowerStore } from "./powerstore/power-store.ts";
import type { TraitName } from "./temperament/traits.ts";

// What Node says to who gives the array's own `caCertificate`; a leaf is trusted, as far as OpenSSL goes, only when it is allowed to end a chain.
test.each([
  ["other-name", "ERR_TLS_CERT_ALTNAME_INVALID"],
  ["common-name-only", "ERR_TLS_CERT_ALTNAME_INVALID"],
  ["leaf-certificate", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
  ["tls-1.1", "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION"],
] as const)("%s fails a client that does what is usual", async (trait, code) => {
  for (const start of [startPowerStore, startEternus]) {
    const array = await start({ temperament: { kind: "traits", traits: [trait satisfies TraitName] } });
    onTestFinished(() => array.close());
    expect(await errorOf(array.endpoint, array.caCertificate)).toMatchObject({ code });
  }
});

test("a calm array is trusted", async () => {
  const array = await startPowerStore();
  onTestFinished(() => array.close());
  expect(await errorOf(array.endpoint, array.caCertificate)).toBeUndefined();
});

function errorOf(endpoint: string, ca: string): Promise<Error | undefined> {
  const { hostname: host, port } = new URL(endpoint);
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), ca }, () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once("error", resolve);
  });
}
