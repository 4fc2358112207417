import type { ArrayAnswer, ArrayRequest } from "../../exchange.ts";
import type { Resource } from "../resource.ts";
import { invalidQuery, parametersOf, single } from "./decode.ts";
import { parseSelect, project } from "./select.ts";

/** A list of which there is only ever one: there is no filter, order or paging on it. */
export function answerOnly(
  request: ArrayRequest,
  resource: Resource,
  row: Readonly<Record<string, unknown>>,
): ArrayAnswer {
  return answerAll(request, { ...resource, rows: () => [row] });
}

/** A list that is always answered as a whole. @throws Refusal 400 for any parameter but `select` */
export function answerAll(request: ArrayRequest, resource: Resource): ArrayAnswer {
  const parameters = parametersOf(request);
  const other = parameters.find(({ name }) => name !== "select");
  if (other !== undefined) throw invalidQuery(`The parameter ${other.name} is not allowed on ${resource.name}.`);
  const selection = parseSelect(single(parameters, "select"), resource);
  return { status: 200, body: resource.rows().map((row) => project(row, selection, resource)) };
}
