import { z } from "zod";
import { MigrationError } from "../errors.ts";

/**
 * Where settings come from. The stack's configuration takes precedence over the environment, except for `PULUMI_<VENDOR>_PASSWORD`: that variable is no name of anybody
 * else's, and it is never older than the run, as the configuration of a refresh or a destroy may be. It is the password of the array that is configured directly under
 * the namespace, and of no other, because a password must not be shown to another array.
 */
export interface SettingsSource {
  config(key: string): unknown;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Names a vendor's settings, and its default port. */
export interface Vendor {
  /** The configuration namespace: `powerstore` or `eternus`. */
  readonly namespace: string;
  readonly title: string;
  /** The port if the endpoint names none. @default 443 */
  readonly defaultPort?: number;
}

/** The settings of one array (see `readSettings`) as the user gave them, unchecked. @param names the names of all settings */
export function givenSettings(
  vendor: Vendor,
  array: string | undefined,
  names: readonly string[],
  source: SettingsSource,
): unknown {
  const { namespace } = vendor;
  if (array !== undefined) return namedArray(vendor, array, source.config(`${namespace}:arrays`));
  // An empty variable is none.
  const variable = (name: string) => source.environment[name] || undefined;
  const configured = (name: string) => source.config(`${namespace}:${name}`);
  // The array has one password: where the configuration has it, or the file of it, no variable adds the other.
  const isPasswordConfigured = passwordNames.some((name) => configured(name) !== undefined);
  const filledIn = (name: string) =>
    isPasswordConfigured && passwordNames.includes(name) ? undefined : variable(variableName(namespace, name));
  const given = names.map((name) => [name, configured(name) ?? filledIn(name)] as const);
  const first = variable(`PULUMI_${namespace.toUpperCase()}_PASSWORD`);
  const others = given.filter(([name, value]) => {
    return value !== undefined && !(first !== undefined && passwordNames.includes(name));
  });
  return { ...Object.fromEntries(others), ...(first === undefined ? {} : { password: first }) };
}

const passwordNames = ["password", "passwordFile"];

/** The configuration key of a setting: `powerstore:endpoint`, `powerstore:arrays.east.endpoint`. Without a setting, the key of the array. */
export function settingKey({ namespace }: Vendor, array: string | undefined, setting?: string): string {
  if (array === undefined) return setting === undefined ? namespace : `${namespace}:${setting}`;
  return [`${namespace}:arrays.${array}`, ...(setting === undefined ? [] : [setting])].join(".");
}

/** The error for a wrong setting. It says how to set it. */
export function wrongSetting({ title }: Vendor, key: string, reason: string): MigrationError {
  return new MigrationError({
    kind: "settings",
    attempted: "read the settings",
    on: title,
    answered: `\`${key}\` ${reason}`,
    next: "Set it with `pulumi config set` (with --path for one under `arrays`, with --secret for a password).",
  });
}

// POWERSTORE_ENDPOINT, ETERNUS_CA_CERTIFICATE …
function variableName(namespace: string, setting: string): string {
  return `${namespace}_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`)}`.toUpperCase();
}

function namedArray(vendor: Vendor, array: string, given: unknown): unknown {
  const arrays = z.record(z.string(), z.unknown()).safeParse(fromJson(given));
  if (arrays.success && Object.hasOwn(arrays.data, array)) return arrays.data[array];
  const known = arrays.success ? `; it has ${Object.keys(arrays.data).join(", ") || "none"}` : "";
  throw wrongSetting(vendor, `${vendor.namespace}:arrays`, `has no array called "${array}"${known}`);
}

// Pulumi passes structured configuration as JSON text.
function fromJson(value: unknown): unknown {
  try {
    return typeof value === "string" ? JSON.parse(value) : value;
  } catch {
    return undefined;
  }
}
