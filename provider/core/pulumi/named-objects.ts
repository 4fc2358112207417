import type { ArrayConnection } from "../array/connection.ts";
import type { ArrayObject } from "../array-object.ts";
import { MigrationError } from "../errors.ts";
import type { Audited } from "../reconcile/audited.ts";
import type { Target } from "../resource.ts";
import type { Service } from "./service.ts";

/** The objects of a resource, and their array. */
export interface NamedObjects {
  readonly array: ArrayConnection;
  readonly objects: readonly ArrayObject[];
}

/** @returns undefined if the array is not known: nothing is known of the objects then either */
export async function objectsOf<Inputs, State extends Audited, Observed, Action>(
  { resource, deployment }: Service<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  observed?: Observed,
): Promise<NamedObjects | undefined> {
  if (target.unknown.includes("array")) return undefined;
  const array = connectionOf(resource.open, target.inputs);
  if (array === undefined) return undefined;
  const reading = { signal: deployment.interruption, nowMs: deployment.clock.nowMs() };
  return { array, objects: await resource.objects(target, observed, reading) };
}

/** What is wrong with the settings is reported by whoever reads the array. */
export function connectionOf<Inputs>(
  open: (inputs: Inputs) => ArrayConnection,
  inputs: Inputs,
): ArrayConnection | undefined {
  try {
    return open(inputs);
  } catch (error) {
    if (error instanceof MigrationError) return undefined;
    throw error;
  }
}
