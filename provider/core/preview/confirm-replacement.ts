import { MigrationError } from "../errors.ts";
import { readWithRetry } from "../reconcile/read-with-retry.ts";
import type { Run } from "../reconcile/run.ts";
import { type Audited, readResource } from "../reconcile/run-resource.ts";
import type { Recorded, Resource, Target } from "../resource.ts";

/**
 * Reads, right before something is deleted for what takes its place, whether that can be had: Pulumi may have been told to replace without asking whether it must,
 * and an array that could not be reached is only a warning in a preview.
 *
 * @throws MigrationError whatever keeps it from being made, or from being read
 */
export async function confirmReplacement<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  old: Target<Inputs, State> & { readonly recorded: Recorded<State> },
  successor: Inputs,
  run: Run,
): Promise<void> {
  const { recorded } = old;
  const seen = await readResource(resource, { ...old, operation: { kind: "read" } }, run);
  const { preview } = resource;
  const refusal = preview.refuseReplacement?.(seen ?? recorded, successor);
  if (refusal !== undefined) throw refusal;
  const array = resource.open(successor);
  if (array.settings.preflight === "off") return;
  const target = {
    ...old,
    inputs: successor,
    recorded: undefined,
    operation: { kind: "replace", before: old.inputs },
    isPreview: true,
  } as const;
  const found = await readWithRetry(
    { attempted: `check whether ${recorded.id} can be replaced`, on: array.title },
    (signal) => preview.preflight(target, { signal, nowMs: run.clock.nowMs() }),
    run,
  );
  const [first] = found.refusals;
  if (first === undefined) return;
  throw new MigrationError({
    kind: "input",
    attempted: `replace ${recorded.id}`,
    on: array.title,
    answered: `its replacement cannot be created: ${first.property}: ${first.reason}`,
    next: "Nothing was sent, and what exists is untouched. Fix the input named above, or revert the change.",
  });
}
