import type { OwnInputs, Properties } from "../inputs.ts";
import type { Lifecycle, Recorded } from "../lifecycle.ts";

/** What the properties of a recorded resource hold: Pulumi records inputs and outputs in one. */
export interface RecordedProperties<Inputs, State> {
  readonly recorded: Recorded<State>;
  /** The inputs as they were given. */
  readonly given: Properties;
  readonly inputs: Inputs;
}

export function readRecorded<Inputs extends OwnInputs, State>(
  lifecycle: Lifecycle<Inputs, State>,
  id: string,
  properties: Properties,
): RecordedProperties<Inputs, State> {
  const state = lifecycle.state.parse(properties);
  const shadowed = lifecycle.shadowedInputs?.(state) ?? [];
  const names = lifecycle.inputNames.filter((name) => !shadowed.includes(name));
  const given = Object.fromEntries(
    Object.entries(properties).filter(([name]) => names.includes(name) || name === "__provider"),
  );
  return { recorded: { id, state }, given, inputs: lifecycle.recordedInputs.parse(given) };
}

/** What is recorded after a run: the inputs, `__provider` with them (without it the next delete fails), and what was observed, as plain JSON. */
export function outputsOf<State>(given: Properties, { state }: Recorded<State>): Record<string, unknown> {
  return { ...given, ...JSON.parse(JSON.stringify(state)) };
}
