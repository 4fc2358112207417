import { z } from "zod";

/** The names that a schema knows at a path: of the inputs themselves, or inside `memberMappings[0]`. */
export function inputNamesAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  // What it comes to, because a value may be brought into this form first.
  return namesAt(z.toJSONSchema(schema, { unrepresentable: "any", io: "output" }), path);
}

function namesAt(schema: z.core.JSONSchema._JSONSchema | undefined, path: readonly PropertyKey[]): string[] {
  if (typeof schema !== "object") return [];
  const [first, ...rest] = path;
  const forms = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].filter((form) => typeof form === "object");
  if (first === undefined) return forms.flatMap(({ properties = {} }) => Object.keys(properties));
  return forms.flatMap(({ properties, items }) => {
    const inside = typeof first === "number" ? [items].flat() : [properties?.[String(first)]];
    return inside.flatMap((part) => namesAt(part, rest));
  });
}
