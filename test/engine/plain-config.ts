import type { ConfigValue } from "./engine.ts";

export type Config = Readonly<Record<string, ConfigValue>>;

/** The config as programs and providers get it: secrets in the clear. */
export function plainConfig(config: Config): Readonly<Record<string, string>> {
  const plain = (value: ConfigValue) => (typeof value === "string" ? value : value.secret);
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, plain(value)]));
}

export function secretKeys(config: Config): readonly string[] {
  return Object.entries(config).flatMap(([key, value]) => (typeof value === "string" ? [] : [key]));
}
