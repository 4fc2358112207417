import { toReason } from "../dynamic-provider/hooks.ts";
import type { Registration } from "../program/protocol.ts";
import type { Properties } from "../wire-value.ts";
import type { ResourceState } from "./checkpoint.ts";
import { type Deployment, fail, takeStep } from "./step.ts";

/** Brings one resource of the program to where the program wants it. */
export async function deployResource(deployment: Deployment, registration: Registration): Promise<ResourceState> {
  const { provider, checkpoint, display, isPreview, replace } = deployment;
  const { kind: _, call: __, deleteBeforeReplace, ...goal } = registration;
  const old = checkpoint.find(goal.urn);
  const isToBeReplaced = replace.includes(goal.urn);
  const inputs = await checked(deployment, goal, isToBeReplaced ? {} : (old?.inputs ?? {}));
  const wanted = { ...goal, inputs, id: "", outputs: {}, initErrors: [], isReplaced: false };
  if (old === undefined) return await create(deployment, wanted, "create");

  const difference = isToBeReplaced ? asTold : await provider.diff(old, inputs);
  if (difference.replaces.length > 0) {
    if (old.protect && wanted.protect) throw new Error(`unable to replace resource "${goal.urn}": it is protected`);
    // What takes the place of another is checked again, as if it were new, before the other is deleted.
    const newInputs = isToBeReplaced ? inputs : await checked(deployment, goal, {});
    if (deleteBeforeReplace || difference.deleteBeforeReplace) await remove(deployment, old, "discard");
    return await create(deployment, { ...wanted, inputs: newInputs }, "replace");
  }
  if (difference.isChange || old.initErrors.length > 0) return await update(deployment, old, wanted);
  const same = { ...wanted, id: old.id, outputs: old.outputs };
  if (!isPreview) checkpoint.apply({ put: same });
  display.count("same");
  return same;
}

/** A resource that the run is not about: as it is recorded, or as it is declared where nothing is. */
export function leftAlone(
  { checkpoint, display }: Deployment,
  { urn, inputs }: Registration,
): Pick<ResourceState, "id" | "outputs"> {
  const recorded = checkpoint.find(urn);
  if (recorded !== undefined) display.count("same");
  return recorded ?? { id: "", outputs: inputs };
}

/** The difference of what is replaced without asking the provider. */
const asTold = { isChange: true, replaces: ["what it is told to"], deleteBeforeReplace: false };

async function checked({ provider }: Deployment, goal: Pick<Registration, "urn" | "inputs">, old: Properties) {
  const { inputs, failures } = await provider.check(goal.urn, old, goal.inputs);
  if (failures.length > 0) throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
  return inputs;
}

/** Deletes resources, each after all that depend on it. */
export async function removeAll(deployment: Deployment, unwanted: readonly ResourceState[]): Promise<void> {
  const { checkpoint, isTarget } = deployment;
  const needing = checkpoint.resources().find((resource) => !isTarget(resource) && dependsOnAny(resource, unwanted));
  if (needing !== undefined) {
    const missing = "was not specified in --target list. Either include it or pass --target-dependents to proceed";
    fail(deployment, needing.urn, `resource "${needing.urn}" will be destroyed but ${missing}`);
    return;
  }
  const removals = new Map<ResourceState, Promise<void>>();
  const removal = (resource: ResourceState): Promise<void> => {
    const dependents = unwanted.filter(({ dependencies }) => dependencies.includes(resource.urn));
    const kind = resource.isReplaced ? "discard" : "delete";
    const known = removals.get(resource);
    const removed = known ?? Promise.all(dependents.map(removal)).then(() => remove(deployment, resource, kind));
    removals.set(resource, removed);
    return removed;
  };
  await Promise.allSettled(unwanted.map(removal));
}

function dependsOnAny({ dependencies }: ResourceState, others: readonly ResourceState[]): boolean {
  return others.some(({ urn, isReplaced }) => !isReplaced && dependencies.includes(urn));
}

/** Reads every resource; one that is gone leaves the checkpoint. */
export async function refreshAll(deployment: Deployment): Promise<void> {
  const { checkpoint, provider, display, halt, inSlot, isTarget } = deployment;
  const refresh = async (old: ResourceState) => {
    halt.signal.throwIfAborted();
    display.log({ urn: old.urn, severity: "info", message: "refreshing", isEphemeral: true });
    const found = { ...old, ...(await provider.read(old)), initErrors: [] };
    if (found.id === "") {
      checkpoint.apply({ remove: old });
      display.count("delete");
      return;
    }
    // Like the real engine: what was read is on record even where the diff fails, and the diff tells whether it is what was wanted.
    checkpoint.apply({ put: found });
    const { isChange } = await provider.diff(found, old.inputs);
    display.count(isChange ? "update" : "same");
  };
  const current = checkpoint.resources().filter((resource) => !resource.isReplaced && isTarget(resource));
  const refreshOrFail = (old: ResourceState) =>
    refresh(old).catch((error: unknown) => {
      if (!halt.signal.aborted) fail(deployment, old.urn, toReason(error));
    });
  await Promise.all(current.map((old) => inSlot(() => refreshOrFail(old))));
}

type Creation = "create" | "replace";

async function create(deployment: Deployment, wanted: ResourceState, kind: Creation): Promise<ResourceState> {
  let result: ResourceState = { ...wanted, outputs: wanted.inputs };
  await takeStep(deployment, kind, wanted, async () => {
    const { initErrors, ...made } = await deployment.provider.create(wanted.urn, wanted.inputs);
    result = { ...wanted, ...made, initErrors: initErrors ?? [] };
    return { put: result, retire: deployment.checkpoint.find(wanted.urn), failure: initErrors };
  });
  deployment.display.count(kind);
  return result;
}

async function update(deployment: Deployment, old: ResourceState, wanted: ResourceState): Promise<ResourceState> {
  let result: ResourceState = { ...wanted, id: old.id, outputs: wanted.inputs };
  await takeStep(deployment, "update", result, async () => {
    const { initErrors, ...made } = await deployment.provider.update(old, wanted.inputs);
    // After a failure the old inputs stay on record: what was wanted has not come true.
    const inputs = initErrors === undefined ? wanted.inputs : old.inputs;
    result = { ...result, ...made, inputs, initErrors: initErrors ?? [] };
    return { put: result, failure: initErrors };
  });
  deployment.display.count("update");
  return result;
}

async function remove(deployment: Deployment, old: ResourceState, kind: "delete" | "discard"): Promise<void> {
  const { provider, display } = deployment;
  const isProtected = old.protect && kind === "delete";
  if (isProtected) throw fail(deployment, old.urn, `resource "${old.urn}" cannot be deleted\nbecause it is protected`);
  await takeStep(deployment, kind, old, async () => {
    if (!old.retainOnDelete) await provider.delete(old);
    return { remove: old };
  });
  if (kind === "delete") display.count("delete");
}
