import { isDeepStrictEqual } from "node:util";
import { changedInputs, type Properties } from "../inputs.ts";
import type { Recorded, Schemas } from "../resource.ts";
import { hasUnknown, partlyKnown } from "../unknown-inputs.ts";
import { ownInputNames, splitProperties } from "./own-inputs.ts";

/** Takes a recorded resource apart, because Pulumi records inputs and outputs as one object. `given` are the inputs as Pulumi passed them, with the added ones. */
export function readRecorded<Inputs, State>(schemas: Schemas<Inputs, State>, id: string, properties: Properties) {
  const state = schemas.recorded.parse(properties);
  const shadowed = schemas.shadowedInputs?.(state) ?? [];
  const declared = schemas.inputNames.filter((name) => !shadowed.includes(name));
  const names = ["__provider", "resourceUrn", ...ownInputNames, ...declared];
  const given = Object.fromEntries(Object.entries(properties).filter(([name]) => names.includes(name)));
  const inputs = schemas.recordedInputs.parse(given);
  const split = splitProperties(properties);
  return { ...split, recorded: { id, state, urn: split.urn }, given, inputs };
}

/** The URN, the known ones of the inputs that a program declares, and the names of the others. @param given inputs that have passed the check */
export function readDeclared<Inputs, State>(schemas: Schemas<Inputs, State>, given: Properties) {
  const { urn, rest } = splitProperties(recordable(schemas, given));
  const { known, unknown } = partlyKnown(rest);
  return { urn, unknown, inputs: (unknown.length === 0 ? schemas.inputs : schemas.recordedInputs).parse(known) };
}

/** The inputs to record. */
export function recordable<Inputs, State>(schemas: Schemas<Inputs, State>, given: Properties): Properties {
  return schemas.recordable?.(given) ?? given;
}

/** The names of the inputs to record that differ, and mean something else than before. A default that is written out means what its absence does. */
export function changedNames<Inputs, State>(
  schemas: Schemas<Inputs, State>,
  before: Properties,
  after: Properties,
): string[] {
  const names = [...schemas.inputNames, ...ownInputNames];
  const differing = changedInputs(names, recordable(schemas, before), recordable(schemas, after));
  if (differing.length === 0) return [];
  const [was, is] = [meaningOf(schemas, before), meaningOf(schemas, after)];
  const isSpelling = (name: string) =>
    schemas.inputNames.includes(name) &&
    !hasUnknown(before[name]) &&
    !hasUnknown(after[name]) &&
    isDeepStrictEqual(was.get(name), is.get(name));
  return differing.filter((name) => !isSpelling(name));
}

/** What the known inputs mean, by name. Those that no release accepts mean themselves. */
function meaningOf<Inputs, State>(schemas: Schemas<Inputs, State>, given: Properties): ReadonlyMap<string, unknown> {
  const { known } = partlyKnown(splitProperties(recordable(schemas, given)).rest);
  const read = schemas.recordedInputs.safeParse(known);
  return new Map(Object.entries(read.success ? (schemas.meaning?.(read.data) ?? read.data ?? {}) : known));
}

/** The outputs to record after a run, as plain JSON: the inputs and the state. The inputs include `__provider`, because the next delete fails without it. */
export function outputsOf<State>(given: Properties, { state }: Recorded<State>): Record<string, unknown> {
  return { ...given, ...JSON.parse(JSON.stringify(state)) };
}
