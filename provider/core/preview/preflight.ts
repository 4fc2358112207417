import type { PreflightMode } from "../array/settings.ts";
import { isTransient, MigrationError } from "../errors.ts";
import type { OwnInputs } from "../inputs.ts";
import type { Lifecycle, Operation, Preflight, Recorded, Review } from "../lifecycle.ts";
import type { Deployment } from "../pulumi/deployment.ts";

// A preview is read by a person who waits for it.
const longestLookMs = 20_000;

type Asker = Pick<Deployment, "clock" | "log" | "interruption">;

const nothing: Preflight = { refusals: [], warnings: [] };

/** Looks before a run what is certain to fail in it. An array that cannot be asked now is a warning: it may well be there when the run comes. */
export async function preflight<Inputs extends OwnInputs, State>(
  lifecycle: Lifecycle<Inputs, State>,
  inputs: Inputs,
  occasion: Operation<Inputs>,
  deployment: Asker,
): Promise<Preflight> {
  let mode: PreflightMode = "enforce";
  try {
    mode = lifecycle.preflightMode?.(inputs) ?? "enforce";
    if (mode === "off") return nothing;
    const signal = lookSignal(deployment);
    const found = (await lifecycle.preflight?.(inputs, occasion, deployment.clock.nowMs(), signal)) ?? nothing;
    return inMode(mode, found);
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    if (isAbsence(error)) return { refusals: [], warnings: [`could not be checked before the run: ${error.message}`] };
    return inMode(mode, { refusals: [{ property: "array", reason: error.message }], warnings: [] });
  }
}

/** What a review is decided by, and how strictly. */
interface ObservedNow<State> {
  readonly recorded: Recorded<State>;
  readonly isGone: boolean;
  readonly warnings: readonly string[];
  readonly mode: PreflightMode;
  /** Whether the array, or what was seen there, refused the look, and only a warning was asked for. */
  readonly isRefused: boolean;
}

/** What a review decides by: what the array shows now, or what is recorded where it cannot, or is not to be, asked. */
export async function observedNow<Inputs extends OwnInputs, State>(
  lifecycle: Lifecycle<Inputs, State>,
  recorded: Recorded<State>,
  inputs: Inputs,
  deployment: Asker,
): Promise<ObservedNow<State>> {
  const mode = lifecycle.preflightMode?.(inputs) ?? "enforce";
  const asRecorded = { recorded, isGone: false, warnings: [], mode, isRefused: false };
  if (mode === "off" || lifecycle.observe === undefined) return asRecorded;
  try {
    const seen = await lifecycle.observe(recorded, inputs, lookSignal(deployment), deployment.clock.nowMs());
    return { recorded: seen ?? recorded, isGone: seen === undefined, warnings: [], mode, isRefused: false };
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    if (isAbsence(error)) return { ...asRecorded, warnings: [`decided by what was recorded last: ${error.message}`] };
    if (mode === "enforce") throw error;
    return { ...asRecorded, warnings: [wouldFail(error.message)], isRefused: true };
  }
}

/** What is left to be refused of a review, and what is a warning instead. What a program may never declare is refused in every mode. */
export function refusedIn(
  mode: PreflightMode,
  { refusal }: Pick<Review, "refusal">,
): { readonly refusal?: MigrationError; readonly warnings: readonly string[] } {
  if (refusal === undefined) return { warnings: [] };
  if (mode === "enforce" || refusal.kind === "input") return { refusal, warnings: [] };
  return { warnings: [wouldFail(refusal.message)] };
}

function inMode(mode: PreflightMode, found: Preflight): Preflight {
  if (mode === "enforce" || found.refusals.length === 0) return found;
  const softened = found.refusals.map(({ property, reason }) =>
    wouldFail(property === "array" ? reason : `${property}: ${reason}`),
  );
  return { ...found, refusals: [], warnings: [...softened, ...found.warnings] };
}

function wouldFail(reason: string): string {
  return `would fail: ${reason}`;
}

function lookSignal({ interruption }: Asker): AbortSignal {
  return AbortSignal.any([interruption, AbortSignal.timeout(longestLookMs)]);
}

/** Whether the array could not be asked now: not there, too slow, or interrupted. */
function isAbsence(error: MigrationError): boolean {
  const { kind } = error;
  return kind === "cancelled" || isTransient(error);
}
