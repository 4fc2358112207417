import { MigrationError } from "../../provider/core/errors.ts";
import type { Properties } from "../../provider/core/inputs.ts";
import type { Audited } from "../../provider/core/reconcile/audited.ts";
import { applyResource, deleteResource } from "../../provider/core/reconcile/run-resource.ts";
import type { Recorded, Resource } from "../../provider/core/resource.ts";
import { runOn } from "../core/reconcile/scripted-reconciler.ts";
import type { VirtualClock } from "../core/virtual-clock.ts";

/** Runs commands on one resource, each in a process of its own: with a connection of its own, and with what was recorded. */
export interface Machine {
  /** Creates, or updates what is recorded. @returns why it failed */
  up(given: Properties): Promise<MigrationError | undefined>;
  /** Deletes what is recorded, if anything is. @returns why it failed */
  destroy(given: Properties): Promise<MigrationError | undefined>;
  /** The id under which something is recorded. */
  readonly recordedId: string | undefined;
}

/** One process: the resource on its connection, and the end of that. */
export interface Process<Inputs, State extends Audited, Observed, Action> {
  readonly resource: Resource<Inputs, State, Observed, Action>;
  logout(): Promise<void>;
}

export function machine<Inputs, State extends Audited, Observed, Action>(
  clock: VirtualClock,
  urn: string,
  start: () => Process<Inputs, State, Observed, Action>,
): Machine {
  let recorded: Recorded<State> | undefined;
  let before: Inputs | undefined;
  const inProcess = async (work: (resource: Resource<Inputs, State, Observed, Action>) => Promise<void>) => {
    const { resource, logout } = start();
    try {
      await work(resource);
      return undefined;
    } catch (error) {
      if (error instanceof MigrationError) return error;
      throw error;
    } finally {
      await logout();
    }
  };
  const run = () => runOn(clock, { timeoutMs });
  const common = () => ({ urn, unknown: [], recorded, isPreview: false }) as const;
  return {
    get recordedId() {
      return recorded?.id;
    },
    up: (given) =>
      inProcess(async (resource) => {
        const inputs = resource.schemas.inputs.parse(given);
        const operation = before === undefined ? ({ kind: "create" } as const) : ({ kind: "update", before } as const);
        const applied = await applyResource(resource, { ...common(), operation, inputs }, run());
        recorded = applied.recorded ?? recorded;
        // As the engine does: what was recorded with a failure has the inputs of that run.
        if (recorded !== undefined) before = inputs;
        if (applied.kind === "failed") throw applied.error;
      }),
    destroy: (given) =>
      inProcess(async (resource) => {
        const inputs = resource.schemas.recordedInputs.parse(given);
        const target = { ...common(), operation: { kind: "delete" }, inputs } as const;
        if (recorded !== undefined) await deleteResource(resource, target, run());
        recorded = undefined;
      }),
  };
}

// Longer than any fault that passes lasts, and than anything a simulated array does.
const timeoutMs = 3_600_000;
