import type { Properties } from "../inputs.ts";
import type { Recorded, Schemas } from "../resource.ts";
import { ownInputNames, splitProperties, type Timeouts } from "./own-inputs.ts";

/** What the properties of a recorded resource hold: Pulumi records inputs and outputs in one. */
export interface RecordedProperties<Inputs, State> {
  readonly urn: string;
  readonly timeouts: Timeouts | undefined;
  readonly recorded: Recorded<State>;
  /** The inputs as they were given, with those of this serving. */
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

/** What is recorded after a run: the inputs, `__provider` with them (without it the next delete fails), and what was observed, as plain JSON. */
export function outputsOf<State>(given: Properties, { state }: Recorded<State>): Record<string, unknown> {
  return { ...given, ...JSON.parse(JSON.stringify(state)) };
}
