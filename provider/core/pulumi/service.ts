import type { PreviewText } from "../preview/route-text.ts";
import type { Audited } from "../reconcile/audited.ts";
import type { Run } from "../reconcile/run.ts";
import type { Resource } from "../resource.ts";
import type { Deployment } from "./deployment.ts";
import type { Timeouts } from "./own-inputs.ts";
import type { Replacements } from "./replacements.ts";

/** One kind of resource, served to one deployment. */
export interface Service<Inputs, State extends Audited, Observed, Action> {
  readonly resource: Resource<Inputs, State, Observed, Action>;
  readonly deployment: Deployment;
  readonly replacements: Replacements<Inputs, State>;
}

/** How long a run may take if the program declares no `customTimeouts`, in milliseconds. */
export const defaultTimeoutsMs = {
  create: 24 * 3_600_000,
  update: 24 * 3_600_000,
  delete: 3_600_000,
  read: 120_000,
} as const;

/** The run of one hook, with its deadline and its row in the display. */
export function runFor(
  { clock, interruption, log }: Deployment,
  urn: string,
  timeouts: Timeouts | undefined,
  hook: keyof typeof defaultTimeoutsMs,
): Run {
  return {
    clock,
    deadlineMs: clock.nowMs() + (timeouts?.[hook] ?? defaultTimeoutsMs[hook]),
    signal: interruption,
    progress: (text, hint) => log.progress(urn, text, hint),
    warn: (text) => log.warn(urn, text),
    debug: (text) => log.debug(urn, text),
  };
}

/** Shows the texts of a preview on the resource's row and under Diagnostics. */
export function show({ log }: Deployment, urn: string, { row, warnings }: PreviewText): void {
  // A plan that is also a warning is logged once, as the warning.
  if (row !== undefined && warnings.includes(row)) log.progress(urn, row);
  else if (row !== undefined) log.note(urn, row);
  for (const warning of warnings) log.warn(urn, warning);
}
