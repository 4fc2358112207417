import type { Properties } from "../inputs.ts";
import type { Recorded, Schemas } from "../resource.ts";
import { ownInputNames, splitProperties, type Timeouts } from "./own-inputs.ts";

/** The properties of a recorded resource, taken apart. Pulumi records inputs and outputs as one object. */
export interface RecordedProperties<Inputs, State> {
  readonly urn: string;
  readonly timeouts: Timeouts | undefined;
  readonly recorded: Recorded<State>;
  /** The inputs as Pulumi passed them, with those that the resource classes add. */
  readonly given: Properties;
  readonly inputs: Inputs;
}

export function readRecorded<Inputs, State>(
  schemas: Schemas<Inputs, State>,
  id: string,
  properties: Properties,
): RecordedProperties<Inputs, State> {
  const { urn, timeouts } = splitProperties(properties);
  const state = schemas.recorded.parse(properties);
  const shadowed = schemas.shadowedInputs?.(state) ?? [];
  const names = [
    "__provider",
    "resourceUrn",
    ...ownInputNames,
    ...schemas.inputNames.filter((name) => !shadowed.includes(name)),
  ];
  const given = Object.fromEntries(Object.entries(properties).filter(([name]) => names.includes(name)));
  return { urn, timeouts, recorded: { id, state }, given, inputs: schemas.recordedInputs.parse(given) };
}

/** The outputs to record after a run, as plain JSON: the inputs and the state. The inputs include `__provider`, because the next delete fails without it. */
export function outputsOf<State>(given: Properties, { state }: Recorded<State>): Record<string, unknown> {
  return { ...given, ...JSON.parse(JSON.stringify(state)) };
}
