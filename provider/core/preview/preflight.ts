import type { PreflightMode } from "../array/settings.ts";
import type { Clock } from "../async/clock.ts";
import { isTransient, MigrationError } from "../errors.ts";
import type { Findings, Reading, Resource, Target } from "../resource.ts";

// A person waits for a preview.
const maxReadMs = 20_000;

/** What a preview needs of the deployment it is made for. */
export interface PreviewMeans {
  readonly clock: Clock;
  readonly interruption: AbortSignal;
}

/** Reads before a run what is certain to fail in it. An array that cannot be read now is a warning: it may well be there when the run comes. */
export async function preflight<Inputs, State, Observed, Action>(
  { open, preview }: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  means: PreviewMeans,
): Promise<Findings<Observed>> {
  let mode: PreflightMode = "enforce";
  try {
    mode = open(target.inputs).settings.preflight;
    if (mode === "off") return { refusals: [], warnings: [] };
    return inMode(mode, await preview.preflight(target, readingFor(means)));
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    if (isAbsence(error)) return { refusals: [], warnings: [`could not be checked before the run: ${error.message}`] };
    return inMode(mode, { refusals: [{ property: "array", reason: error.message }], warnings: [] });
  }
}

/** What a diff is decided by, and how strictly. */
export interface ReadNow<Observed> {
  readonly observed: Observed;
  readonly warnings: readonly string[];
  readonly mode: PreflightMode;
  /** Whether the array, or what was read there, refused the read, and only a warning was asked for. */
  readonly isRefused: boolean;
}

/** What a diff is decided by: what the array shows now, or what is recorded where it cannot, or is not to be, read. */
export async function readNow<Inputs, State, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  means: PreviewMeans,
): Promise<ReadNow<Observed>> {
  const mode = resource.open(target.inputs).settings.preflight;
  const assumed = () => ({ observed: resource.assume(target), mode, warnings: [], isRefused: false });
  if (mode === "off") return assumed();
  try {
    const observed = await resource.observe(target, undefined, readingFor(means));
    return { observed, mode, warnings: [], isRefused: false };
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    if (isAbsence(error)) return { ...assumed(), warnings: [`decided by what was recorded last: ${error.message}`] };
    if (mode === "enforce") throw error;
    return { ...assumed(), warnings: [wouldFail(error.message)], isRefused: true };
  }
}

/** What is left to be refused of a diff, and what is a warning instead. What a program may never declare is refused in every mode. */
export function refusedIn(
  mode: PreflightMode,
  refusal: MigrationError | undefined,
): { readonly refusal?: MigrationError; readonly warnings: readonly string[] } {
  if (refusal === undefined) return { warnings: [] };
  if (mode === "enforce" || refusal.kind === "input") return { refusal, warnings: [] };
  return { warnings: [wouldFail(refusal.message)] };
}

function inMode<Observed>(mode: PreflightMode, found: Findings<Observed>): Findings<Observed> {
  if (mode === "enforce" || found.refusals.length === 0) return found;
  const softened = found.refusals.map(({ property, reason }) =>
    wouldFail(property === "array" ? reason : `${property}: ${reason}`),
  );
  return { ...found, refusals: [], warnings: [...softened, ...found.warnings] };
}

function wouldFail(reason: string): string {
  return `would fail: ${reason}`;
}

function readingFor({ clock, interruption }: PreviewMeans): Reading {
  return { signal: AbortSignal.any([interruption, AbortSignal.timeout(maxReadMs)]), nowMs: clock.nowMs() };
}

/** Whether the array could not be read now: not there, too slow, or interrupted. */
function isAbsence(error: MigrationError): boolean {
  return error.kind === "cancelled" || isTransient(error);
}
