import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readSettings } from "../../provider/core/settings.ts";
import { makeCertificateAuthority } from "../arrays/certificate.ts";

const powerstore = { namespace: "powerstore", title: "PowerStore" };
const eternus = { namespace: "eternus", title: "ETERNUS", defaultPort: 5665 };
const secret = "hunter2-geheim";
const login = { "powerstore:username": "admin", "powerstore:password": secret };
const folder = mkdtempSync(join(tmpdir(), "settings-"));
let pem = "";

beforeAll(async () => {
  pem = (await makeCertificateAuthority()).caCertificate;
});
afterAll(() => rmSync(folder, { recursive: true }));

function source(config: Record<string, unknown>, environment: Record<string, string> = {}) {
  return { config: (key: string) => config[key], environment };
}

function read(config: Record<string, unknown>, environment: Record<string, string> = {}, array?: string) {
  return readSettings(powerstore, array, source(config, environment));
}

function readEndpoint(endpoint: string) {
  return read({ ...login, "powerstore:endpoint": endpoint }).origin;
}

/** The error of a call that must fail: always of kind `settings`, never with the secret. */
function errorOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    expect(error).toMatchObject({ name: "MigrationError", kind: "settings" });
    expect(JSON.stringify(error) + String(error)).not.toContain(secret);
    return error instanceof Error ? error.message : "";
  }
  throw new Error("the settings were taken");
}

const complete = { ...login, "powerstore:endpoint": "https://east.example.com" };

test("an address, a user and a password are enough", () => {
  expect(read(complete)).toEqual({
    name: "default",
    origin: "https://east.example.com",
    username: "admin",
    password: secret,
    caCertificate: undefined,
    insecure: false,
    pollMinimumMs: 2000,
    pollMaximumMs: 60_000,
    requestsInFlight: 4,
  });
});

test("the environment fills what the configuration leaves out, and the configuration wins", () => {
  const environment = {
    POWERSTORE_ENDPOINT: "https://west.example.com",
    POWERSTORE_USERNAME: "other",
    POWERSTORE_PASSWORD: secret,
    POWERSTORE_INSECURE: "true",
    POWERSTORE_CA_CERTIFICATE: pem,
    ETERNUS_ENDPOINT: "https://wrong.example.com",
  };
  expect(read({ "powerstore:username": "admin" }, environment)).toMatchObject({
    origin: "https://west.example.com",
    username: "admin",
    password: secret,
    insecure: true,
    caCertificate: pem,
  });
});

test("without any configuration handed over the environment alone is read, and the first missing key is named", () => {
  expect(errorOf(() => read({}))).toContain("`powerstore:endpoint` is not set");
  expect(
    read({}, { POWERSTORE_ENDPOINT: "https://a", POWERSTORE_USERNAME: "u", POWERSTORE_PASSWORD: "p" }).origin,
  ).toBe("https://a");
});

test("an empty environment variable is as good as none", () => {
  expect(errorOf(() => read(login, { POWERSTORE_ENDPOINT: "" }))).toContain("`powerstore:endpoint` is not set");
  expect(read(complete, { POWERSTORE_INSECURE: "" }).insecure).toBe(false);
});

test.each(["endpoint", "username", "password"])("an absent or empty %s is named, with how to set it", (name) => {
  for (const value of [undefined, ""]) {
    const message = errorOf(() => read({ ...complete, [`powerstore:${name}`]: value }));
    expect(message).toContain(`\`powerstore:${name}\` is not set`);
    expect(message).toContain("pulumi config set");
  }
});

test.each([
  ["https://east.example.com", "https://east.example.com"],
  ["https://east.example.com:8443/", "https://east.example.com:8443"],
  ["https://east.example.com/api/rest", "https://east.example.com"],
  ["HTTPS://East.Example.com", "https://east.example.com"],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
  ["http://localhost:8080", "http://localhost:8080"],
  ["http://[::1]:8080", "http://[::1]:8080"],
])("the address %s is the origin %s", (endpoint, origin) => {
  expect(readEndpoint(endpoint)).toBe(origin);
});

test.each([
  "http://east.example.com",
  "http://10.0.0.1",
  "http://127.0.0.1.evil.example.com",
  "http://localhost.evil.example.com",
  "http://[::2]",
  "http://0.0.0.0",
  "ftp://east.example.com",
  "file:///etc/passwd",
  "east.example.com",
  "//east.example.com",
  `https://admin:${secret}@east.example.com`,
  "https://",
  "nonsense",
])("the address %s is refused, and the message names the key", (endpoint) => {
  expect(errorOf(() => readEndpoint(endpoint))).toMatch(/`powerstore:endpoint` must be an https:\/\/ address/);
});

test.each([
  ["https://dx.example.com", "https://dx.example.com:5665"],
  ["https://dx.example.com:443", "https://dx.example.com"],
  ["https://dx.example.com:443/", "https://dx.example.com"],
  ["https://dx.example.com:8443", "https://dx.example.com:8443"],
  ["https://[fe80::1]", "https://[fe80::1]:5665"],
  ["https://[fe80::1]:443", "https://[fe80::1]"],
])("W13: a vendor's own port is used only where %s names none", (endpoint, origin) => {
  const config = { "eternus:endpoint": endpoint, "eternus:username": "u", "eternus:password": "p" };
  expect(readSettings(eternus, undefined, source(config)).origin).toBe(origin);
});

test.fails.each(["https://dx.example.com:8443\n", " https://dx.example.com:8443 ", "https://dx.example.com:8443?x"])(
  "a port is taken as named in %j",
  (endpoint) => {
    const config = { "eternus:endpoint": endpoint, "eternus:username": "u", "eternus:password": "p" };
    expect(readSettings(eternus, undefined, source(config)).origin).toBe("https://dx.example.com:8443");
  },
);

test.each([
  [true, true],
  ["true", true],
  ["false", false],
  [false, false],
])("insecure as %j is %s, and verifying is the default", (value, expected) => {
  expect(read({ ...complete, "powerstore:insecure": value }).insecure).toBe(expected);
});

test("an insecure that is neither yes nor no is refused: it must not switch verifying off by accident", () => {
  expect(errorOf(() => read({ ...complete, "powerstore:insecure": "maybe" }))).toContain("`powerstore:insecure`");
});

test.fails("an insecure that is neither yes nor no is refused with the values it may have", () => {
  expect(errorOf(() => read({ ...complete, "powerstore:insecure": "maybe" }))).toContain("must be true or false");
});

test("a certificate is taken as text or from a file", () => {
  const path = join(folder, "ca.pem");
  writeFileSync(path, pem);
  expect(read({ ...complete, "powerstore:caCertificate": pem }).caCertificate).toBe(pem);
  expect(read({ ...complete, "powerstore:caCertificate": path }).caCertificate).toBe(pem);
});

test("what is no certificate is refused, and neither the text nor the file's text is told", () => {
  const path = join(folder, "key.pem");
  writeFileSync(path, `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----\n`);
  for (const value of [path, join(folder, "missing.pem"), `-----BEGIN PRIVATE KEY-----\n${secret}`, "nonsense"]) {
    const message = errorOf(() => read({ ...complete, "powerstore:caCertificate": value }));
    expect(message).toContain("`powerstore:caCertificate` must be a PEM certificate");
  }
});

test.fails("a certificate that begins as one but cannot be read is refused here, not at the first connection", () => {
  const broken = "-----BEGIN CERTIFICATE-----\nMIIBnonsense\n-----END CERTIFICATE-----\n";
  expect(errorOf(() => read({ ...complete, "powerstore:caCertificate": broken }))).toContain("caCertificate");
});

test.fails("the path of a folder is refused like that of a wrong file", () => {
  expect(errorOf(() => read({ ...complete, "powerstore:caCertificate": folder }))).toContain("caCertificate");
});

test("polls are placed within limits given in seconds, as text or as number", () => {
  const config = { ...complete, "powerstore:pollMinimumSeconds": "0.5", "powerstore:pollMaximumSeconds": 10 };
  expect(read(config)).toMatchObject({ pollMinimumMs: 500, pollMaximumMs: 10_000 });
  expect(read({ ...complete, "powerstore:pollMinimumSeconds": "120" })).toMatchObject({ pollMaximumMs: 120_000 });
});

test.each(["0", "-1", "fast", "4000", ""])(
  "a poll interval of %j is refused: no busy loop, no sleep without end",
  (value) => {
    expect(errorOf(() => read({ ...complete, "powerstore:pollMinimumSeconds": value }))).toContain(
      "`powerstore:pollMinimumSeconds`",
    );
  },
);

test.each(["0", "65", "1.5", "many"])("%j requests in flight are refused", (value) => {
  expect(errorOf(() => read({ ...complete, "powerstore:requestsInFlight": value }))).toContain(
    "`powerstore:requestsInFlight`",
  );
});

const arrays = (value: unknown) => ({ "powerstore:arrays": typeof value === "string" ? value : JSON.stringify(value) });
const east = { endpoint: "https://east.example.com", username: "admin", password: secret };

test("an array is found by its name, also beside the one configured directly", () => {
  const config = { ...complete, ...arrays({ east, west: { ...east, endpoint: "https://west.example.com" } }) };
  expect(read(config, {}, "west")).toMatchObject({ name: "west", origin: "https://west.example.com" });
  expect(read(config)).toMatchObject({ name: "default", origin: "https://east.example.com" });
});

test("an array by name takes nothing from the array configured directly, nor from the environment", () => {
  const { password: _, ...rest } = east;
  const message = errorOf(() =>
    read({ ...complete, ...arrays({ east: rest }) }, { POWERSTORE_PASSWORD: secret }, "east"),
  );
  expect(message).toContain("`powerstore:arrays.east.password` is not set");
});

test.each(["north", "__proto__", "constructor", "toString"])(
  "an array that is not configured (%s) is an error with those that are",
  (name) => {
    const message = errorOf(() => read(arrays({ east, west: east }), {}, name));
    expect(message).toContain(`\`powerstore:arrays\` has no array called "${name}"; it has east, west`);
  },
);

test.each(["", "{", "[]", "7", '"east"', "null"])("arrays configured as %j are none", (text) => {
  expect(errorOf(() => read(arrays(text), {}, "east"))).toContain("`powerstore:arrays` has no array called");
  expect(errorOf(() => read({}, {}, "east"))).toContain("has no array called");
});

test("a misspelt setting of a named array is named, and its value is not", () => {
  const message = errorOf(() => read(arrays({ east: { ...east, passwort: secret } }), {}, "east"));
  expect(message).toMatch(/`powerstore:arrays\.east` .*passwort/);
});

test("what is wrong with a named array is told with its full key", () => {
  const wrong = { ...east, endpoint: "http://east.example.com" };
  expect(errorOf(() => read(arrays({ east: wrong }), {}, "east"))).toContain(
    "`powerstore:arrays.east.endpoint` must be",
  );
  expect(errorOf(() => read(arrays({ east: null }), {}, "east"))).toContain("`powerstore:arrays.east`");
});

// `pulumi config set --path powerstore:arrays.east.password 123456` stores a number.
test.fails("a password of digits, which Pulumi stores as a number under a path, is taken as the text it was typed as", () => {
  expect(read(arrays({ east: { ...east, password: 123456 } }), {}, "east").password).toBe("123456");
});
