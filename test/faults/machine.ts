import type { MigrationError } from "../../provider/core/errors.ts";
import type { OwnInputs } from "../../provider/core/inputs.ts";
import type { Lifecycle, Recorded } from "../../provider/core/resource.ts";
import { runOn } from "../core/reconcile/scripted-reconciler.ts";
import type { VirtualClock } from "../core/virtual-clock.ts";

/** Runs commands on one resource, each in a process of its own: with a connection of its own, and with what was recorded. */
export interface Machine<Inputs> {
  /** Creates, or updates what is recorded. @returns why it failed */
  up(inputs: Inputs): Promise<MigrationError | undefined>;
  /** Takes back what is recorded, if anything is. @returns why it failed */
  destroy(inputs: Inputs): Promise<MigrationError | undefined>;
  /** The id under which something is recorded. */
  readonly recordedId: string | undefined;
}

/** One process: the lifecycle on its connection, and the end of that. */
export interface Process<Inputs extends OwnInputs, State> {
  readonly lifecycle: Lifecycle<Inputs, State>;
  logout(): Promise<void>;
}

export function machine<Inputs extends OwnInputs, State>(
  clock: VirtualClock,
  start: () => Process<Inputs, State>,
): Machine<Inputs> {
  let recorded: Recorded<State> | undefined;
  const record = (seen: Recorded<State>) => {
    recorded = seen;
  };
  const inProcess = async (work: (lifecycle: Lifecycle<Inputs, State>) => Promise<void>) => {
    const { lifecycle, logout } = start();
    try {
      await work(lifecycle);
      return undefined;
    } catch (error) {
      if (isMigrationError(error)) return error;
      throw error;
    } finally {
      await logout();
    }
  };
  return {
    get recordedId() {
      return recorded?.id;
    },
    up: (inputs) =>
      inProcess(async ({ create, update }) => {
        const run = runOn(clock, { timeoutMs });
        record(await (recorded === undefined ? create(inputs, run, record) : update(recorded, inputs, run, record)));
      }),
    destroy: (inputs) =>
      inProcess(async (lifecycle) => {
        if (recorded !== undefined) await lifecycle.delete(recorded, inputs, runOn(clock, { timeoutMs }));
        recorded = undefined;
      }),
  };
}

// Longer than any fault that passes lasts, and than anything a simulated array does.
const timeoutMs = 3_600_000;

function isMigrationError(error: unknown): error is MigrationError {
  return error instanceof Error && error.name === "MigrationError";
}
