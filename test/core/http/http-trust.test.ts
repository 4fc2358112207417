import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { expect, test } from "vitest";
import { makeCertificateAuthority, newCertificateAuthority } from "../../arrays/certificate.ts";
import { connect, get, json, post } from "../array/connecting.ts";
import { loopbackServer } from "../loopback-server.ts";

const authority = await makeCertificateAuthority();
const { caCertificate } = authority;
const certificate = await authority.issue();

test("an array whose authority is configured is trusted", async () => {
  await using server = await loopbackServer(json, certificate);
  expect(await connect(server.origin, { caCertificate }).send(get())).toMatchObject({ status: 200 });
});

test("what Node was told to trust stays trusted beside the configured authority", async () => {
  await using server = await loopbackServer(json, certificate);
  const folder = mkdtempSync(join(tmpdir(), "http-"));
  const extra = join(folder, "extra.pem");
  writeFileSync(extra, caCertificate);
  const { caCertificate: other } = await newCertificateAuthority();
  const options = { arrayName: "the array", origin: server.origin, caCertificate: other, requestsInFlight: 1 };
  const program = `
    import { connectHttp } from ${JSON.stringify(new URL("../../../provider/core/http/http.ts", import.meta.url).href)};
    import { systemClock } from ${JSON.stringify(new URL("../../../provider/core/async/clock.ts", import.meta.url).href)};
    const http = connectHttp({ clock: systemClock, ...${JSON.stringify(options)} });
    console.log((await http.send(${JSON.stringify(get())})).status);
    await http.close();`;
  const child = spawn(process.execPath, ["--no-warnings", "--input-type=module", "--eval", program], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: extra },
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  await once(child, "close");
  rmSync(folder, { recursive: true });
  expect(output).toBe("200\n");
});

test("W13: a certificate of an unknown authority is untrusted, and nothing was sent", async () => {
  await using server = await loopbackServer(json, certificate);
  const other = await newCertificateAuthority();
  for (const options of [{}, { caCertificate: other.caCertificate }]) {
    await expect(connect(server.origin, options).send(post())).rejects.toMatchObject({
      kind: "untrusted",
      message: expect.stringContaining("caCertificate"),
    });
  }
  expect(server.arrived).toEqual([]);
});

test.each([
  ["for another name", "array.example.com", 1, "ERR_TLS_CERT_ALTNAME_INVALID"],
  ["that has expired", "127.0.0.1", -1, "CERT_HAS_EXPIRED"],
] as const)(
  "a certificate %s is untrusted, although its authority is trusted",
  async (_name, host, endsInDays, code) => {
    const dayMs = 86_400_000;
    const made = await generate([{ name: "commonName", value: "array" }], {
      keyType: "ec",
      algorithm: "sha256",
      notBeforeDate: new Date(Date.now() - 2 * dayMs),
      notAfterDate: new Date(Date.now() + endsInDays * dayMs),
      extensions: [
        { name: "subjectAltName", altNames: [isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host }] },
      ],
    });
    await using server = await loopbackServer(json, { key: made.private, cert: made.cert });
    await expect(connect(server.origin, { caCertificate: made.cert }).send(get())).rejects.toMatchObject({
      kind: "untrusted",
      code,
    });
  },
);

test("only `insecure` continues without trust", async () => {
  await using server = await loopbackServer(json, certificate);
  await expect(connect(server.origin, { insecure: false }).send(get())).rejects.toMatchObject({ kind: "untrusted" });
  expect(await connect(server.origin, { insecure: true }).send(get())).toMatchObject({ status: 200 });
});
