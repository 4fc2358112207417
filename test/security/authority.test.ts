import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { afterAll, expect, test } from "vitest";
import { connect, get, json } from "../core/array/connecting.ts";
import { complete, read, refusalOf } from "../core/array/settings-source.ts";
import { loopbackServer } from "../core/loopback-server.ts";

const folder = mkdtempSync(join(tmpdir(), "authority-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

test.each([
  ["an empty file", () => file("empty.pem", "")],
  ["a file of zeros", () => file("zeros.pem", Buffer.alloc(1000))],
  ["a file that is not there", () => join(folder, "missing.pem")],
  ["a folder", () => folder],
  ["garbage", () => "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n"],
  ["a certificate that stops in the middle", () => "-----BEGIN CERTIFICATE-----\nMIIB"],
  ["a certificate request", () => "-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n"],
  ["a path with a byte that no path has", () => "ca\u0000.pem"],
])("%s as caCertificate is refused by the name of the setting, before any connection", (_, value) => {
  const message = refusalOf(() => read({ ...complete, "powerstore:caCertificate": value() }));
  expect(message).toContain("`powerstore:caCertificate` must be a PEM certificate");
});

test("an array whose authority has expired is untrusted, with the reason and the setting", async () => {
  const dayMs = 86_400_000;
  const validity = { notBeforeDate: new Date(Date.now() - 9 * dayMs), notAfterDate: new Date(Date.now() - dayMs) };
  const authority = await generate([{ name: "commonName", value: "expired CA" }], {
    keyType: "ec",
    algorithm: "sha256",
    ...validity,
    extensions: [{ name: "basicConstraints", cA: true, critical: true }],
  });
  const array = await generate([{ name: "commonName", value: "array" }], {
    keyType: "ec",
    algorithm: "sha256",
    notAfterDate: new Date(Date.now() + dayMs),
    ca: { key: authority.private, cert: authority.cert },
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  });
  await using server = await loopbackServer(json, { key: array.private, cert: array.cert });
  const sent = connect(server.origin, { caCertificate: authority.cert }).send(get());
  await expect(sent).rejects.toMatchObject({
    kind: "untrusted",
    code: "CERT_HAS_EXPIRED",
    message: expect.stringContaining("`caCertificate`"),
  });
  expect(server.arrived).toEqual([]);
});
