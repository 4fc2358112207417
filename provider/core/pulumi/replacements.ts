import type { Operation, Predecessor } from "../resource.ts";

export type Replacements<Inputs, State> = ReturnType<typeof trackReplacements<Inputs, State>>;

/**
 * Tracks the replacements under way in one deployment.
 *
 * For a replacement the engine calls check, diff, check (without old inputs), delete, create. Told to replace (`--replace`, taint), it asks no diff. The rest of a
 * replacement that was interrupted is a delete of the id that the diff has kept. This object carries the old inputs from the first check to the second, the new inputs
 * from the second check to the delete, and the old record from the delete to the create.
 */
export function trackReplacements<Inputs, State>() {
  const before = new Map<string, Inputs>();
  const successors = new Map<string, Inputs>();
  const predecessors = new Map<string, Predecessor<State>>();
  const renamed = new Map<string, string>();
  return {
    /** A resource whose record has this URN is declared under another one: the engine deletes it under the recorded one. */
    renamed: (recordedUrn: string, urn: string) => void renamed.set(recordedUrn, urn),
    /** The URN under which a recorded resource is declared now. */
    urnNow: (recordedUrn: string) => renamed.get(recordedUrn) ?? recordedUrn,
    /** The recorded resource was checked. */
    checkedOld: (urn: string, inputs: Inputs) => void before.set(urn, inputs),
    /** The operation of a check without old inputs: create or replace. */
    operationOfNew(urn: string): Operation<Inputs> {
      const replaced = before.get(urn);
      before.delete(urn);
      return replaced === undefined ? { kind: "create" } : { kind: "replace", before: replaced };
    },
    /** A new object was checked. Until it is created, a delete makes room for it. */
    checkedNew: (urn: string, inputs: Inputs) => void successors.set(urn, inputs),
    /** The inputs of the object for which a delete makes room. */
    successor: (urn: string) => successors.get(urn),
    deleted(urn: string, predecessor: Predecessor<State>): void {
      before.delete(urn);
      if (successors.has(urn)) predecessors.set(urn, predecessor);
    },
    /** The new object is created now. @returns the record that it replaces */
    creating(urn: string): Predecessor<State> | undefined {
      const predecessor = predecessors.get(urn);
      predecessors.delete(urn);
      successors.delete(urn);
      return predecessor;
    },
  };
}
