import type { InputFailure } from "../inputs.ts";
import { changedInputs, inputFailures, type Properties } from "../inputs.ts";
import { previewCheck } from "../preview/preview.ts";
import type { Audited } from "../reconcile/run-resource.ts";
import type { Operation } from "../resource.ts";
import { partlyKnown } from "../unknown-inputs.ts";
import { ownInputNames, ownInputsSchema, splitProperties } from "./own-inputs.ts";
import { type Service, show } from "./service.ts";

/** The answer of a check: the inputs to record, and what is wrong with the given ones. */
interface CheckAnswer {
  readonly inputs: Record<string, unknown>;
  readonly failures: InputFailure[];
}

/** Checks inputs. For a new resource, also shows what a run would do. */
export async function check<Inputs, State extends Audited, Observed, Action>(
  service: Service<Inputs, State, Observed, Action>,
  olds: Properties,
  news: Properties,
): Promise<CheckAnswer> {
  const { resource, deployment, replacements } = service;
  const { schemas } = resource;
  const { urn, rest } = splitProperties(news);
  schemas.remember?.(urn, rest);
  const kept = schemas.recordable?.(news) ?? news;
  const answer = (failures: readonly InputFailure[]) => ({ inputs: { ...kept }, failures: [...failures] });

  const operation = operationOf(service, urn, olds);
  const failures = [...inputFailures(schemas.inputs, rest), ...inputFailures(ownInputsSchema, news)];
  if (failures.length > 0) return answer(failures);
  const { known, unknown } = partlyKnown(splitProperties(kept).rest);
  const isKnown = unknown.length === 0;
  const inputs = (isKnown ? schemas.inputs : schemas.recordedInputs).parse(known);
  if (isKnown && operation.kind !== "update") replacements.checked(urn, inputs);
  if (operation.kind === "update" && isKnown && isSame(service, olds, kept)) return answer([]);
  const target = { urn, operation, inputs, unknown, recorded: undefined, isPreview: true };
  const checked = await previewCheck(resource, target, deployment);
  for (const text of checked.texts) show(deployment, urn, text);
  return answer(checked.failures);
}

function operationOf<Inputs, State extends Audited, Observed, Action>(
  { resource, replacements }: Service<Inputs, State, Observed, Action>,
  urn: string,
  olds: Properties,
): Operation<Inputs> {
  if (Object.keys(splitProperties(olds).rest).length === 0) return replacements.operationOfNew(urn);
  return { kind: "update", before: resource.schemas.recordedInputs.parse(olds) };
}

function isSame<Inputs, State extends Audited, Observed, Action>(
  { resource: { schemas } }: Service<Inputs, State, Observed, Action>,
  olds: Properties,
  kept: Properties,
): boolean {
  const before = schemas.recordable?.(olds) ?? olds;
  return changedInputs([...schemas.inputNames, ...ownInputNames], before, kept).length === 0;
}
