import type { Properties } from "../inputs.ts";
import { previewDiff } from "../preview/preview.ts";
import type { Audited } from "../reconcile/audited.ts";
import { objectsOf } from "./named-objects.ts";
import { splitProperties } from "./own-inputs.ts";
import { keepObjects, takeoverWarnings } from "./ownership.ts";
import { actsOn, readRecalled } from "./recall.ts";
import { changedNames, readDeclared } from "./recorded.ts";
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
  const { urn } = splitProperties(news);
  const { recorded, given, inputs: before, isRecalled } = await readRecalled(service, id, olds, urn);
  const changed = changedNames(schemas, given, news);
  const operation = { kind: "update", before } as const;
  const acts = await actsOn(service, urn, before);
  const target = { ...readDeclared(schemas, news), operation, recorded, acts, isPreview: true };
  const { changes, replaces, text, refusal, observed } = await previewDiff(
    resource,
    target,
    before,
    changed,
    deployment,
  );
  show(deployment, urn, text);
  if (refusal !== undefined) throw refusal;
  if (replaces.length > 0) replacements.checkedOld(urn, before);
  const kept = replaces.length > 0 ? undefined : await objectsOf(service, target, observed);
  if (kept !== undefined) await keepObjects(deployment, urn, kept, schemas.attempted(target));
  const own = await objectsOf(service, { ...target, operation: { kind: "delete" } });
  const taken = await takeoverWarnings(deployment, target, kept, own?.objects);
  show(deployment, urn, { warnings: taken });
  // Both arrays reject a second session for the same volumes, so a replacement deletes the old object first.
  const isRenamed = recorded.urn !== urn;
  // An update records what the record lacks.
  return {
    changes: changes || isRenamed || taken.length > 0 || isRecalled,
    replaces: [...replaces],
    deleteBeforeReplace: true,
  };
}
