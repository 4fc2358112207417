import { MigrationError } from "../errors.ts";
import type { Properties } from "../inputs.ts";
import { confirmReplacement } from "../preview/confirm-replacement.ts";
import type { Audited } from "../reconcile/audited.ts";
import { applyResource, deleteResource, readResource } from "../reconcile/run-resource.ts";
import type { Operation, Predecessor, Recorded } from "../resource.ts";
import { splitProperties } from "./own-inputs.ts";
import { leftText, ownership, releaseObjects, takenObjects } from "./ownership.ts";
import { actsOn, readRecalled } from "./recall.ts";
import { outputsOf } from "./recorded.ts";
import { runFor, type Service } from "./service.ts";
import { withPartialState } from "./user-error.ts";

/** The hooks that run a resource. They share one header, and each is short. */
export function operations<Inputs, State extends Audited, Observed, Action>(
  service: Service<Inputs, State, Observed, Action>,
) {
  const { resource, deployment, replacements } = service;
  const { schemas } = resource;

  /** Brings a resource to its declared state. If the run fails, saves the last record with the failure. */
  const apply = async (
    news: Properties,
    operation: Extract<Operation<Inputs>, { readonly kind: "create" | "update" }>,
    {
      recorded: start,
      predecessor,
    }: { readonly recorded?: Recorded<State>; readonly predecessor?: Predecessor<State> | undefined },
  ): Promise<Recorded<State>> => {
    const { urn, timeouts, rest } = splitProperties(news);
    const work = async () => {
      const inputs = schemas.inputs.parse(rest);
      const acts = await actsOn(service, urn, inputs);
      const target = { urn, operation, inputs, unknown: [], recorded: start, predecessor, acts, isPreview: false };
      const run = { ...runFor(deployment, urn, timeouts, operation.kind), ...(await ownership(service, target)) };
      return applyResource(resource, target, run);
    };
    const applied = await work()
      .catch((error: unknown) => ({ kind: "failed", error, recorded: start }) as const)
      .finally(() => deployment.log.end(urn));
    if (applied.kind === "done") return applied.recorded;
    // What a replacement keeps stays on record, whatever becomes of its create.
    const recorded =
      applied.recorded ?? (predecessor !== undefined && predecessor.kept.size > 0 ? predecessor : undefined);
    const error = withRecorded(applied.error, recorded === undefined ? "nothing" : schemas.recordedText(recorded));
    throw recorded === undefined ? error : withPartialState(error, recorded.id, outputsOf(news, recorded));
  };

  return {
    /** Creates a resource, or adopts an existing object. */
    async create(news: Properties) {
      const predecessor = replacements.creating(splitProperties(news).urn);
      const recorded = await apply(news, { kind: "create" }, { predecessor });
      return { id: recorded.id, outs: outputsOf(news, recorded) };
    },

    /** Brings a resource to its newly declared state. */
    async update(id: string, olds: Properties, news: Properties) {
      const { recorded, inputs } = await readRecalled(service, id, olds, splitProperties(news).urn);
      return { outs: outputsOf(news, await apply(news, { kind: "update", before: inputs }, { recorded })) };
    },

    /** Reads a resource. In the protocol, a blank id means that the object is gone. */
    async read(id: string, properties: Properties) {
      if (Object.keys(splitProperties(properties).rest).length === 0) throw nothingRecorded(id);
      const { urn, timeouts, recorded, inputs, given } = await readRecalled(service, id, properties);
      const operation = { kind: "read" } as const;
      const target = { urn, operation, inputs, unknown: [], recorded, isPreview: false };
      const run = runFor(deployment, urn, timeouts, "read");
      const current = await readResource(resource, target, run)
        .catch((error: unknown) => {
          throw withLastSettings(error);
        })
        .finally(() => deployment.log.end(urn));
      // What is recorded has a log. What a program only looks up must be there.
      if (current === undefined && properties.actions === undefined)
        throw nothingThere(schemas.attempted(target), resource.open(inputs).title);
      return current === undefined ? { id: "", props: {} } : { id: current.id, props: outputsOf(given, current) };
    },

    /** Deletes the object that a resource has created, or restores the one that it has adopted. */
    async remove(id: string, properties: Properties) {
      const urnNow = replacements.urnNow(splitProperties(properties).urn);
      const { urn, timeouts, recorded, inputs } = await readRecalled(service, id, properties, urnNow);
      const { claims, log } = deployment;
      const successor = replacements.successor(urn);
      const operation = { kind: "delete", successor } as const;
      const target = { urn, operation, inputs, unknown: [], recorded, isPreview: false };
      try {
        const kept = new Set(successor && resource.preview.keeps?.(recorded, inputs, successor));
        const { left, others } = await takenObjects(service, target, kept);
        if (left.length > 0) log.warn(urn, leftText(left));
        // Everything is left or kept: then the record is all that goes.
        let { state } = recorded;
        const isDue = others.length > 0 || (left.length === 0 && kept.size === 0);
        if (isDue) {
          const { journal } = await ownership(service, target);
          const run = { ...runFor(deployment, urn, timeouts, "delete"), journal };
          if (successor !== undefined) await confirmReplacement(resource, target, successor, run);
          const handedOver = new Set([...left.map(({ object }) => object.key), ...kept]);
          state = { ...state, actions: await deleteResource(resource, { ...target, handedOver }, run) };
        }
        await releaseObjects(service, target, others);
        replacements.deleted(urn, { ...recorded, state, kept });
        if (left.every((taken) => taken.urn !== urn)) {
          if (successor === undefined) claims.drop(urn);
          else claims.vacate(urn);
        }
      } catch (error) {
        throw withRecorded(withLastSettings(error), `${schemas.recordedText(recorded)}, as before`);
      } finally {
        deployment.log.end(urn);
      }
    },
  };
}

/** Adds to the error what the stack has recorded. */
function withRecorded(error: unknown, recorded: string): unknown {
  return error instanceof MigrationError ? error.withRecorded(recorded) : error;
}

/** What the user has to know if the array is not reached because a setting has changed since the last `up`. */
function withLastSettings(error: unknown): unknown {
  if (!(error instanceof MigrationError)) return error;
  const isAboutSettings = ["settings", "authentication", "unreachable", "untrusted"].includes(error.kind);
  return isAboutSettings ? error.withNext(lastSettings) : error;
}

const lastSettings =
  "A refresh, a destroy, and an `up` whose program has no such resource left use the settings of the last `pulumi up`. If a setting has changed since, run `pulumi up` first, or add `--run-program`. A password in `passwordFile`, PULUMI_POWERSTORE_PASSWORD or PULUMI_ETERNUS_PASSWORD is always today's.";

function nothingThere(attempted: string, on: string): MigrationError {
  return new MigrationError({
    kind: "notFound",
    attempted,
    on,
    answered: "the array has no such object",
    next: "Check the id, and that this is the right array.",
  });
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
