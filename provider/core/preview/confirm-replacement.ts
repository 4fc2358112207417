import { MigrationError } from "../errors.ts";
import type { OwnInputs } from "../inputs.ts";
import type { Lifecycle, Recorded } from "../lifecycle.ts";
import { readWithRetry } from "../reconcile/read-with-retry.ts";
import type { Run } from "../reconcile/run.ts";

/**
 * Looks, right before something is given up for what takes its place, whether that can be had: Pulumi may have been told to replace without asking whether it
 * must, and an array that could not be reached is only a warning in a preview.
 *
 * @throws MigrationError whatever keeps it from being made, or from being looked for
 */
export async function confirmReplacement<Inputs extends OwnInputs, State>(
  lifecycle: Lifecycle<Inputs, State>,
  recorded: Recorded<State>,
  before: Inputs,
  successor: Inputs,
  run: Run,
): Promise<void> {
  const seen = await lifecycle.read(recorded, before, run);
  const refusal = lifecycle.refuseReplacement?.(seen ?? recorded, successor);
  if (refusal !== undefined) throw refusal;
  const { preflight } = lifecycle;
  if (preflight === undefined || lifecycle.preflightMode?.(successor) === "off") return;
  const what = { attempted: `look whether ${recorded.id} can be replaced`, on: "the array" };
  const occasion = { is: "replacement", before } as const;
  const found = await readWithRetry(what, (signal) => preflight(successor, occasion, run.clock.nowMs(), signal), run);
  const [first] = found.refusals;
  if (first === undefined) return;
  throw new MigrationError({
    kind: "input",
    attempted: `replace ${recorded.id}`,
    on: "the array",
    answered: `what takes its place cannot be had: ${first.property}: ${first.reason}`,
    next: "Nothing was given up. Mend what it names, or take the change back.",
  });
}
