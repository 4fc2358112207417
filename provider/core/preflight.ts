import type { Deployment } from "./deployment.ts";
import { isPassing, MigrationError } from "./errors.ts";
import type { OwnInputs } from "./inputs.ts";
import type { Lifecycle, Preflight, Recorded } from "./lifecycle.ts";

// A preview is read by a person who waits for it.
const longestLookMs = 20_000;

type Asker = Pick<Deployment, "clock" | "log" | "interruption">;

/** Looks before a run what is certain to fail in it. An array that cannot be asked now is a warning: it may well be there when the run comes. */
export async function preflight<Inputs extends OwnInputs, State>(
  lifecycle: Lifecycle<Inputs, State>,
  inputs: Inputs,
  isNew: boolean,
  deployment: Asker,
): Promise<Preflight> {
  const nothing: Preflight = { refusals: [], warnings: [] };
  try {
    return (await lifecycle.preflight?.(inputs, deployment.clock.nowMs(), isNew, lookSignal(deployment))) ?? nothing;
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    if (isAbsence(error)) return { refusals: [], warnings: [`could not be checked before the run: ${error.message}`] };
    return { refusals: [{ property: "array", reason: error.message }], warnings: [] };
  }
}

/** What a review decides by: what the array shows now, or what is recorded where it cannot be asked. */
export async function observedNow<Inputs extends OwnInputs, State>(
  lifecycle: Lifecycle<Inputs, State>,
  recorded: Recorded<State>,
  inputs: Inputs | undefined,
  deployment: Asker,
): Promise<{ readonly recorded: Recorded<State>; readonly isGone: boolean; readonly warnings: readonly string[] }> {
  if (inputs === undefined || lifecycle.observe === undefined) return { recorded, isGone: false, warnings: [] };
  try {
    const seen = await lifecycle.observe(recorded, inputs, lookSignal(deployment), deployment.clock.nowMs());
    return { recorded: seen ?? recorded, isGone: seen === undefined, warnings: [] };
  } catch (error) {
    if (!(error instanceof MigrationError) || !isAbsence(error)) throw error;
    return { recorded, isGone: false, warnings: [`decided by what was recorded last: ${error.message}`] };
  }
}

function lookSignal({ interruption }: Asker): AbortSignal {
  return AbortSignal.any([interruption, AbortSignal.timeout(longestLookMs)]);
}

/** Whether the array could not be asked now: not there, too slow, or interrupted. */
function isAbsence(error: MigrationError): boolean {
  const { kind } = error;
  return kind === "cancelled" || isPassing(error);
}
