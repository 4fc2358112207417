import { attributeOf, type Resource, type Row } from "../resource.ts";
import { comparison } from "./compare.ts";
import { invalidQuery, type Parameter, splitList } from "./decode.ts";

/** Whether a row passes. */
export type Filter = (row: Row) => boolean;

/** All filters of a query; a row must pass each. @throws Refusal 400 for unknown attributes, operators and unfit values */
export function parseFilters(parameters: readonly Parameter[], resource: Resource): Filter {
  return all(
    parameters.map(({ name, value }) => {
      if (name === "and" || name === "or") return group(name, value, resource);
      return condition(name, value, resource);
    }),
  );
}

/** `(a.eq.1,b.gt.2)`: conditions with the attribute in front, or again `and(…)`, `or(…)`. */
function group(how: "and" | "or", list: string, resource: Resource): Filter {
  const inner = /^\((.+)\)$/s.exec(list)?.[1];
  if (inner === undefined) throw invalidQuery(`A list in parentheses is expected after ${how}: ${list}`);
  const filters = splitList(inner).map((item) => groupItem(item, resource));
  return how === "and" ? all(filters) : (row) => filters.some((filter) => filter(row));
}

function groupItem(item: string, resource: Resource): Filter {
  if (item.startsWith("and(")) return group("and", item.slice(3), resource);
  if (item.startsWith("or(")) return group("or", item.slice(2), resource);
  const dot = item.indexOf(".");
  if (dot === -1) throw invalidQuery(`The condition ${item} has no operator.`);
  return condition(item.slice(0, dot), item.slice(dot + 1), resource);
}

/** `[not.]operator.value` on one attribute. */
function condition(name: string, expression: string, resource: Resource): Filter {
  const attribute = attributeOf(resource, name);
  if (attribute === undefined) throw invalidQuery(`The attribute ${name} does not exist on ${resource.name}.`);
  if (attribute.type === "object") throw invalidQuery(`The attribute ${name} cannot be filtered on.`);
  const isNegated = expression.startsWith("not.");
  const positive = isNegated ? expression.slice(4) : expression;
  const dot = positive.indexOf(".");
  if (dot === -1) throw invalidQuery(`The filter ${name}=${expression} has no operator.`);
  const operator = positive.slice(0, dot);
  const test = comparison(operator, positive.slice(dot + 1), name, attribute);
  return (row) => {
    const value = row[name] ?? null;
    // As in SQL: a comparison with what is not there holds neither as it stands nor negated.
    if (value === null && operator !== "is") return false;
    return test(value) !== isNegated;
  };
}

function all(filters: readonly Filter[]): Filter {
  return (row) => filters.every((filter) => filter(row));
}
