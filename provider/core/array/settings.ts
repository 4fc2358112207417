import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { MigrationError } from "../errors.ts";

/** How to reach one array, and how gently to treat it. Never an input of a resource, so never in its state. */
export interface ArraySettings {
  /** `default`, or the name under `arrays`. */
  readonly name: string;
  /** Origin only: scheme, host and port. */
  readonly origin: string;
  readonly username: string;
  readonly password: string;
  /** PEM text. */
  readonly caCertificate: string | undefined;
  readonly insecure: boolean;
  /** Shortest pause between two looks at the array, in milliseconds. */
  readonly pollMinimumMs: number;
  /** Longest pause between two looks at the array, in milliseconds. */
  readonly pollMaximumMs: number;
  /** Requests under way at once. */
  readonly requestsInFlight: number;
  /** Of these, the most that change something. */
  readonly actsInFlight: number;
  /** How long nothing may move, counted while the array can be asked, before it is warned of, in milliseconds; undefined: for ever. */
  readonly stallWarningMs: number | undefined;
  /** The same before a run ends with that. */
  readonly stallFailureMs: number | undefined;
  readonly preflight: PreflightMode;
}

/**
 * What a preview does with what it finds at the array.
 *
 * - `enforce`: what is certain to fail is an error, what may fail is a warning
 * - `warn`: both are warnings
 * - `off`: the array is not asked
 */
export type PreflightMode = (typeof preflightModes)[number];
const preflightModes = ["enforce", "warn", "off"] as const;

/** Where settings come from: the stack's configuration, which wins, and the environment, which fills the gaps. */
export interface SettingsSource {
  config(key: string): unknown;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export const defaultArray = "default";

/** What the settings of a vendor's arrays are called, and where the vendor listens. */
export interface Vendor {
  /** The configuration namespace: `powerstore` or `eternus`. */
  readonly namespace: string;
  readonly title: string;
  /** The port when the endpoint names none. @default 443 */
  readonly defaultPort?: number;
}

/**
 * Reads the settings of one array.
 *
 * @param array the name under `<vendor>:arrays`; undefined for the array configured directly under the namespace
 * @throws MigrationError of kind `settings`, naming the key to set
 */
export function readSettings(vendor: Vendor, array: string | undefined, source: SettingsSource): ArraySettings {
  const name = array ?? defaultArray;
  const prefix = array === undefined ? vendor.namespace : `${vendor.namespace}:arrays.${array}`;
  const raw = array === undefined ? direct(vendor.namespace, source) : named(vendor, array, source);
  const parsed = settingsSchema.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const key = issue?.path[0];
    throw wrong(
      vendor.title,
      key === undefined ? prefix : keyName(prefix, array, `${String(key)}`),
      issue?.message ?? "is not usable",
    );
  }
  const { endpoint, caCertificate, pollMinimumSeconds, pollMaximumSeconds, ...others } = parsed.data;
  const { stallWarningMinutes, stallFailureMinutes, ...rest } = others;
  return {
    name,
    ...rest,
    origin: originOf(endpoint, vendor.defaultPort, () =>
      wrong(vendor.title, keyName(prefix, array, "endpoint"), endpointRule),
    ),
    caCertificate:
      caCertificate === undefined
        ? undefined
        : pemOf(caCertificate, vendor.title, keyName(prefix, array, "caCertificate")),
    pollMinimumMs: pollMinimumSeconds * 1000,
    pollMaximumMs: Math.max(pollMinimumSeconds, pollMaximumSeconds) * 1000,
    stallWarningMs: neverIfZero(stallWarningMinutes),
    stallFailureMs: neverIfZero(stallFailureMinutes),
  };
}

const endpointRule =
  "must be an https:// address such as https://array.example.com (plain http is taken for this machine only)";
const required = (what: string) => ({ error: `is not set: ${what}` });
const flag = z.union([z.boolean(), z.stringbool()], { error: "must be true or false" });

// `pulumi config set --path` stores a text of digits as a number.
const asTyped = (value: unknown) => (Number.isSafeInteger(value) ? String(value) : value);

const settingsSchema = z.strictObject({
  endpoint: z.string(required("the array's address, https://…")).min(1, required("the array's address, https://…")),
  username: z.string(required("the user to log in as")).min(1, required("the user to log in as")),
  password: z.preprocess(
    asTyped,
    z.string(required("the user's password, as a secret")).min(1, required("the user's password, as a secret")),
  ),
  caCertificate: z.string().min(1).optional(),
  insecure: flag.default(false),
  pollMinimumSeconds: z.coerce.number().positive("must be more than 0 seconds").max(3600).default(2),
  pollMaximumSeconds: z.coerce.number().positive("must be more than 0 seconds").max(3600).default(60),
  requestsInFlight: z.coerce.number().int().min(1).max(64).default(4),
  actsInFlight: z.coerce.number().int().min(1).max(64).default(4),
  stallWarningMinutes: z.coerce.number().min(0, "must be 0 (never) or more").default(30),
  stallFailureMinutes: z.coerce.number().min(0, "must be 0 (never) or more").default(0),
  preflight: z.enum(preflightModes, { error: 'must be "enforce", "warn" or "off"' }).default("enforce"),
});

function neverIfZero(minutes: number): number | undefined {
  return minutes === 0 ? undefined : minutes * 60_000;
}

const settingNames = Object.keys(settingsSchema.shape);

function direct(namespace: string, source: SettingsSource): Record<string, unknown> {
  return Object.fromEntries(
    settingNames.flatMap((name) => {
      const value =
        source.config(`${namespace}:${name}`) ?? emptyAsAbsent(source.environment[variableName(namespace, name)]);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

// POWERSTORE_ENDPOINT, ETERNUS_CA_CERTIFICATE …
function variableName(namespace: string, setting: string): string {
  return `${namespace}_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`)}`.toUpperCase();
}

function emptyAsAbsent(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

function named(vendor: Vendor, array: string, source: SettingsSource): unknown {
  const key = `${vendor.namespace}:arrays`;
  const arrays = z.record(z.string(), z.unknown()).safeParse(fromJson(source.config(key)));
  if (!arrays.success) throw wrong(vendor.title, key, `has no array called "${array}"`);
  const settings = Object.hasOwn(arrays.data, array) ? arrays.data[array] : undefined;
  const known = Object.keys(arrays.data).join(", ");
  if (settings === undefined)
    throw wrong(vendor.title, key, `has no array called "${array}"; it has ${known === "" ? "none" : known}`);
  return settings;
}

// Pulumi hands structured configuration over as JSON text.
function fromJson(value: unknown): unknown {
  try {
    return typeof value === "string" ? JSON.parse(value) : value;
  } catch {
    return undefined;
  }
}

function originOf(endpoint: string, defaultPort: number | undefined, otherwise: () => MigrationError): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  const isLoopback = url !== undefined && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  const isTaken = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback);
  if (url === undefined || !isTaken || url.username !== "" || url.password !== "") throw otherwise();
  const namesPort = /^\s*[^/]*\/\/[^/?#]*:\d+\s*([/?#]|$)/.test(endpoint);
  if (!namesPort && defaultPort !== undefined) url.port = `${defaultPort}`;
  return url.origin;
}

function pemOf(textOrPath: string, title: string, key: string): string {
  try {
    const text = textOrPath.includes("-----BEGIN") ? textOrPath : readFileSync(textOrPath, "utf8");
    const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
    if (certificates.map((pem) => new X509Certificate(pem)).length > 0) return text;
  } catch {
    // Said below, without the text: it may be a private key.
  }
  throw wrong(title, key, "must be a PEM certificate, or the path of a file that holds one");
}

function keyName(prefix: string, array: string | undefined, setting: string): string {
  return array === undefined ? `${prefix}:${setting}` : `${prefix}.${setting}`;
}

function wrong(title: string, key: string, reason: string): MigrationError {
  return new MigrationError({
    kind: "settings",
    attempted: "read the settings",
    on: title,
    answered: `\`${key}\` ${reason}`,
    next: `Set it with \`pulumi config set\` (with --path for one under \`arrays\`, with --secret for a password).`,
  });
}
