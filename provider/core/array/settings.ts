import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { MigrationError } from "../errors.ts";
import { fileOfSetting, pathRule } from "../project-folder.ts";
import { passwordIn } from "./password.ts";
import { givenSettings, type SettingsSource, settingKey, type Vendor, wrongSetting } from "./settings-source.ts";

/** How to reach one array, and how many requests it may get. Settings are never inputs of a resource, so its state never holds them. */
export interface ArraySettings {
  /** `default`, or the name under `arrays`. */
  readonly name: string;
  /** Origin only: scheme, host and port. */
  readonly origin: string;
  readonly username: string;
  /** The password, for each login anew, because a file may hold another one by then. @throws MigrationError `settings` if the file cannot be read */
  password(): string;
  /** PEM text. */
  readonly caCertificate: string | undefined;
  readonly insecure: boolean;
  /** The shortest and the longest pause between two reads of the array, in milliseconds. */
  readonly pollMinimumMs: number;
  readonly pollMaximumMs: number;
  /** The most requests that are under way at a time. */
  readonly requestsInFlight: number;
  /** The most of these requests that may be actions. */
  readonly actsInFlight: number;
  /** The time without progress before a warning, in milliseconds, not counting time in which the array cannot be read. Undefined: no warning. */
  readonly stallWarningMs: number | undefined;
  /** The same before the run ends with an error. Undefined: no error. */
  readonly stallFailureMs: number | undefined;
  readonly preflight: PreflightMode;
}

/**
 * What a preview does with the problems that it finds on the array.
 *
 * - `enforce`: a certain failure is an error, a possible one a warning
 * - `warn`: both are warnings
 * - `off`: the preview does not read the array
 */
export type PreflightMode = (typeof preflightModes)[number];
const preflightModes = ["enforce", "warn", "off"] as const;

/**
 * Reads the settings of one array.
 *
 * @param array the name under `<vendor>:arrays`; undefined for the array that is configured directly under the namespace
 * @throws MigrationError of kind `settings` that names the key to set
 */
export function readSettings(vendor: Vendor, array: string | undefined, source: SettingsSource): ArraySettings {
  const wrong = (reason: string, setting?: string) => wrongSetting(vendor, settingKey(vendor, array, setting), reason);
  const parsed = settingsSchema.safeParse(givenSettings(vendor, array, settingNames, source));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw wrong(issue?.message ?? "is not usable", issue?.path[0]?.toString());
  }
  const {
    endpoint,
    password = "",
    passwordFile,
    caCertificate,
    pollMinimumSeconds,
    pollMaximumSeconds,
    ...others
  } = parsed.data;
  const { stallWarningMinutes, stallFailureMinutes, ...unchanged } = others;
  const neverIfZero = (minutes: number) => (minutes === 0 ? undefined : minutes * 60_000);
  return {
    name: array ?? "default",
    ...unchanged,
    password: () =>
      passwordFile === undefined ? password : passwordIn(passwordFile, (reason) => wrong(reason, "passwordFile")),
    origin: originOf(endpoint, vendor.defaultPort, () => wrong(endpointRule, "endpoint")),
    caCertificate:
      caCertificate && pemOf(caCertificate, () => wrong(`${certificateRule}. ${pathRule()}`, "caCertificate")),
    pollMinimumMs: pollMinimumSeconds * 1000,
    pollMaximumMs: Math.max(pollMinimumSeconds, pollMaximumSeconds) * 1000,
    stallWarningMs: neverIfZero(stallWarningMinutes),
    stallFailureMs: neverIfZero(stallFailureMinutes),
  };
}

const endpointRule =
  "must be an https:// address such as https://array.example.com (plain http is accepted for this machine only)";
const certificateRule = "must be a PEM certificate, or the path of a file that holds one";
// `pulumi config set` stores a name of digits as a number.
const asTyped = (value: unknown) => (Number.isSafeInteger(value) ? String(value) : value);
const text = z.preprocess(asTyped, z.string().optional());
const notSet = (what: string) => ({ error: `is not set: ${what}` });
const required = (what: string) => z.preprocess(asTyped, z.string(notSet(what)).min(1, notSet(what)));
const flag = z.union([z.boolean(), z.stringbool()], { error: "must be true or false" });

const seconds = z.coerce.number().positive("must be more than 0 seconds").max(3600);
const count = z.coerce.number().int().min(1).max(64);
const minutes = z.coerce.number().min(0, "must be 0 (never) or more");

const settingsShape = {
  endpoint: required("the array's address, https://…"),
  username: required("the user to log in as"),
  password: text,
  passwordFile: text,
  caCertificate: z.string().min(1).optional(),
  insecure: flag.default(false),
  pollMinimumSeconds: seconds.default(2),
  pollMaximumSeconds: seconds.default(60),
  requestsInFlight: count.default(4),
  actsInFlight: count.default(4),
  stallWarningMinutes: minutes.default(30),
  stallFailureMinutes: minutes.default(0),
  preflight: z.enum(preflightModes, { error: 'must be "enforce", "warn" or "off"' }).default("enforce"),
};

const settingNames = Object.keys(settingsShape);

const settingsSchema = z.strictObject(settingsShape).superRefine(({ password, passwordFile }, { addIssue }) => {
  if (password && passwordFile)
    addIssue({ code: "custom", path: ["passwordFile"], message: "is set, and so is `password`: remove one of them" });
  if (!password && !passwordFile)
    addIssue({
      code: "custom",
      path: ["password"],
      message: "is not set: the user's password, as a secret, or `passwordFile`",
    });
});

function originOf(endpoint: string, defaultPort: number | undefined, otherwise: () => MigrationError): string {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  const isLoopback = url !== undefined && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  const isAccepted = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback);
  if (url === undefined || !isAccepted || url.username !== "" || url.password !== "") throw otherwise();
  const namesPort = /^\s*[^/]*\/\/[^/?#]*:\d+\s*([/?#]|$)/.test(endpoint);
  if (!namesPort && defaultPort !== undefined) url.port = `${defaultPort}`;
  return url.origin;
}

function pemOf(textOrPath: string, otherwise: () => MigrationError): string {
  try {
    const text = textOrPath.includes("-----BEGIN") ? textOrPath : readFileSync(fileOfSetting(textOrPath), "utf8");
    const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
    if (certificates.map((pem) => new X509Certificate(pem)).length > 0) return text;
  } catch {
    // Reported below, without the text, because it may be a private key.
  }
  throw otherwise();
}
