import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { StateResource } from "../engine.ts";
import { toStateResources } from "../state-resources.ts";
import { isOfProgram } from "./resource-type.ts";

/** The program's resources in a checkpoint of the file backend. */
export async function readCheckpoint(file: string): Promise<readonly StateResource[]> {
  const { latest } = checkpointFile.parse(JSON.parse(await readFile(file, "utf8"))).checkpoint;
  return toStateResources(
    (latest?.resources ?? []).filter(({ type }) => isOfProgram(type)),
    (latest?.pending_operations ?? []).filter(({ resource }) => isOfProgram(resource.type)),
  );
}

const properties = z.record(z.string(), z.unknown()).default({});

const resourceState = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().default(""),
  inputs: properties,
  outputs: properties,
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
