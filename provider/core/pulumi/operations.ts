import { MigrationError } from "../errors.ts";
import type { Properties } from "../inputs.ts";
import { confirmReplacement } from "../preview/confirm-replacement.ts";
import { type Applied, type Audited, applyResource, deleteResource, readResource } from "../reconcile/run-resource.ts";
import type { Recorded } from "../resource.ts";
import { splitProperties } from "./own-inputs.ts";
import { outputsOf, readRecorded } from "./recorded.ts";
import { runFor, type Service } from "./service.ts";
import { readOrReport, toUserError, withPartialState } from "./user-error.ts";

/** Creates a resource, or adopts an existing object. */
export async function create<Inputs, State extends Audited, Observed, Action>(
  service: Service<Inputs, State, Observed, Action>,
  news: Properties,
): Promise<{ id: string; outs: Record<string, unknown> }> {
  const { resource, deployment, replacements } = service;
  const { urn, timeouts, rest } = splitProperties(news);
  replacements.created(urn);
  const recorded = await recording(service, news, undefined, async () => {
    const inputs = resource.schemas.inputs.parse(rest);
    const operation = { kind: "create" } as const;
    const target = { urn, operation, inputs, unknown: [], recorded: undefined, isPreview: false };
    return applyResource(resource, target, runFor(deployment, urn, timeouts, "create"));
  });
  return { id: recorded.id, outs: outputsOf(news, recorded) };
}

/** Brings a resource to its newly declared state. */
export async function update<Inputs, State extends Audited, Observed, Action>(
  service: Service<Inputs, State, Observed, Action>,
  id: string,
  olds: Properties,
  news: Properties,
): Promise<{ outs: Record<string, unknown> }> {
  const { resource, deployment } = service;
  const { urn, timeouts, rest } = splitProperties(news);
  const before = readOrReport(() => readRecorded(resource.schemas, id, olds));
  const recorded = await recording(service, news, before.recorded, async () => {
    const inputs = resource.schemas.inputs.parse(rest);
    const operation = { kind: "update", before: before.inputs } as const;
    const target = { urn, operation, inputs, unknown: [], recorded: before.recorded, isPreview: false };
    return applyResource(resource, target, runFor(deployment, urn, timeouts, "update"));
  });
  return { outs: outputsOf(news, recorded) };
}

/** Reads a resource. In the protocol, a blank id means that the object is gone. */
export async function read<Inputs, State extends Audited, Observed, Action>(
  { resource, deployment }: Service<Inputs, State, Observed, Action>,
  id: string,
  properties: Properties,
): Promise<{ id: string; props: Record<string, unknown> }> {
  if (Object.keys(splitProperties(properties).rest).length === 0) throw nothingRecorded(id);
  const { urn, timeouts, recorded, inputs, given } = readRecorded(resource.schemas, id, properties);
  const operation = { kind: "read" } as const;
  const target = { urn, operation, inputs, unknown: [], recorded, isPreview: false };
  const run = runFor(deployment, urn, timeouts, "read");
  const current = await readResource(resource, target, run).finally(() => deployment.log.end(urn));
  return current === undefined ? { id: "", props: {} } : { id: current.id, props: outputsOf(given, current) };
}

/** Deletes the object that a resource has created, or restores the one that it has adopted. */
export async function remove<Inputs, State extends Audited, Observed, Action>(
  { resource, deployment, replacements }: Service<Inputs, State, Observed, Action>,
  id: string,
  properties: Properties,
): Promise<void> {
  const { urn, timeouts, recorded, inputs } = readRecorded(resource.schemas, id, properties);
  const target = { urn, operation: { kind: "delete" }, inputs, unknown: [], recorded, isPreview: false } as const;
  const successor = replacements.successor(urn);
  try {
    const run = runFor(deployment, urn, timeouts, "delete");
    if (successor !== undefined) await confirmReplacement(resource, target, successor, run);
    await deleteResource(resource, target, run);
  } catch (error) {
    throw withRecorded(error, `${resource.schemas.recordedText(recorded)}, as before`);
  } finally {
    deployment.log.end(urn);
  }
}

/** Runs an operation that changes the array. If it fails, saves the last record with the failure. */
async function recording<Inputs, State extends Audited, Observed, Action>(
  { resource, deployment }: Service<Inputs, State, Observed, Action>,
  news: Properties,
  start: Recorded<State> | undefined,
  work: () => Promise<Applied<State>>,
): Promise<Recorded<State>> {
  try {
    const applied = await work().catch((error: unknown) => ({ kind: "failed", error, recorded: start }) as const);
    if (applied.kind === "done") return applied.recorded;
    const { recorded } = applied;
    const error = withRecorded(
      applied.error,
      recorded === undefined ? "nothing" : resource.schemas.recordedText(recorded),
    );
    throw recorded === undefined ? toUserError(error) : withPartialState(error, recorded.id, outputsOf(news, recorded));
  } finally {
    deployment.log.end(splitProperties(news).urn);
    await deployment.log.flush();
  }
}

/** Adds to the error what the stack has recorded. */
function withRecorded(error: unknown, recorded: string): unknown {
  return error instanceof MigrationError ? error.withRecorded(recorded) : error;
}

function nothingRecorded(id: string): MigrationError {
  return new MigrationError({
    kind: "input",
    attempted: `read ${id}`,
    on: "the array",
    answered: "the stack has no record of it, and Pulumi cannot import a dynamic resource",
    next: "Declare it in the program instead. The provider adopts what already exists.",
  });
}
