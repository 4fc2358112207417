import type { Operation } from "../resource.ts";

/**
 * What one deployment knows of replacements under way.
 *
 * On a replacement the engine calls check, diff, check (with no old inputs), delete, create. The old inputs are carried from that diff to the second check, and the new
 * inputs from the second check to the delete.
 */
export interface Replacements<Inputs> {
  /** What a check without old inputs is for. */
  operationOfNew(urn: string): Operation<Inputs>;
  /** A diff has decided to replace what was made with these inputs. */
  decided(urn: string, before: Inputs): void;
  /** Something new was checked. Until it is created, a delete is for it. */
  checked(urn: string, inputs: Inputs): void;
  created(urn: string): void;
  /** What a delete makes room for. */
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
