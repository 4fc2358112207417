import type { Properties } from "../inputs.ts";
import { previewDiff } from "../preview/preview.ts";
import type { Audited } from "../reconcile/audited.ts";
import { splitProperties } from "./own-inputs.ts";
import { isDrivenByOther, keepObjects, recalled } from "./ownership.ts";
import { changedNames, readDeclared, readRecorded } from "./recorded.ts";
import { type Service, show } from "./service.ts";

/** Decides what an update would do, from what the array shows now, and shows it. */
export async function diff<Inputs, State extends Audited, Observed, Action>(
  service: Service<Inputs, State, Observed, Action>,
  id: string,
  olds: Properties,
  news: Properties,
) {
  const { resource, deployment, replacements } = service;
  const { schemas } = resource;
  const { recorded: lastRecorded, given, inputs: before } = readRecorded(schemas, id, olds);
  const recorded = await recalled(service, splitProperties(news).urn, lastRecorded, before);
  const changed = changedNames(schemas, given, news);
  const operation = { kind: "update", before } as const;
  const target = { ...readDeclared(schemas, news), operation, recorded, isPreview: true };
  const { changes, replaces, text, refusal, observed } = await previewDiff(
    resource,
    target,
    before,
    changed,
    deployment,
  );
  show(deployment, target.urn, text);
  if (refusal !== undefined) throw refusal;
  if (replaces.length > 0) replacements.checkedOld(target.urn, before);
  else await keepObjects(service, target, observed);
  const isTaken = replaces.length === 0 && (await isDrivenByOther(service, target));
  // An update then records what the record lacks.
  const isRecalled = recorded !== lastRecorded;
  // Both arrays reject a second session for the same volumes, so a replacement deletes the old object first.
  const isRenamed = recorded.urn !== target.urn;
  return { changes: changes || isRenamed || isTaken || isRecalled, replaces: [...replaces], deleteBeforeReplace: true };
}
