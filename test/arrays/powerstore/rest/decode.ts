import type { ArrayRequest } from "../../exchange.ts";
import { codes, Refusal } from "../refusal.ts";

/** One decoded `name=value` of a query. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/** Percent-decodes one part of a URL. A plus sign stays a plus sign. @throws Refusal 400 if it cannot be decoded */
export function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Refusal(400, codes.badUrl, `The URL could not be parsed: ${part}`);
  }
}

/** The parameters of a query. @throws Refusal 400 for a part without a value, or one that cannot be decoded */
export function parametersOf(request: ArrayRequest): readonly Parameter[] {
  return request.query.map(({ name, value }) => {
    if (value === undefined) throw invalidQuery(`The parameter ${name} has no value.`);
    return { name: decode(name), value: decode(value) };
  });
}

/** The single value of a parameter that may be given once. */
export function single(parameters: readonly Parameter[], name: string): string | undefined {
  const given = parameters.filter((parameter) => parameter.name === name);
  if (given.length > 1) throw invalidQuery(`The parameter ${name} is given more than once.`);
  return given[0]?.value;
}

export function invalidQuery(message: string): Refusal {
  return new Refusal(400, codes.invalidRequest, message);
}

/** Splits at commas that are not inside parentheses or braces. @throws Refusal 400 if those do not match */
export function splitList(list: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < list.length; index++) {
    const character = list.charAt(index);
    if (character === "(" || character === "{") depth += 1;
    if (character === ")" || character === "}") depth -= 1;
    if (depth < 0) break;
    if (character !== "," || depth > 0) continue;
    parts.push(list.slice(start, index));
    start = index + 1;
  }
  if (depth !== 0) throw invalidQuery(`The parentheses do not match: ${list}`);
  return [...parts, list.slice(start)];
}
