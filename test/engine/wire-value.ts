/** How Pulumi writes a value that a preview cannot know (SDK, `runtime/rpc`). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The key, and its value, that mark an object as a secret (SDK, `runtime/rpc`). */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";

export type Properties = Readonly<Record<string, unknown>>;

export function isProperties(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isSecret(value: unknown): value is Properties {
  return isProperties(value) && value[SIGNATURE] === SECRET;
}

/** The value as people may see it: `[secret]` and `[unknown]` where they stand. */
export function readable(properties: Properties): Properties {
  return mapEntries(properties, readableValue);
}

export function mapEntries(properties: Properties, change: (value: unknown, key: string) => unknown): Properties {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, change(value, key)]));
}

function readableValue(value: unknown): unknown {
  if (value === UNKNOWN) return "[unknown]";
  if (isSecret(value)) return "[secret]";
  if (Array.isArray(value)) return value.map(readableValue);
  return isProperties(value) ? readable(value) : value;
}
