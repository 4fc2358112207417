import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { StateResource } from "../engine.ts";
import { toStateResources } from "../state-resources.ts";
import { isManaged } from "./resource-type.ts";

/** The resources in a checkpoint of the file backend that stand for something outside. */
export async function readCheckpoint(file: string): Promise<readonly StateResource[]> {
  const { latest } = checkpointFile.parse(JSON.parse(await readFile(file, "utf8"))).checkpoint;
  return toStateResources(
    (latest?.resources ?? []).filter(isManaged),
    (latest?.pending_operations ?? []).filter(({ resource }) => isManaged(resource)),
  );
}

const properties = z.record(z.string(), z.unknown()).default({});

const resourceState = z.object({
  urn: z.string(),
  type: z.string(),
  custom: z.boolean().default(false),
  id: z.string().default(""),
  inputs: properties,
  outputs: properties,
  dependencies: z.array(z.string()).default([]),
  initErrors: z.array(z.string()).default([]),
});

const checkpointFile = z.object({
  checkpoint: z.object({
    latest: z
      .object({
        resources: z.array(resourceState).nullish(),
        pending_operations: z.array(z.object({ resource: resourceState, type: z.string() })).nullish(),
      })
      .nullish(),
  }),
});
