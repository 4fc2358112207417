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
  const inEnvironment = (name: string) => variable(variableName(namespace, name));
  const others = names.filter((name) => !passwordNames.includes(name));
  // A password, or the file of it, comes from one source only: from the first that has either.
  const passwords = [
    given(["password"], () => variable(`PULUMI_${namespace.toUpperCase()}_PASSWORD`)),
    given(passwordNames, configured),
    given(passwordNames, inEnvironment),
  ];
  return {
    ...given(others, (name) => configured(name) ?? inEnvironment(name)),
    ...passwords.find((one) => Object.keys(one).length > 0),
  };
}

/** The settings that have a value. */
function given(names: readonly string[], read: (name: string) => unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    names.map((name) => [name, read(name) ?? undefined]).filter(([, value]) => value !== undefined),
  );
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
