import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { inputNamesAt } from "./input-names.ts";
import { durationMs } from "./text/duration.ts";
import { nearestName, unknownInputText } from "./text/nearest-name.ts";
import { hasUnknown, unknownValue } from "./unknown-inputs.ts";

/** Properties as Pulumi hands them over. */
export type Properties = Readonly<Record<string, unknown>>;

export interface InputFailure {
  readonly property: string;
  readonly reason: string;
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

/** Checks inputs against their schema. Unknown values pass. */
export function inputFailures(schema: z.ZodType, properties: Properties): InputFailure[] {
  const parsed = schema.safeParse(properties);
  if (parsed.success) return [];
  return parsed.error.issues.flatMap((issue) => failuresOf(schema, issue, properties));
}

/** The inputs that differ. */
export function changedInputs(names: readonly string[], before: Properties, after: Properties): string[] {
  return names.filter((name) => !isDeepStrictEqual(before[name] ?? undefined, after[name] ?? undefined));
}

function failuresOf(schema: z.ZodType, issue: z.core.$ZodIssue, properties: Properties): InputFailure[] {
  if (issue.code === "unrecognized_keys") {
    const names = inputNamesAt(schema, issue.path);
    return issue.keys.map((key) => ({
      property: propertyPath([...issue.path, key]),
      reason: unknownInputText(nearestName(key, names)),
    }));
  }
  const concerned = issue.path.length === 0 ? properties : valueAt(properties, issue.path);
  if (hasUnknown(concerned)) return [];
  return [{ property: propertyPath(issue.path), reason: issue.message }];
}

/** The path of a property as Pulumi writes it: `copySessionIds[1]`, `cutoverWindow.notAfter`. */
function propertyPath(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === "number" || /^\d+$/.test(String(key)) ? `[${String(key)}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  const [first, ...others] = path;
  if (first === undefined || value === unknownValue) return value;
  if (typeof value !== "object" || value === null) return undefined;
  return valueAt(Object.entries(value).find(([key]) => key === String(first))?.[1], others);
}
