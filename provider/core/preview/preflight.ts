import type { PreflightMode } from "../array/settings.ts";
import type { Clock } from "../async/clock.ts";
import { isTransient, MigrationError } from "../errors.ts";
import type { Findings, Reading, Resource, Target } from "../resource.ts";

// A person waits for the preview.
const maxReadMs = 20_000;

/** What a preview needs from its deployment. */
export interface PreviewMeans {
  readonly clock: Clock;
  readonly interruption: AbortSignal;
}

/** Reads the array before a run to find what is certain to fail. If the array cannot be read now, that is only a warning, because the run may be able to read it. */
export async function preflight<Inputs, State, Observed, Action>(
  { open, preview }: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  means: PreviewMeans,
): Promise<Findings<Observed>> {
  let mode: PreflightMode = "enforce";
  try {
    mode = open(target.inputs).settings.preflight;
    if (mode === "off") return { refusals: [], warnings: [] };
    return softenedFor(mode, await preview.preflight(target, readingFor(means)));
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    if (isUnreadableNow(error))
      return { refusals: [], warnings: [`could not be checked before the run: ${error.message}`] };
    return softenedFor(mode, { refusals: [{ property: "array", reason: error.message }], warnings: [] });
  }
}

/** The observation on which a diff decides: what the array shows now. If the array cannot be read, or must not be, the record instead. */
export async function readNow<Inputs, State, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  means: PreviewMeans,
) {
  const mode = resource.open(target.inputs).settings.preflight;
  const assume = (...warnings: string[]) => ({
    observed: resource.assume(target),
    mode,
    warnings,
    hasFailed: false,
    isRead: false,
  });
  if (mode === "off") return assume();
  try {
    const observed = await resource.observe(target, undefined, readingFor(means));
    return { observed, mode, warnings: [], hasFailed: false, isRead: true };
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    if (isUnreadableNow(error)) return assume(`decided on the last recorded state: ${error.message}`);
    if (mode === "enforce") throw error;
    // The read failed for good, which is only a warning in the mode `warn`.
    return { ...assume(wouldFail(error.message)), hasFailed: true };
  }
}

/** The diff's refusal, or the warning instead of it. Inputs that a program must never declare are refused in every mode. */
export function refusedIn(
  mode: PreflightMode,
  refusal: MigrationError | undefined,
): { readonly refusal?: MigrationError; readonly warnings: readonly string[] } {
  if (refusal === undefined) return { warnings: [] };
  if (mode === "enforce" || refusal.kind === "input") return { refusal, warnings: [] };
  return { warnings: [wouldFail(refusal.message)] };
}

function softenedFor<Observed>(mode: PreflightMode, found: Findings<Observed>): Findings<Observed> {
  if (mode === "enforce" || found.refusals.length === 0) return found;
  const softened = found.refusals.map(({ property, reason }) =>
    wouldFail(property === "array" ? reason : `${property}: ${reason}`),
  );
  return { ...found, refusals: [], warnings: [...softened, ...found.warnings] };
}

function wouldFail(reason: string): string {
  return `would fail: ${reason}`;
}

export function readingFor({ clock, interruption }: PreviewMeans): Reading {
  return { signal: AbortSignal.any([interruption, AbortSignal.timeout(maxReadMs)]), nowMs: clock.nowMs() };
}

/** Whether the array is unreachable or too slow, or the read was interrupted. */
function isUnreadableNow(error: MigrationError): boolean {
  return error.kind === "cancelled" || isTransient(error);
}
