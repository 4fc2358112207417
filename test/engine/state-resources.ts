import type { StateResource } from "./engine.ts";
import { type Properties, readable } from "./wire-value.ts";

interface Recorded {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  readonly dependencies: readonly string[];
  readonly initErrors: readonly string[];
}

/** The resources of a checkpoint with what is pending on them; one whose create was lost is known by that alone. */
export function toStateResources(
  resources: readonly Recorded[],
  pending: readonly { readonly type: string; readonly resource: Recorded }[],
): readonly StateResource[] {
  const unborn = pending
    .map(({ resource }) => resource)
    .filter((born) => !resources.some(({ urn }) => urn === born.urn));
  return [...resources, ...unborn].map(({ urn, type, id, inputs, outputs, dependencies, initErrors }) => {
    const operation = pending.find(({ resource }) => resource.urn === urn);
    const shown = { inputs: readable(inputs), outputs: readable(outputs) };
    return {
      urn,
      type,
      id,
      ...shown,
      dependencies,
      initErrors,
      ...(operation === undefined ? {} : { pending: operation.type }),
    };
  });
}
