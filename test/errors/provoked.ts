import { MigrationError } from "../../provider/core/errors.ts";
import { reconcile } from "../../provider/core/reconcile/reconcile.ts";
import type { Step } from "../../provider/core/reconcile/step.ts";
import { runOn, scripted } from "../core/reconcile/scripted-reconciler.ts";
import { virtualClock } from "../core/virtual-clock.ts";

/** How to bring an error about: by the place it comes from, and what about it is special where one place has several. */
export interface Provocation {
  readonly site: string;
  readonly provoke: () => unknown;
}

export const powerStoreTitle = "PowerStore default (https://powerstore.example.com)";
export const eternusTitle = "ETERNUS default (https://eternus.example.com)";

/** The error that a provocation throws, returns, or fails with. */
export async function provoked({ site, provoke }: Provocation): Promise<MigrationError> {
  const error: unknown = await Promise.resolve()
    .then(provoke)
    .catch((thrown: unknown) => thrown);
  if (error instanceof MigrationError) return error;
  throw new Error(`${site} gave no error`, { cause: error });
}

/** Ends a run with this step, as one that is recorded so far. */
export async function ending(
  step: Step<unknown>,
  attempted: string,
  on: string,
  recorded: string,
): Promise<MigrationError> {
  const clock = virtualClock({ startMs: 0 });
  const { reconciler } = scripted(clock, { reads: ["read"] });
  const plan = (): Step<string> => {
    if (step.kind === "stuck") return step;
    throw new Error(`the step is ${step.kind}: ${step.reason}`);
  };
  const error = await provoked({
    site: attempted,
    provoke: () => reconcile({ ...reconciler, attempted, on, plan }, runOn(clock)),
  });
  return error.withRecorded(recorded);
}
