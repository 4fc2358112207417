/** Pulumi passes this in place of a value that it does not know yet (SDK, `runtime/rpc`). It must pass every check. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Inputs of which some may be unknown. */
export interface PartlyKnown {
  /** The inputs without any unknown value. */
  readonly known: Readonly<Record<string, unknown>>;
  /** The names of the other inputs. */
  readonly unknown: readonly string[];
}

/** Separates the inputs that are known completely from those with an unknown value at any depth. */
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
