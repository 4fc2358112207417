import { z } from "zod";

/** A resource as it stands in a checkpoint of Pulumi. */
export const recordedResource = z.looseObject({
  urn: z.string(),
  custom: z.literal(true),
  id: z.string(),
  type: z.string(),
  inputs: z.record(z.string(), z.unknown()),
  outputs: z.record(z.string(), z.unknown()),
  initErrors: z.array(z.string()).optional(),
});
export type RecordedResource = z.infer<typeof recordedResource>;
