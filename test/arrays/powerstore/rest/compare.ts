import type { Attribute } from "../resource.ts";
import { invalidQuery, splitList } from "./decode.ts";

type Test = (value: unknown) => boolean;

/** One filter operator with its operand (REST Developers Guide, filtering). @throws Refusal 400 if they do not fit */
export function comparison(operator: string, operand: string, name: string, attribute: Attribute): Test {
  const unfit = () => invalidQuery(`The filter ${operator}.${operand} cannot be applied to ${name}.`);
  const isList = attribute.type === "strings";
  if (operator === "is") return isTest(operand, unfit);
  if (operator === "cs" || operator === "cd") {
    if (!isList) throw unfit();
    return containment(operator, operand, attribute, unfit);
  }
  if (isList) throw unfit();
  if (operator === "in") return inTest(operand, attribute, unfit);
  if (operator === "ilike") {
    if (attribute.type !== "string") throw unfit();
    return ilike(operand);
  }
  const holds = orderings.get(operator);
  if (holds === undefined) throw invalidQuery(`There is no filter operator ${operator}.`);
  const wanted = comparable(known(operand, attribute, unfit), attribute);
  if (wanted === undefined) throw unfit();
  return (value) => holds(compareTo(value, wanted, attribute));
}

/** What each operator says of a difference: below 0 if the attribute is less than the operand. */
const orderings = new Map<string, (difference: number) => boolean>([
  ["eq", (difference) => difference === 0],
  ["neq", (difference) => difference !== 0],
  ["gt", (difference) => difference > 0],
  ["gte", (difference) => difference >= 0],
  ["lt", (difference) => difference < 0],
  ["lte", (difference) => difference <= 0],
]);

/** A value in the form it is compared in; undefined if it is none of the attribute's type, or not a word of its enumeration. */
export function comparable(value: unknown, attribute: Attribute): string | number | boolean | undefined {
  switch (attribute.type) {
    case "string":
      if (typeof value !== "string") return undefined;
      return attribute.ignoresCase === true ? value.toLowerCase() : value;
    case "integer":
      return /^-?\d+$/.test(String(value)) ? Number(value) : undefined;
    case "boolean":
      return String(value) === "true" ? true : String(value) === "false" ? false : undefined;
    case "date-time": {
      const ms = Date.parse(String(value));
      return Number.isNaN(ms) ? undefined : ms;
    }
    case "strings":
    case "object":
      return undefined;
  }
}

function compareTo(value: unknown, wanted: string | number | boolean, attribute: Attribute): number {
  const own = comparable(value, attribute);
  if (own === undefined || own === wanted) return own === wanted ? 0 : Number.NaN;
  return own < wanted ? -1 : 1;
}

function isTest(operand: string, unfit: () => Error): Test {
  if (operand === "null") return (value) => value === null;
  if (operand === "true") return (value) => value === true;
  if (operand === "false") return (value) => value === false;
  throw unfit();
}

function inTest(operand: string, attribute: Attribute, unfit: () => Error): Test {
  const inner = /^\((.+)\)$/s.exec(operand)?.[1];
  if (inner === undefined) throw unfit();
  const wanted = inner.split(",").map((item) => comparable(known(item, attribute, unfit), attribute));
  if (wanted.includes(undefined)) throw unfit();
  return (value) => wanted.includes(comparable(value, attribute));
}

function containment(operator: "cs" | "cd", operand: string, attribute: Attribute, unfit: () => Error): Test {
  const inner = /^\{(.+)\}$/s.exec(operand)?.[1];
  if (inner === undefined) throw unfit();
  const wanted = splitList(inner);
  for (const item of wanted) known(item, attribute, unfit);
  return (value) => {
    if (!Array.isArray(value)) return false;
    const own = value.map(String);
    return operator === "cs" ? wanted.every((item) => own.includes(item)) : own.every((item) => wanted.includes(item));
  };
}

function known(item: string, attribute: Attribute, unfit: () => Error): string {
  if (attribute.values?.includes(item) === false) throw unfit();
  return item;
}

/** `*` stands for any text; the rest is compared without regard to case. */
function ilike(pattern: string): Test {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const expression = new RegExp(`^${parts.join(".*")}$`, "is");
  return (value) => typeof value === "string" && expression.test(value);
}
