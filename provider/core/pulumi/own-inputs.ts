import { z } from "zod";
import { durationInput, type Properties } from "../inputs.ts";

/** The inputs that the resource classes add, because the dynamic provider protocol passes neither the URN nor Pulumi's `customTimeouts` to a hook. */
export const ownInputsSchema = z.object({
  resourceUrn: z.string(),
  timeouts: z
    .strictObject({
      create: durationInput.optional(),
      update: durationInput.optional(),
      delete: durationInput.optional(),
      read: durationInput.optional(),
    })
    .optional(),
});
export type Timeouts = NonNullable<z.output<typeof ownInputsSchema>["timeouts"]>;

/** The added inputs whose change is a change of the resource. */
export const ownInputNames: readonly string[] = ["timeouts"];

/** Separates the added inputs from `rest`, the declared inputs and the recorded outputs. Leaves out invalid values, which {@link ownInputsSchema} reports in a check. */
export function splitProperties(properties: Properties) {
  const { __provider: _, resourceUrn, timeouts, ...rest } = properties;
  return { urn: `${resourceUrn}`, timeouts: ownInputsSchema.shape.timeouts.safeParse(timeouts).data, rest };
}
