import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { durationMs } from "./text/duration.ts";

/** What Pulumi puts in the place of a value that is not known yet (SDK, `runtime/rpc`): it must pass every check. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Which provider a resource belongs to: the SDK's own property, never ours. */
const providerKey = "__provider";

/** Properties as Pulumi hands them over. */
export type Properties = Readonly<Record<string, unknown>>;

export interface InputFailure {
  readonly property: string;
  readonly reason: string;
}

/** Inputs of which not all are known yet. */
export interface PartlyKnown {
  /** Those that are known, and everything in them. */
  readonly known: Properties;
  readonly unknown: readonly string[];
}

/** A duration as in `customTimeouts`: `90s`, `30m`, `1h30m`. Parsed to milliseconds. */
export const durationInput = z.string().transform((text, context) => {
  const parsedMs = durationMs(text);
  if (parsedMs !== undefined && parsedMs > 0) return parsedMs;
  context.addIssue({ code: "custom", message: 'must be a duration such as "90s", "30m" or "1h30m"' });
  return z.NEVER;
});

/** A moment with its zone. Parsed to milliseconds since the epoch. */
export const momentInput = z.iso
  .datetime({
    offset: true,
    error: 'must be an ISO 8601 time with a zone, such as "2026-12-05T22:00:00Z" or "2026-12-05T23:00:00+01:00"',
  })
  .transform((text) => Date.parse(text));

/** The name of an array under `<vendor>:arrays`. */
export const arrayInput = z.string().regex(/^[\w-]+$/, "must be the name of an array in the stack's configuration");

/** What the resource classes add to every resource: its own URN, for its row in the display, and Pulumi's `customTimeouts`, which do not reach a hook otherwise. */
export const ownInputs = {
  resourceUrn: z.string(),
  timeouts: z
    .strictObject({
      create: durationInput.optional(),
      update: durationInput.optional(),
      delete: durationInput.optional(),
      read: durationInput.optional(),
    })
    .optional(),
};

export interface OwnInputs {
  readonly resourceUrn: string;
  readonly timeouts?:
    | {
        readonly create?: number | undefined;
        readonly update?: number | undefined;
        readonly delete?: number | undefined;
        readonly read?: number | undefined;
      }
    | undefined;
}

/** Checks inputs against their schema; values not known yet pass. */
export function inputFailures(schema: z.ZodType, properties: Properties): InputFailure[] {
  const parsed = schema.safeParse(withoutProvider(properties));
  if (parsed.success) return [];
  return parsed.error.issues.flatMap((issue) => failuresOf(issue, properties));
}

/** Parses inputs that passed {@link inputFailures}; undefined while any value is not known yet. */
export function knownInputs<Inputs>(schema: z.ZodType<Inputs>, properties: Properties): Inputs | undefined {
  return hasUnknown(properties) ? undefined : schema.parse(withoutProvider(properties));
}

/** Parts the inputs into those that are known and those in which something is not. */
export function partlyKnown(properties: Properties): PartlyKnown {
  const given = Object.entries(withoutProvider(properties));
  return {
    known: Object.fromEntries(given.filter(([, value]) => !hasUnknown(value))),
    unknown: given.flatMap(([name, value]) => (hasUnknown(value) ? [name] : [])),
  };
}

/** Of the inputs that differ those that are known to: what is not known yet may turn out to be what it was. */
export function knownChanges(changed: readonly string[], partly: PartlyKnown | undefined): string[] {
  return changed.filter((name) => partly?.unknown.includes(name) !== true);
}

/** The inputs that differ. The URN of the resource itself is no difference. */
export function changedInputs(names: readonly string[], before: Properties, after: Properties): string[] {
  return names.filter(
    (name) => name !== "resourceUrn" && !isDeepStrictEqual(before[name] ?? undefined, after[name] ?? undefined),
  );
}

export function withoutProvider(properties: Properties): Record<string, unknown> {
  const { [providerKey]: _, ...rest } = properties;
  return rest;
}

export function hasUnknown(value: unknown): boolean {
  if (value === unknownValue) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}

function failuresOf(issue: z.core.$ZodIssue, properties: Properties): InputFailure[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      property: propertyPath([...issue.path, key]),
      reason: "is not an input of this resource",
    }));
  }
  const concerned = issue.path.length === 0 ? properties : valueAt(properties, issue.path);
  if (hasUnknown(concerned)) return [];
  return [{ property: propertyPath(issue.path), reason: issue.message }];
}

/** As Pulumi writes the path of a property: `copySessionIds[1]`, `cutoverWindow.notAfter`. */
function propertyPath(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === "number" || /^\d+$/.test(String(key)) ? `[${String(key)}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  const [first, ...rest] = path;
  if (first === undefined || value === unknownValue) return value;
  if (typeof value !== "object" || value === null) return undefined;
  return valueAt(Object.entries(value).find(([key]) => key === String(first))?.[1], rest);
}
