import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { StateResource } from "../engine.ts";
import { readable } from "../wire-value.ts";
import { isOfProgram } from "./resource-type.ts";

/** The program's resources in a checkpoint of the file backend, and what is pending on them. */
export async function readCheckpoint(file: string): Promise<readonly StateResource[]> {
  const { latest } = checkpointFile.parse(JSON.parse(await readFile(file, "utf8"))).checkpoint;
  const pending = (latest?.pending_operations ?? []).filter(({ resource }) => isOfProgram(resource.type));
  const known = (latest?.resources ?? []).filter(({ type }) => isOfProgram(type));
  const unborn = pending.filter(({ resource }) => !known.some(({ urn }) => urn === resource.urn));
  return [...known, ...unborn.map(({ resource }) => resource)].map((resource) => {
    const operation = pending.find(({ resource: { urn } }) => urn === resource.urn);
    return toStateResource(resource, operation?.type);
  });
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

function toStateResource(resource: z.output<typeof resourceState>, pending: string | undefined): StateResource {
  const { urn, type, id, initErrors } = resource;
  const shown = { inputs: readable(resource.inputs), outputs: readable(resource.outputs) };
  return { urn, type, id, ...shown, initErrors, ...(pending === undefined ? {} : { pending }) };
}
