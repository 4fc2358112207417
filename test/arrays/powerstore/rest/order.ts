import { type Attribute, attributeOf, type Resource, type Row } from "../resource.ts";
import { comparable } from "./compare.ts";
import { invalidQuery } from "./decode.ts";

/** Sorts rows as `order=name.asc,state.desc` says; unset values come last. @throws Refusal 400 for an unknown attribute */
export function parseOrder(order: string | undefined, resource: Resource): (rows: readonly Row[]) => readonly Row[] {
  if (order === undefined) return (rows) => rows;
  const keys = order.split(",").map((item) => parseKey(item, resource));
  return (rows) =>
    [...rows].sort((one, other) => {
      for (const { name, attribute, sign } of keys) {
        const difference = compare(one[name], other[name], attribute);
        if (difference !== 0) return sign * difference;
      }
      return 0;
    });
}

function parseKey(item: string, resource: Resource): { name: string; attribute: Attribute; sign: 1 | -1 } {
  const [name = "", direction = "asc", ...rest] = item.split(".");
  const attribute = attributeOf(resource, name);
  if (attribute === undefined) throw invalidQuery(`The attribute ${name} does not exist on ${resource.name}.`);
  if (attribute.type === "object" || attribute.type === "strings") {
    throw invalidQuery(`The attribute ${name} cannot be ordered by.`);
  }
  if ((direction !== "asc" && direction !== "desc") || rest.length > 0) {
    throw invalidQuery(`The order ${item} is neither asc nor desc.`);
  }
  return { name, attribute, sign: direction === "asc" ? 1 : -1 };
}

function compare(one: unknown, other: unknown, attribute: Attribute): number {
  const left = comparable(one ?? undefined, attribute);
  const right = comparable(other ?? undefined, attribute);
  if (left === right) return 0;
  if (left === undefined) return 1;
  if (right === undefined) return -1;
  return left < right ? -1 : 1;
}
