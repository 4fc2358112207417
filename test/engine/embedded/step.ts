import { type Provider, toReason } from "../dynamic-provider/hooks.ts";
import type { Change, Checkpoint, ResourceState } from "./checkpoint.ts";
import { type Display, STEPS } from "./display.ts";

/** One run over the resources of a stack. */
export interface Deployment {
  readonly isPreview: boolean;
  /** URNs of what is to be replaced without asking the provider. */
  readonly replace: readonly string[];
  /** Whether the run is about that resource. */
  readonly isTarget: (resource: { readonly urn: string }) => boolean;
  readonly provider: Provider;
  readonly checkpoint: Checkpoint;
  readonly display: Display;
  /** Runs a step as soon as fewer than the allowed number are running. */
  readonly inSlot: (step: () => Promise<void>) => Promise<void>;
  /** Aborted by the first failure and by a cancel: from then on no step begins. */
  readonly halt: AbortController;
}

/** What a step comes to: what changes in the checkpoint, and how it failed. */
export interface Outcome extends Change {
  readonly failure?: string | readonly string[] | undefined;
}

/** Takes one step: pending in the checkpoint while it runs, so that a lost run shows what it was at. */
export function takeStep(
  deployment: Deployment,
  kind: keyof typeof STEPS,
  resource: ResourceState,
  act: () => Promise<Outcome>,
): Promise<void> {
  const { display, checkpoint, halt, inSlot, isPreview } = deployment;
  const { plan, doing, done } = STEPS[kind];
  return inSlot(async () => {
    halt.signal.throwIfAborted();
    display.step(resource.urn, kind, isPreview ? plan : doing);
    if (isPreview) return;
    const startMs = performance.now();
    const end = checkpoint.begin({ type: doing, resource });
    const outcome = await act().catch((error: unknown): Outcome => ({ failure: toReason(error) }));
    end(outcome);
    const duration = `(${((performance.now() - startMs) / 1000).toFixed(1)}s)`;
    display.step(resource.urn, kind, `${outcome.failure === undefined ? done : `**${doing} failed**`} ${duration}`);
    if (outcome.failure !== undefined) throw fail(deployment, resource.urn, toMessage(outcome.failure));
  });
}

/** Tells an error on the row of a resource, or of the stack, and halts the deployment. */
export function fail({ display, halt }: Deployment, urn: string, message: string): Error {
  display.log({ urn, severity: "error", message, isEphemeral: false });
  halt.abort();
  return new Error(message);
}

function toMessage(failure: string | readonly string[]): string {
  if (typeof failure === "string") return failure;
  const count = failure.length === 1 ? "1 error" : `${failure.length} errors`;
  return [`${count} occurred:`, ...failure.map((reason) => `\t* ${reason}`)].join("\n");
}
