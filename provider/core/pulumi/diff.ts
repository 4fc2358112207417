import { changedInputs, type Properties } from "../inputs.ts";
import { previewDiff } from "../preview/preview.ts";
import type { Audited } from "../reconcile/run-resource.ts";
import { partlyKnown } from "../unknown-inputs.ts";
import { ownInputNames, splitProperties } from "./own-inputs.ts";
import { readRecorded } from "./recorded.ts";
import { type Service, show } from "./service.ts";

/** The answer of a diff. A replacement deletes the old object first, because both arrays reject a second session for the same volumes. */
interface DiffAnswer {
  readonly changes: boolean;
  readonly replaces: string[];
  readonly deleteBeforeReplace: true;
}

/** Decides what an update would do, from what the array shows now, and shows it. */
export async function diff<Inputs, State extends Audited, Observed, Action>(
  { resource, deployment, replacements }: Service<Inputs, State, Observed, Action>,
  id: string,
  olds: Properties,
  news: Properties,
): Promise<DiffAnswer> {
  const { schemas } = resource;
  const recordable = (given: Properties) => schemas.recordable?.(given) ?? given;
  const { recorded, given, inputs: before } = readRecorded(schemas, id, olds);
  const kept = recordable(news);
  const changed = changedInputs([...schemas.inputNames, ...ownInputNames], recordable(given), kept);
  const { urn, rest } = splitProperties(kept);
  const { known, unknown } = partlyKnown(rest);
  const inputs = (unknown.length === 0 ? schemas.inputs : schemas.recordedInputs).parse(known);
  const target = { urn, operation: { kind: "update", before }, inputs, unknown, recorded, isPreview: true } as const;
  const { changes, replaces, text, refusal } = await previewDiff(resource, { target, before, changed }, deployment);
  show(deployment, urn, text);
  if (refusal !== undefined) throw refusal;
  if (replaces.length > 0) replacements.decided(urn, before);
  return { changes, replaces: [...replaces], deleteBeforeReplace: true };
}
