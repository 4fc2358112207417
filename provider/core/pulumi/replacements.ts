import type { Operation } from "../resource.ts";

export type Replacements<Inputs> = ReturnType<typeof trackReplacements<Inputs>>;

/**
 * Tracks the replacements under way in one deployment.
 *
 * For a replacement the engine calls check, diff, check (without old inputs), delete, create. This object carries the old inputs from the diff to the second check, and
 * the new inputs from the second check to the delete.
 */
export function trackReplacements<Inputs>() {
  const replaced = new Map<string, Inputs>();
  const successors = new Map<string, Inputs>();
  return {
    /** The operation of a check without old inputs: create or replace. */
    operationOfNew(urn: string): Operation<Inputs> {
      const before = replaced.get(urn);
      replaced.delete(urn);
      return before === undefined ? { kind: "create" } : { kind: "replace", before };
    },
    /** A diff has decided to replace the object that was created with these inputs. */
    decided: (urn: string, before: Inputs) => void replaced.set(urn, before),
    /** A new object was checked. Until it is created, a delete makes room for it. */
    checked: (urn: string, inputs: Inputs) => void successors.set(urn, inputs),
    created: (urn: string) => void successors.delete(urn),
    /** The inputs of the object for which a delete makes room. */
    successor: (urn: string) => successors.get(urn),
  };
}
