import type { Operation } from "../resource.ts";

/**
 * Tracks the replacements under way in one deployment.
 *
 * For a replacement the engine calls check, diff, check (without old inputs), delete, create. This object carries the old inputs from the diff to the second check, and
 * the new inputs from the second check to the delete.
 */
export interface Replacements<Inputs> {
  /** The operation of a check without old inputs: create or replace. */
  operationOfNew(urn: string): Operation<Inputs>;
  /** A diff has decided to replace the object that was created with these inputs. */
  decided(urn: string, before: Inputs): void;
  /** A new object was checked. Until it is created, a delete makes room for it. */
  checked(urn: string, inputs: Inputs): void;
  created(urn: string): void;
  /** The inputs of the object for which a delete makes room. */
  successor(urn: string): Inputs | undefined;
}

export function trackReplacements<Inputs>(): Replacements<Inputs> {
  const replaced = new Map<string, Inputs>();
  const successors = new Map<string, Inputs>();
  return {
    operationOfNew(urn) {
      const before = replaced.get(urn);
      replaced.delete(urn);
      return before === undefined ? { kind: "create" } : { kind: "replace", before };
    },
    decided: (urn, before) => void replaced.set(urn, before),
    checked: (urn, inputs) => void successors.set(urn, inputs),
    created: (urn) => void successors.delete(urn),
    successor: (urn) => successors.get(urn),
  };
}
