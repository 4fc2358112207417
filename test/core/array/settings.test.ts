import { expect, test } from "vitest";
import { readSettings } from "../../../provider/core/array/settings.ts";
import { makeCertificateAuthority } from "../../arrays/certificate.ts";
import { complete, login, read, refusalOf, secret, source } from "./settings-source.ts";

const eternus = { namespace: "eternus", title: "ETERNUS", defaultPort: 5665 };
const { caCertificate: pem } = await makeCertificateAuthority();

function readEndpoint(endpoint: string) {
  return read({ ...login, "powerstore:endpoint": endpoint }).origin;
}

test("an address, a user and a password are enough", () => {
  const settings = read(complete);
  expect(settings.password()).toBe(secret);
  expect(settings).toEqual({
    name: "default",
    origin: "https://east.example.com",
    username: "admin",
    password: expect.any(Function),
    caCertificate: undefined,
    insecure: false,
    pollMinimumMs: 2000,
    pollMaximumMs: 60_000,
    requestsInFlight: 4,
    actsInFlight: 4,
    stallWarningMs: 30 * 60_000,
    stallFailureMs: undefined,
    preflight: "enforce",
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
  const settings = read({ "powerstore:username": "admin" }, environment);
  expect(settings.password()).toBe(secret);
  expect(settings).toMatchObject({
    origin: "https://west.example.com",
    username: "admin",
    insecure: true,
    caCertificate: pem,
  });
});

test("without any configuration handed over the environment alone is read, and the first missing key is named", () => {
  expect(refusalOf(() => read({}))).toContain("`powerstore:endpoint` is not set");
  expect(
    read({}, { POWERSTORE_ENDPOINT: "https://a", POWERSTORE_USERNAME: "u", POWERSTORE_PASSWORD: "p" }).origin,
  ).toBe("https://a");
});

test("an empty environment variable is as good as none", () => {
  expect(refusalOf(() => read(login, { POWERSTORE_ENDPOINT: "" }))).toContain("`powerstore:endpoint` is not set");
  expect(read(complete, { POWERSTORE_INSECURE: "" }).insecure).toBe(false);
});

test.each(["endpoint", "username", "password"])("an absent or empty %s is named, with how to set it", (name) => {
  for (const value of [undefined, ""]) {
    const message = refusalOf(() => read({ ...complete, [`powerstore:${name}`]: value }));
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
  expect(refusalOf(() => readEndpoint(endpoint))).toMatch(/`powerstore:endpoint` must be an https:\/\/ address/);
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

test.each(["https://dx.example.com:8443\n", " https://dx.example.com:8443 ", "https://dx.example.com:8443?x"])(
  "a port is taken as named in %j",
  (endpoint) => {
    const config = { "eternus:endpoint": endpoint, "eternus:username": "u", "eternus:password": "p" };
    expect(readSettings(eternus, undefined, source(config)).origin).toBe("https://dx.example.com:8443");
  },
);

test("a user of digits, which Pulumi stores as a number, is taken as the text it was typed as", () => {
  expect(read({ ...complete, "powerstore:username": 100_234 }).username).toBe("100234");
});
