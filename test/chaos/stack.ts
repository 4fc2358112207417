import type { Properties } from "../../provider/core/inputs.ts";
import { ConnectionDropped } from "../engine/direct/mortal.ts";
import type { ProviderProcess } from "./provider-process.ts";

/** One resource as the engine has it on record. */
export interface Resource {
  readonly id: string;
  /** As checked last by a step that went well. */
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** Whether its last step failed: the next `up` then updates it in any case. */
  readonly hasFailed: boolean;
}

/** What one command came to. */
export interface Outcome {
  readonly did: readonly Step[];
  /** The failure as it is shown; undefined when the command went well. */
  readonly error: string | undefined;
  readonly end: "by itself" | "interrupted" | "killed";
}

export type Step = "create" | "update" | "delete" | "read";

/** Called around each hook that may wait. */
export type Watch = <Result>(
  step: Step | "check" | "diff",
  inputs: Properties,
  work: Promise<Result>,
) => Promise<Result>;

/**
 * A stack of one resource, and the steps by which Pulumi's engine changes its record (design.md, section 4; test/engine/embedded does the same with many
 * resources, a file and gRPC). Everything recorded is JSON.
 */
export interface Stack {
  readonly resource: Resource | undefined;
  up(process: ProviderProcess, program: Properties, watch: Watch): Promise<Outcome>;
  preview(process: ProviderProcess, program: Properties, watch: Watch): Promise<Outcome>;
  refresh(process: ProviderProcess, watch: Watch): Promise<Outcome>;
  destroy(process: ProviderProcess, watch: Watch): Promise<Outcome>;
}

export function openStack(): Stack {
  let resource: Resource | undefined;

  const command = async (process: ProviderProcess, work: (did: Step[]) => Promise<void>): Promise<Outcome> => {
    const did: Step[] = [];
    try {
      await work(did);
      return { did, error: undefined, end: process.isInterrupted ? "interrupted" : "by itself" };
    } catch (error) {
      if (error instanceof ConnectionDropped) return { did, error: undefined, end: "killed" };
      return { did, error: shown(error, did.at(-1)), end: process.isInterrupted ? "interrupted" : "by itself" };
    }
  };
  const proceed = (process: ProviderProcess) => {
    if (process.isInterrupted) throw new Error(engineCanceled);
  };
  const check = async (process: ProviderProcess, program: Properties, watch: Watch) => {
    const olds = resource?.inputs ?? {};
    const answer = await process.unlessKilled(
      watch("check", program, required(process.hooks.check?.(json(olds), json(program)))),
    );
    const [failure] = answer.failures ?? [];
    if (failure !== undefined) throw Object.assign(new Error(`${failure.property}: ${failure.reason}`), { stack: "" });
    proceed(process);
  };
  const diff = async (process: ProviderProcess, recorded: Resource, program: Properties, watch: Watch) => {
    const answer = await process.unlessKilled(
      watch("diff", program, required(process.hooks.diff?.(recorded.id, json(recorded.outputs), json(program)))),
    );
    proceed(process);
    return answer;
  };
  const create = async (process: ProviderProcess, program: Properties, watch: Watch, did: Step[]) => {
    did.push("create");
    try {
      const made = await process.unlessKilled(watch("create", program, process.hooks.create(json(program))));
      resource = { id: made.id, inputs: program, outputs: json(made.outs ?? {}), hasFailed: false };
    } catch (error) {
      const left = leftBehind(error);
      if (left !== undefined) resource = { ...left, inputs: program, hasFailed: true };
      throw error;
    }
  };
  const update = async (
    process: ProviderProcess,
    recorded: Resource,
    program: Properties,
    watch: Watch,
    did: Step[],
  ) => {
    did.push("update");
    try {
      const work = required(process.hooks.update?.(recorded.id, json(recorded.outputs), json(program)));
      const { outs } = await process.unlessKilled(watch("update", program, work));
      resource = { id: recorded.id, inputs: program, outputs: json(outs ?? {}), hasFailed: false };
    } catch (error) {
      const left = leftBehind(error);
      // What was wanted has not come true: the old inputs stay on record.
      if (left !== undefined) resource = { ...left, inputs: recorded.inputs, hasFailed: true };
      throw error;
    }
  };
  const remove = async (process: ProviderProcess, recorded: Resource, watch: Watch, did: Step[]) => {
    did.push("delete");
    await process.unlessKilled(
      watch("delete", recorded.outputs, required(process.hooks.delete?.(recorded.id, json(recorded.outputs)))),
    );
    resource = undefined;
  };

  return {
    get resource() {
      return resource;
    },
    up: (process, program, watch) =>
      command(process, async (did) => {
        await check(process, program, watch);
        const recorded = resource;
        if (recorded === undefined) return create(process, program, watch, did);
        const { changes, replaces = [] } = await diff(process, recorded, program, watch);
        if (replaces.length > 0) {
          await remove(process, recorded, watch, did);
          proceed(process);
          return create(process, program, watch, did);
        }
        if (changes === true || recorded.hasFailed) return update(process, recorded, program, watch, did);
        resource = { ...recorded, inputs: program };
      }),
    preview: (process, program, watch) =>
      command(process, async () => {
        await check(process, program, watch);
        if (resource !== undefined) await diff(process, resource, program, watch);
      }),
    refresh: (process, watch) =>
      command(process, async (did) => {
        const recorded = resource;
        if (recorded === undefined) return;
        did.push("read");
        const work = required(process.hooks.read?.(recorded.id, json(recorded.outputs)));
        const { id, props } = await process.unlessKilled(watch("read", recorded.outputs, work));
        const outputs = json(props ?? {});
        resource =
          id === undefined || id === "" ? undefined : { id, inputs: recorded.inputs, outputs, hasFailed: false };
      }),
    destroy: (process, watch) =>
      command(process, async (did) => {
        if (resource !== undefined) await remove(process, resource, watch, did);
      }),
  };
}

function leftBehind(error: unknown): Pick<Resource, "id" | "outputs"> | undefined {
  if (!(error instanceof Error) || !("id" in error) || !("properties" in error)) return undefined;
  const { id, properties } = error;
  if (typeof id !== "string" || typeof properties !== "object" || properties === null) return undefined;
  return { id, outputs: json({ ...properties }) };
}

/** What leaves the process: the message, and of hooks other than create and update the stack too (design.md, section 4). */
function shown(error: unknown, step: Step | undefined): string {
  if (!(error instanceof Error)) return `${error}`;
  const isMessageOnly = step === "create" || step === "update" || error.message === engineCanceled;
  return isMessageOnly || !error.stack ? error.message : `${error.message}\n${error.stack}`;
}

const engineCanceled = "canceled by the engine";

function json(properties: Properties): Record<string, unknown> {
  return JSON.parse(JSON.stringify(properties));
}

function required<Result>(work: Promise<Result> | undefined): Promise<Result> {
  if (work === undefined) throw new Error("the provider has no such hook");
  return work;
}
