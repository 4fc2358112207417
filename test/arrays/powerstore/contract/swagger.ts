import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Release } from "../job-resource.ts";

/** The vendor's own description of the API, as far as it is read here. */
export interface Swagger {
  readonly basePath: string;
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly definitions: Readonly<Record<string, Definition>>;
}

export interface PathItem {
  readonly get?: Operation;
  readonly post?: Operation;
  readonly patch?: Operation;
  readonly delete?: Operation;
}

export interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly required?: boolean; readonly schema?: unknown }[];
  readonly responses: Readonly<Record<string, { readonly schema?: unknown }>>;
}

export interface Definition {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
}

/** Where the project's shared folder may be, which holds the Swagger and is no part of the product. */
function places(): readonly string[] {
  const { STORAGE_MIGRATION_SHARED: told } = process.env;
  if (told !== undefined) return [told];
  return [fileURLToPath(new URL("../../../../../shared", import.meta.url))];
}

const fileOf = { "4.1": "powerstore-4.1-import.swagger.json", "4.4": "powerstore-4.4-import.openapi.json" } as const;

/** The extract of the PowerStore REST description of a release; undefined on a machine that has no shared folder. */
export function findSwagger(release: Release = "4.1"): Swagger | undefined {
  const found = places()
    .map((place) => `${place}/reference/${fileOf[release]}`)
    .find((file) => existsSync(file));
  if (found === undefined) return undefined;
  const text = readFileSync(found, "utf8");
  return release === "4.1" ? swaggerFile.parse(JSON.parse(text)) : fromOpenApi(text);
}

/** OpenAPI 3.1, as the newer releases are described, in the form of Swagger 2. */
function fromOpenApi(text: string): Swagger {
  const { paths, components } = openApiFile.parse(
    JSON.parse(text.replaceAll('"#/components/schemas/', '"#/definitions/')),
  );
  const toOperation = ({ requestBody, responses }: z.infer<typeof openApiOperation>): Operation => ({
    parameters:
      requestBody === undefined
        ? []
        : [{ in: "body", required: requestBody.required ?? false, schema: schemaIn(requestBody.content) }],
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, { content }]) => [
        status,
        // Described as an object without properties, which HTTP does not allow.
        content === undefined || status === "204" ? {} : { schema: schemaIn(content) },
      ]),
    ),
  });
  const toItem = (item: z.infer<typeof openApiItem>): PathItem =>
    Object.fromEntries(Object.entries(item).map(([method, operation]) => [method, toOperation(operation)]));
  return {
    basePath: "/api/rest",
    paths: Object.fromEntries(Object.entries(paths).map(([path, item]) => [path, toItem(item)])),
    definitions: components.schemas,
  };
}

function schemaIn(content: Readonly<Record<string, { readonly schema?: unknown }>> | undefined): unknown {
  return content?.["application/json"]?.schema;
}

/** What to print where tests are skipped for want of it. */
export const swaggerMissing =
  "the vendor's Swagger is not at hand: set STORAGE_MIGRATION_SHARED to the folder that holds reference/";

const operation = z.object({
  parameters: z
    .array(z.object({ in: z.string(), required: z.boolean().exactOptional(), schema: z.unknown().exactOptional() }))
    .exactOptional(),
  responses: z.record(z.string(), z.object({ schema: z.unknown().exactOptional() })),
});

const definitions = z.record(
  z.string(),
  z
    .object({
      properties: z.record(z.string(), z.unknown()).exactOptional(),
      required: z.array(z.string()).exactOptional(),
      enum: z.array(z.string()).exactOptional(),
    })
    .loose(),
);

const swaggerFile = z.object({
  basePath: z.string(),
  paths: z.record(
    z.string(),
    z.object({
      get: operation.exactOptional(),
      post: operation.exactOptional(),
      patch: operation.exactOptional(),
      delete: operation.exactOptional(),
    }),
  ),
  definitions,
});

const content = z.record(z.string(), z.object({ schema: z.unknown() })).optional();
const openApiOperation = z.object({
  requestBody: z.object({ required: z.boolean().optional(), content }).optional(),
  responses: z.record(z.string(), z.object({ content })),
});
const openApiItem = z.partialRecord(z.enum(["get", "post", "patch", "delete"]), openApiOperation);
const openApiFile = z.object({
  paths: z.record(z.string(), openApiItem),
  components: z.object({ schemas: definitions }),
});
