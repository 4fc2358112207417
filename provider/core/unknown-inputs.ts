/** Pulumi passes this in place of a value that it does not know yet (SDK, `runtime/rpc`). It must pass every check. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Separates the inputs that are known completely from the names of those with an unknown value at any depth. */
export function partlyKnown(given: Readonly<Record<string, unknown>>) {
  const unknown = Object.keys(given).filter((name) => hasUnknown(given[name]));
  return { known: Object.fromEntries(Object.entries(given).filter(([name]) => !unknown.includes(name))), unknown };
}

export function hasUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}
