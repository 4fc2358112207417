import { MigrationError } from "../errors.ts";
import type { Audited } from "../reconcile/audited.ts";
import { readWithRetry } from "../reconcile/read-with-retry.ts";
import type { Run } from "../reconcile/run.ts";
import { readResource } from "../reconcile/run-resource.ts";
import type { Recorded, Resource, Target } from "../resource.ts";

/**
 * Checks, right before a delete for a replacement, that the array can create the replacement. A user can tell Pulumi to replace a resource that needs no replacement, and
 * an unreachable array is only a warning in a preview.
 *
 * @throws MigrationError if the replacement cannot be created, or if the array cannot be read
 */
export async function confirmReplacement<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  old: Target<Inputs, State> & { readonly recorded: Recorded<State> },
  successor: Inputs,
  run: Run,
): Promise<void> {
  const { recorded } = old;
  // What a refresh would warn of is decided already.
  const silent = { ...run, warn: () => undefined };
  const current = await readResource(resource, { ...old, operation: { kind: "read" } }, silent);
  const refusal = current && resource.preview.refuseReplacement?.(current, successor, old.inputs);
  if (refusal !== undefined) throw refusal;
  const array = resource.open(successor);
  if (array.settings.preflight === "off") return;
  const operation = { kind: "replace", before: old.inputs } as const;
  const target = { ...old, inputs: successor, recorded: undefined, operation, isPreview: true };
  const { refusals } = await readWithRetry(
    { attempted: `check whether ${recorded.id} can be replaced`, on: array.title },
    (signal) => resource.preview.preflight(target, { signal, nowMs: run.clock.nowMs() }),
    run,
  );
  const [first] = refusals;
  if (first === undefined) return;
  throw new MigrationError({
    kind: "input",
    attempted: `replace ${recorded.id}`,
    on: array.title,
    answered: `its replacement cannot be created: ${first.property}: ${first.reason}`,
    next: "Nothing was sent, and the existing object is untouched. Fix the input named above, or revert the change.",
  });
}
