import type { Deployment } from "./deployment.ts";
import { isPassing, MigrationError } from "./errors.ts";
import type { InputFailure, OwnInputs } from "./inputs.ts";
import type { Lifecycle } from "./lifecycle.ts";

// A preview is read by a person who waits for it.
const longestPreflightMs = 20_000;

/** Looks before a run what is certain to fail in it. An array that cannot be asked now is a warning: it may well be there when the run comes. */
export async function preflight<Inputs extends OwnInputs, State>(
  lifecycle: Lifecycle<Inputs, State>,
  inputs: Inputs,
  deployment: Pick<Deployment, "clock" | "log" | "interruption">,
): Promise<readonly InputFailure[]> {
  const signal = AbortSignal.any([deployment.interruption, AbortSignal.timeout(longestPreflightMs)]);
  try {
    return (await lifecycle.preflight?.(inputs, deployment.clock.nowMs(), signal)) ?? [];
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    const { kind, message } = error;
    if (!isPassing(error) && kind !== "cancelled") return [{ property: "array", reason: message }];
    deployment.log.warn(inputs.resourceUrn, `could not be checked before the run: ${message}`);
    return [];
  }
}
