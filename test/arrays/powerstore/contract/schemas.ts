import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import type { Definition, Swagger } from "./swagger.ts";

/** Finds out what is wrong with a value, measured by a schema of the Swagger. */
export interface SwaggerSchemas {
  /** What is wrong, one line per finding; `schema` may refer to `#/definitions/…`. */
  problems(schema: unknown, value: unknown): readonly string[];
}

/**
 * The Swagger's definitions as JSON schemas. Stricter than the vendor's: keys that a definition does not name are wrong.
 * Swagger 2 has no word for null; for answers it is allowed where `nullable` says that it occurs.
 */
export function swaggerSchemas(
  swagger: Swagger,
  nullable: (definition: string, property: string) => boolean,
): SwaggerSchemas {
  const ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true });
  // The package is CommonJS: its function is the default of the default.
  formats.default(ajv, ["date-time", "int32", "int64"]);
  ajv.addFormat("ip-address", /^[0-9A-Za-z.:-]+$/);
  const definitions = Object.fromEntries(
    Object.entries(swagger.definitions).map(([name, definition]) => [name, strict(name, definition, nullable)]),
  );
  ajv.addSchema({ $id: "powerstore", definitions });
  const compiled = new Map<string, ValidateFunction>();
  return {
    problems(schema, value) {
      const text = JSON.stringify(schema).replaceAll('"#/definitions/', '"powerstore#/definitions/');
      const validate = compiled.get(text) ?? ajv.compile(JSON.parse(text));
      compiled.set(text, validate);
      if (validate(value)) return [];
      return (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      );
    },
  };
}

function strict(name: string, definition: Definition, nullable: (definition: string, property: string) => boolean) {
  // Whatever has a discriminator stands for several kinds, whose other keys are not described.
  if (definition.properties === undefined || "discriminator" in definition) return definition;
  const properties = Object.entries(definition.properties).map(([property, schema]) => [
    property,
    nullable(name, property) ? { anyOf: [schema, { type: "null" }] } : schema,
  ]);
  return { ...definition, type: "object", properties: Object.fromEntries(properties), additionalProperties: false };
}
