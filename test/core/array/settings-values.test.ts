import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeCertificateAuthority } from "../../arrays/certificate.ts";
import { complete, read, refusalOf, secret } from "./settings-source.ts";

const folder = mkdtempSync(join(tmpdir(), "settings-"));
let pem = "";

beforeAll(async () => {
  pem = (await makeCertificateAuthority()).caCertificate;
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  [true, true],
  ["true", true],
  ["false", false],
  [false, false],
])("insecure as %j is %s, and verifying is the default", (value, expected) => {
  expect(read({ ...complete, "powerstore:insecure": value }).insecure).toBe(expected);
});

test("an insecure that is neither yes nor no is refused: it must not switch verifying off by accident", () => {
  expect(refusalOf(() => read({ ...complete, "powerstore:insecure": "maybe" }))).toContain("`powerstore:insecure`");
});

test("an insecure that is neither yes nor no is refused with the values it may have", () => {
  expect(refusalOf(() => read({ ...complete, "powerstore:insecure": "maybe" }))).toContain("must be true or false");
});

test.each(["enforce", "warn", "off"])("preflight may be %s, and is enforced where nothing is said", (mode) => {
  expect(read({ ...complete, "powerstore:preflight": mode }).preflight).toBe(mode);
  expect(read(complete, { POWERSTORE_PREFLIGHT: mode }).preflight).toBe(mode);
  expect(read(complete).preflight).toBe("enforce");
});

test("a preflight that is none of the three is refused with them", () => {
  expect(refusalOf(() => read({ ...complete, "powerstore:preflight": "no" }))).toContain(
    '`powerstore:preflight` must be "enforce", "warn" or "off"',
  );
});

test("a certificate is taken as text or from a file", () => {
  const path = join(folder, "ca.pem");
  writeFileSync(path, pem);
  expect(read({ ...complete, "powerstore:caCertificate": pem }).caCertificate).toBe(pem);
  expect(read({ ...complete, "powerstore:caCertificate": path }).caCertificate).toBe(pem);
});

test("what is no certificate is refused, and neither the text nor the file's text is quoted", () => {
  const path = join(folder, "key.pem");
  writeFileSync(path, `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----\n`);
  for (const value of [path, join(folder, "missing.pem"), `-----BEGIN PRIVATE KEY-----\n${secret}`, "nonsense"]) {
    const message = refusalOf(() => read({ ...complete, "powerstore:caCertificate": value }));
    expect(message).toContain("`powerstore:caCertificate` must be a PEM certificate");
  }
});

test("a certificate that begins as one but cannot be read is refused here, not at the first connection", () => {
  const broken = "-----BEGIN CERTIFICATE-----\nMIIBnonsense\n-----END CERTIFICATE-----\n";
  expect(refusalOf(() => read({ ...complete, "powerstore:caCertificate": broken }))).toContain("caCertificate");
});

test("the path of a folder is refused like that of a wrong file", () => {
  expect(refusalOf(() => read({ ...complete, "powerstore:caCertificate": folder }))).toContain("caCertificate");
});

test.each([
  ["stallWarningMinutes", "stallWarningMs", "45", 2_700_000],
  ["stallWarningMinutes", "stallWarningMs", 0, undefined],
  ["stallFailureMinutes", "stallFailureMs", 0.5, 30_000],
  ["stallFailureMinutes", "stallFailureMs", "0", undefined],
] as const)("%s is taken in minutes, and 0 is for ever", (setting, name, value, expected) => {
  expect(read({ ...complete, [`powerstore:${setting}`]: value })[name]).toBe(expected);
});

test("a time without movement that is less than nothing is refused", () => {
  const message = refusalOf(() => read({ ...complete, "powerstore:stallFailureMinutes": -1 }));
  expect(message).toContain("`powerstore:stallFailureMinutes` must be 0 (never) or more");
});

test("polls are placed within limits given in seconds, as text or as number", () => {
  const config = { ...complete, "powerstore:pollMinimumSeconds": "0.5", "powerstore:pollMaximumSeconds": 10 };
  expect(read(config)).toMatchObject({ pollMinimumMs: 500, pollMaximumMs: 10_000 });
  expect(read({ ...complete, "powerstore:pollMinimumSeconds": "120" })).toMatchObject({ pollMaximumMs: 120_000 });
});

test.each(["0", "-1", "fast", "4000", ""])(
  "a poll interval of %j is refused: no busy loop, no sleep without end",
  (value) => {
    expect(refusalOf(() => read({ ...complete, "powerstore:pollMinimumSeconds": value }))).toContain(
      "`powerstore:pollMinimumSeconds`",
    );
  },
);

test.each(["0", "65", "1.5", "many"])("%j requests in flight are refused", (value) => {
  expect(refusalOf(() => read({ ...complete, "powerstore:requestsInFlight": value }))).toContain(
    "`powerstore:requestsInFlight`",
  );
});
