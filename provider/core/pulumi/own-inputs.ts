import { z } from "zod";
import { durationInput, type Properties } from "../inputs.ts";

/** What the resource classes send besides what a program declares: the dynamic provider protocol tells a hook neither its URN nor Pulumi's `customTimeouts`. */
const ownInputs = z.object({
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
export type Timeouts = NonNullable<z.output<typeof ownInputs>["timeouts"]>;

/** The inputs of this serving whose change is a change of the resource. */
export const ownInputNames: readonly string[] = ["timeouts"];

/** Properties as Pulumi hands them over, taken apart. */
export interface SplitProperties {
  readonly urn: string;
  readonly timeouts: Timeouts | undefined;
  /** What a program declares, and what is recorded as output. */
  readonly rest: Properties;
}

/** Reads what is not the program's. Values that do not fit are left out: see {@link ownInputFailures}. */
export function splitProperties(properties: Properties): SplitProperties {
  const { __provider: _, resourceUrn, timeouts, ...rest } = properties;
  return {
    urn: `${resourceUrn}`,
    timeouts: ownInputs.shape.timeouts.safeParse(timeouts).data,
    rest,
  };
}

/** The schema of what is not the program's, for checks. */
export const ownInputsSchema: z.ZodType = ownInputs;
