/** What Pulumi puts in the place of a value that is not known yet (SDK, `runtime/rpc`): it must pass every check. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Inputs of which not all are known yet. */
export interface PartlyKnown {
  /** Those that are known, and everything in them. */
  readonly known: Readonly<Record<string, unknown>>;
  /** The names of the others. */
  readonly unknown: readonly string[];
}

/** Parts the inputs into those that are known and those in which something is not. */
export function partlyKnown(given: Readonly<Record<string, unknown>>): PartlyKnown {
  const entries = Object.entries(given);
  return {
    known: Object.fromEntries(entries.filter(([, value]) => !hasUnknown(value))),
    unknown: entries.flatMap(([name, value]) => (hasUnknown(value) ? [name] : [])),
  };
}

export function hasUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}
