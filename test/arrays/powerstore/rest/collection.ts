import type { ArrayAnswer, ArrayRequest } from "../../exchange.ts";
import { codes, Refusal } from "../refusal.ts";
import type { Resource, Row } from "../resource.ts";
import { invalidQuery, parametersOf, single } from "./decode.ts";
import { parseFilters } from "./filter.ts";
import { parseOrder } from "./order.ts";
import { pageAnswer, parsePage } from "./page.ts";
import { parseSelect, project } from "./select.ts";

const reserved = ["select", "order", "limit", "offset"];

/** `GET /<resource>`: filtered, ordered, cut to a page, and of each instance only what was selected. */
export function answerList(resource: Resource, request: ArrayRequest): ArrayAnswer {
  const parameters = parametersOf(request);
  const selection = parseSelect(single(parameters, "select"), resource);
  const filters = parseFilters(
    parameters.filter(({ name }) => !reserved.includes(name)),
    resource,
  );
  const sort = parseOrder(single(parameters, "order"), resource);
  const page = parsePage(parameters, request);
  const found = sort(resource.rows().filter(filters));
  const answer = pageAnswer(found, page);
  // Projected after paging: only what is sent is put together.
  const sent = found.slice(page.offset, page.offset + page.limit).map((row) => project(row, selection, resource));
  return { ...answer, body: sent };
}

/** `GET /<resource>/<id>`. @throws Refusal 404 if there is none, 400 for any parameter but `select` */
export function answerInstance(resource: Resource, reference: string, request: ArrayRequest): ArrayAnswer {
  const parameters = parametersOf(request);
  const other = parameters.find(({ name }) => name !== "select");
  if (other !== undefined) throw invalidQuery(`The parameter ${other.name} is not allowed on an instance.`);
  const selection = parseSelect(single(parameters, "select"), resource);
  return { status: 200, body: project(findRow(resource, reference), selection, resource) };
}

/** An instance by its id, or by `name:<name>`. @throws Refusal 404 */
export function findRow(resource: Resource, reference: string): Row {
  const found = resource.rows().find((row) => isReference(reference, row));
  if (found !== undefined) return found;
  const message = `Instance with id ${reference} of resource ${resource.name} does not exist.`;
  throw new Refusal(404, codes.notFound, message, [reference]);
}

/** Whether a reference, an id or `name:<name>`, means this object. */
export function isReference(reference: string, object: { readonly id?: unknown; readonly name?: unknown }): boolean {
  const name = /^name:(.+)$/s.exec(reference)?.[1];
  if (name === undefined) return object.id === reference;
  return typeof object.name === "string" && object.name.toLowerCase() === name.toLowerCase();
}
