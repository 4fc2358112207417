import { type InputFailure, inputFailures, type Properties } from "../inputs.ts";
import { previewCheck } from "../preview/preview.ts";
import type { Audited } from "../reconcile/audited.ts";
import type { Schemas } from "../resource.ts";
import { objectsOf } from "./named-objects.ts";
import { ownInputsSchema, splitProperties } from "./own-inputs.ts";
import { declareObjects, takeoverWarnings } from "./ownership.ts";
import { actsOn } from "./recall.ts";
import { changedNames, readDeclared, recordable } from "./recorded.ts";
import { defaultTimeoutsMs, type Service, show } from "./service.ts";

/** Checks inputs. For a new resource, also shows what a run would do. @returns the inputs to record, and what is wrong with the given ones */
export async function check<Inputs, State extends Audited, Observed, Action>(
  service: Service<Inputs, State, Observed, Action>,
  olds: Properties,
  news: Properties,
): Promise<{ inputs: Record<string, unknown>; failures: InputFailure[] }> {
  const { resource, deployment, replacements } = service;
  const { schemas } = resource;
  const { urn, rest } = splitProperties(news);
  schemas.remember?.(urn, rest);
  const kept = recordable(schemas, news);
  const answer = (failures: readonly InputFailure[]) => ({ inputs: { ...kept }, failures: [...failures] });

  const { urn: urnBefore, rest: before } = splitProperties(olds);
  const isNew = Object.keys(before).length === 0;
  // Its claims are made under the new URN. What the old one claims in this run is another resource's.
  if (!isNew && urnBefore !== urn) replacements.renamed(urnBefore, urn);
  const operation = isNew
    ? replacements.operationOfNew(urn)
    : ({ kind: "update", before: schemas.recordedInputs.parse(olds) } as const);
  const failures = failuresOf(schemas, news);
  if (failures.length > 0) return answer(failures);
  const { inputs, unknown } = readDeclared(schemas, news);
  const isKnown = unknown.length === 0;
  if (isKnown && isNew) replacements.checkedNew(urn, inputs);
  if (operation.kind === "update") replacements.checkedOld(urn, operation.before);
  const acts = isNew && !unknown.includes("array") ? await actsOn(service, urn, inputs) : [];
  const target = { urn, operation, inputs, unknown, recorded: undefined, acts, isPreview: true };
  if (isKnown && !isNew && changedNames(schemas, olds, news).length === 0)
    return answer(await declareObjects(deployment, urn, await objectsOf(service, target)));
  const checked = await previewCheck(resource, target, deployment);
  const objects = await objectsOf(service, target, checked.begins);
  const contradictions = await declareObjects(deployment, urn, objects);
  if (contradictions.length > 0) return answer(contradictions);
  const taken = isNew ? await takeoverWarnings(deployment, target, objects) : [];
  for (const text of [...checked.texts, { warnings: taken }]) show(deployment, urn, text);
  return answer(checked.failures);
}

/** What is wrong with the inputs by themselves. */
function failuresOf<Inputs, State>(schemas: Schemas<Inputs, State>, news: Properties): InputFailure[] {
  const { rest, timeouts } = splitProperties(news);
  return [
    ...inputFailures(schemas.inputs, rest),
    ...inputFailures(ownInputsSchema, news),
    ...(schemas.deadlineFailures?.(rest, timeouts?.delete ?? defaultTimeoutsMs.delete) ?? []),
  ];
}
