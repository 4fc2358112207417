/** How Pulumi writes a value that a preview cannot know (SDK, `runtime/rpc`). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The key that marks special objects, and its value for a secret (SDK, `runtime/rpc`). */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Properties of a resource as they travel between program, engine and provider: plain JSON, secrets marked. */
export type Properties = Readonly<Record<string, unknown>>;

export function isProperties(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isSecret(value: unknown): value is Properties {
  return isProperties(value) && value[SIGNATURE] === SECRET;
}

/** The properties as people may see them: `[secret]` and `[unknown]` where they stand. */
export function readable(properties: Properties): Properties {
  return mapEntries(properties, readableValue);
}

/** The properties with every secret laid open, for providers that know no marks. */
export function inTheClear(properties: Properties): Properties {
  return mapEntries(properties, clearValue);
}

/** Marks the properties as secret that bear the name of one that is: what a provider without marks gives back. */
export function markSecrets(properties: Properties, like: Properties): Properties {
  return mapEntries(properties, (value, name) => {
    const model = like[name];
    if (isSecret(value)) return value;
    if (isProperties(value) && isProperties(model) && !isSecret(model)) return markSecrets(value, model);
    return JSON.stringify(model)?.includes(SECRET) === true ? { [SIGNATURE]: SECRET, value } : value;
  });
}

function mapEntries(properties: Properties, change: (value: unknown, name: string) => unknown): Properties {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, change(value, name)]));
}

function readableValue(value: unknown): unknown {
  if (value === UNKNOWN) return "[unknown]";
  if (isSecret(value)) return "[secret]";
  if (Array.isArray(value)) return value.map(readableValue);
  return isProperties(value) ? readable(value) : value;
}

function clearValue(value: unknown): unknown {
  if (isSecret(value)) return clearValue(value.value);
  if (Array.isArray(value)) return value.map(clearValue);
  return isProperties(value) ? inTheClear(value) : value;
}
