import { type IdentifiedArray, isSameArray } from "./array/connection.ts";
import type { ArrayObject } from "./array-object.ts";
import { resourceNameOf } from "./text/urn.ts";

/** What a claim of another resource means for an object. */
export interface Holder {
  readonly urn: string;
  readonly object: ArrayObject;
}

/**
 * Which resource of this deployment drives which object, as far as this process knows.
 *
 * A resource declares its objects in check, has them recorded in diff, and drives them in create and update. Two resources that declare one object contradict each other.
 * What one resource drives, no other resource gives back. A claim that is only recorded shields nothing, because a copied state or an old record makes one too.
 */
export interface Claims {
  /** The resource declares these objects, and no others. @returns another resource that declares one of them */
  declare(urn: string, array: IdentifiedArray, objects: readonly ArrayObject[]): Promise<Holder | undefined>;
  /** The diff of a declared resource shows these objects in its record, and the resource keeps them. @returns another resource that declares one of them */
  keep(urn: string, array: IdentifiedArray, objects: readonly ArrayObject[]): Promise<Holder | undefined>;
  /** The resource drives these objects in this run. */
  drive(urn: string, array: IdentifiedArray, objects: readonly ArrayObject[]): void;
  /** Whether this run has checked or driven the resource. What it does not claim then is not its own. */
  isSeen(urn: string): boolean;
  /** The resource is deleted. */
  drop(urn: string): void;
  /** What the resource drives is deleted to make room for its replacement: it still declares what it did, and drives nothing. */
  vacate(urn: string): void;
  /** The resource that has taken this object: it drives it in this run, or declares it and has it on record. */
  taker(array: IdentifiedArray, object: ArrayObject): Promise<string | undefined>;
  /** Another resource that declares this object. */
  declarer(urn: string, array: IdentifiedArray, object: ArrayObject): Promise<string | undefined>;
}

type Level = "declared" | "kept" | "driven";

interface Claim {
  readonly array: IdentifiedArray;
  readonly levels: ReadonlySet<Level>;
}

/** Claims in the memory of this process. */
export function claimsInMemory(): Claims {
  const byUrn = new Map<string, Map<string, Claim>>();
  const urnsByKey = new Map<string, Set<string>>();

  const add = (urn: string, array: IdentifiedArray, keys: readonly string[], ...levels: readonly Level[]) => {
    const claims = byUrn.get(urn) ?? new Map<string, Claim>();
    byUrn.set(urn, claims);
    for (const key of keys) {
      urnsByKey.set(key, (urnsByKey.get(key) ?? new Set()).add(urn));
      claims.set(key, { array, levels: new Set([...(claims.get(key)?.levels ?? []), ...levels]) });
    }
  };
  const find = async (
    { key }: ArrayObject,
    array: IdentifiedArray,
    fits: (urn: string, levels: Claim["levels"]) => boolean,
  ): Promise<string | undefined> => {
    for (const urn of urnsByKey.get(key) ?? []) {
      const claim = byUrn.get(urn)?.get(key);
      if (claim !== undefined && fits(urn, claim.levels) && (await isSameArray(claim.array, array))) return urn;
    }
    return undefined;
  };
  const declarer = (urn: string, array: IdentifiedArray, object: ArrayObject) =>
    find(object, array, (one, levels) => one !== urn && levels.has("declared"));
  const contradicting = async (urn: string, array: IdentifiedArray, objects: readonly ArrayObject[]) => {
    for (const object of objects) {
      const other = await declarer(urn, array, object);
      if (other !== undefined) return { urn: other, object };
    }
    return undefined;
  };

  return {
    declare(urn, array, objects) {
      byUrn.set(urn, onlyAt("driven", byUrn.get(urn)));
      add(urn, array, keysOf(objects), "declared");
      return contradicting(urn, array, objects);
    },
    keep(urn, array, objects) {
      add(urn, array, keysOf(objects), "declared", "kept");
      return contradicting(urn, array, objects);
    },
    drive: (urn, array, objects) => add(urn, array, keysOf(objects), "driven"),
    isSeen: (urn) => byUrn.has(urn),
    drop: (urn) => void byUrn.delete(urn),
    vacate: (urn) => void byUrn.set(urn, onlyAt("declared", byUrn.get(urn))),
    taker: (array, object) => find(object, array, (_, levels) => levels.has("driven") || levels.has("kept")),
    declarer,
  };
}

function onlyAt(level: Level, claims: ReadonlyMap<string, Claim> = new Map()): Map<string, Claim> {
  const those = [...claims].filter(([, { levels }]) => levels.has(level));
  return new Map(those.map(([key, { array }]) => [key, { array, levels: new Set([level]) }]));
}

function keysOf(objects: readonly ArrayObject[]): readonly string[] {
  return objects.map(({ key }) => key);
}

/** A resource as a person knows it: `erp-db`. */
export function holderText(urn: string): string {
  return `"${resourceNameOf(urn).name}" (${urn})`;
}
