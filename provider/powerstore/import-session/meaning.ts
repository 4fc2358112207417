import type { ImportSessionInputs } from "./inputs.ts";

/** The inputs as what they mean: defaults are written out, an empty description is none, and sets have one order. */
export function meaningOf(inputs: ImportSessionInputs): ImportSessionInputs {
  const { hostSteps, memberMappings } = inputs;
  return {
    ...inputs,
    description: inputs.description || undefined,
    automaticCutover: inputs.automaticCutover ?? false,
    hostSteps: hostSteps ?? { sourceStopped: false, destinationStarted: false },
    hostIds: inputs.hostIds?.toSorted(),
    hostGroupIds: inputs.hostGroupIds?.toSorted(),
    memberMappings: memberMappings
      ?.map((mapping) => ({
        ...mapping,
        hostIds: mapping.hostIds?.toSorted(),
        hostGroupIds: mapping.hostGroupIds?.toSorted(),
      }))
      .toSorted((one, other) => (one.volumeWwn < other.volumeWwn ? -1 : 1)),
  };
}
