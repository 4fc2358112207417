import { ArrayRefusal } from "./array-refusal.ts";
import { numberIn, type Query, wordsIn } from "./query.ts";
import { apiRoot, type WireObject } from "./wire-format.ts";

/** The query parameters that every list takes. */
export const listParameters = ["fields", "max_records", "last_get_id"] as const;

/** What a list is made of. */
export interface Listing {
  readonly resource: "copysession" | "job";
  /** Names that `fields` may hold; envelope names like `total_count` are not among them. */
  readonly attributes: readonly string[];
  /** The resources that the filters let through. */
  readonly rows: readonly { readonly id: number; wire(): WireObject }[];
  /** Most rows in one answer. */
  readonly pageSize: number;
}

/**
 * The list envelope: `total_count` of everything that the filters let through, ascending by id, `next_href` when more remains.
 * @throws ArrayRefusal 400 for a `max_records` of 0
 */
export function listAnswer(listing: Listing, query: Query): WireObject {
  const fields = fieldsIn(listing.resource, listing.attributes, query);
  const wanted = numberIn(query, "max_records") ?? listing.pageSize;
  if (wanted === 0) throw new ArrayRefusal(400, "0002", "max_records");
  const after = numberIn(query, "last_get_id") ?? -1;
  const rest = listing.rows.filter((row) => row.id > after).sort((a, b) => a.id - b.id);
  const page = rest.slice(0, Math.min(wanted, listing.pageSize));
  const last = page.at(-1);
  return {
    total_count: listing.rows.length,
    list_count: page.length,
    [`${listing.resource}_list`]: page.map((row) => selected(row.wire(), fields)),
    ...(last !== undefined && page.length < rest.length
      ? { next_href: nextHref(listing.resource, query, last.id) }
      : {}),
  };
}

/** One resource, reduced to what `fields` asks for. */
export function oneAnswer(
  resource: Listing["resource"],
  attributes: readonly string[],
  wire: WireObject,
  query: Query,
): WireObject {
  return selected(wire, fieldsIn(resource, attributes, query));
}

/** The names asked for, the resource's id among them in any case; `undefined` for all. */
function fieldsIn(resource: Listing["resource"], attributes: readonly string[], query: Query) {
  const named = wordsIn(query, "fields", attributes);
  return named === undefined ? undefined : new Set([`${resource}_id`, ...named]);
}

function selected(wire: WireObject, fields: ReadonlySet<string> | undefined): WireObject {
  if (fields === undefined) return wire;
  return Object.fromEntries(Object.entries(wire).filter(([name]) => fields.has(name)));
}

/** The same query, gone on after the last id: host-less, commas raw. */
function nextHref(resource: string, query: Query, lastId: number): string {
  const kept = [...query].filter(([name]) => name !== "last_get_id").map(([name, value]) => `${name}=${value}`);
  return `${apiRoot}/${resource}?${[...kept, `last_get_id=${lastId}`].join("&")}`;
}
