import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

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

/** The extract of the PowerStore REST 4.1 Swagger; undefined on a machine that has no shared folder. */
export function findSwagger(): Swagger | undefined {
  const found = places()
    .map((place) => `${place}/reference/powerstore-4.1-import.swagger.json`)
    .find((file) => existsSync(file));
  return found === undefined ? undefined : swaggerFile.parse(JSON.parse(readFileSync(found, "utf8")));
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
  definitions: z.record(
    z.string(),
    z
      .object({
        properties: z.record(z.string(), z.unknown()).exactOptional(),
        required: z.array(z.string()).exactOptional(),
        enum: z.array(z.string()).exactOptional(),
      })
      .loose(),
  ),
});
