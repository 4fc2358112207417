import { type ArraySettings, readSettings } from "../../provider/core/array/settings.ts";

/** Where a server started by a test is, and who may log in. */
interface Reachable {
  readonly endpoint: string;
  readonly username: string;
  readonly password: string;
  readonly caCertificate?: string | undefined;
}

/** How to reach a simulated array: what a stack's configuration with nothing but its address and its login comes to. */
export function settingsFor(
  { endpoint, username, password, caCertificate }: Reachable,
  changes: Partial<ArraySettings> = {},
): ArraySettings {
  const given: Readonly<Record<string, unknown>> = { endpoint, username, password, caCertificate };
  const config = (key: string) => given[key.slice(key.indexOf(":") + 1)];
  return {
    ...readSettings({ namespace: "array", title: "array" }, undefined, { config, environment: {} }),
    ...changes,
  };
}
