import type { ArrayRequest } from "../exchange.ts";
import { ArrayRefusal } from "./array-refusal.ts";

/** A request's query, checked: value by parameter name, percent-decoded. */
export type Query = ReadonlyMap<string, string>;

/** RFC 3986 reserved characters, percent-encoded. The array wants them as they are (RESTful API reference, URI). */
const encodedReserved = /%(?:2[1346789abcf]|3[abdf]|40|5[bd])/i;

/**
 * Reads a query as strictly as the array: names are case-sensitive, and an unknown or repeated one is refused.
 * @throws ArrayRefusal 400, or 413 for a query of more than `limit` characters
 */
export function readQuery(request: ArrayRequest, allowed: readonly string[], limit: number): Query {
  if (request.rawQuery.length > limit) throw new ArrayRefusal(413, "0003", "request line");
  const query = new Map<string, string>();
  for (const { name, value } of request.query) {
    if (!allowed.includes(name) || query.has(name)) throw badValue(name);
    if (value === undefined || value === "" || encodedReserved.test(value)) throw badValue(name);
    query.set(name, decoded(name, value));
  }
  return query;
}

/** A list of ids, `1,2,3`; `undefined` if the parameter was not given. */
export function idsIn(query: Query, name: string): ReadonlySet<number> | undefined {
  const value = query.get(name);
  return value === undefined ? undefined : new Set(value.split(",").map((part) => toId(part, name)));
}

/** One id or count; `undefined` if the parameter was not given. */
export function numberIn(query: Query, name: string): number | undefined {
  const value = query.get(name);
  return value === undefined ? undefined : toId(value, name);
}

/** A list of words out of `allowed`, in whatever case: parameter values are case-insensitive. */
export function wordsIn(query: Query, name: string, allowed: readonly string[]): readonly string[] | undefined {
  return query
    .get(name)
    ?.split(",")
    .map((part) => {
      const word = allowed.find((one) => one.toLowerCase() === part.toLowerCase());
      if (word === undefined) throw badValue(`${name}=${part}`);
      return word;
    });
}

/** An id as it stands in a URL: decimal, without leading zeros; 0 is one. */
export function toId(text: string, factor: string): number {
  if (!/^(0|[1-9]\d{0,14})$/.test(text)) throw badValue(factor);
  return Number(text);
}

function decoded(name: string, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw badValue(name);
  }
}

function badValue(factor: string): ArrayRefusal {
  return new ArrayRefusal(400, "0001", factor);
}
