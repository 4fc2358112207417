import type { ArrayAnswer, ArrayRequest } from "../../exchange.ts";
import { codes, Refusal } from "../refusal.ts";
import { invalidQuery, type Parameter, single } from "./decode.ts";

/** Which part of a collection is asked for. */
export interface Page {
  readonly offset: number;
  readonly limit: number;
}

const defaultLimit = 100;
const largestLimit = 2000;

/**
 * The page, by `limit` and `offset` or by a header `Range: 0-99` (REST Developers Guide, paging). A larger limit than
 * 2000 is lowered to it. @throws Refusal 416 for a limit below 1, 400 for what is no number
 */
export function parsePage(parameters: readonly Parameter[], request: ArrayRequest): Page {
  const limit = parseWhole(parameters, "limit");
  const offset = parseWhole(parameters, "offset") ?? 0;
  if (offset < 0 || (limit !== undefined && limit < 1)) throw outOfRange();
  const range = request.headers.range;
  if (range === undefined || limit !== undefined)
    return { offset, limit: Math.min(limit ?? defaultLimit, largestLimit) };
  const [, first, last] = /^(\d+)-(\d+)$/.exec(range) ?? [];
  if (first === undefined || last === undefined || Number(last) < Number(first)) throw outOfRange();
  return { offset: Number(first), limit: Math.min(Number(last) - Number(first) + 1, largestLimit) };
}

/** 200 with everything, or 206 with a part and where it lies. @throws Refusal 416 if the page begins beyond the end */
export function pageAnswer(rows: readonly unknown[], page: Page): ArrayAnswer {
  if (page.offset > 0 && page.offset >= rows.length) throw outOfRange();
  const part = rows.slice(page.offset, page.offset + page.limit);
  if (part.length === rows.length) return { status: 200, body: part };
  const contentRange = `${page.offset}-${page.offset + part.length - 1}/${rows.length}`;
  return { status: 206, headers: { "content-range": contentRange }, body: part };
}

function parseWhole(parameters: readonly Parameter[], name: string): number | undefined {
  const value = single(parameters, name);
  if (value === undefined) return undefined;
  if (!/^-?\d+$/.test(value)) throw invalidQuery(`The parameter ${name} is not a whole number: ${value}`);
  return Number(value);
}

function outOfRange(): Refusal {
  return new Refusal(416, codes.offsetOutOfRange, "The requested range lies outside of the collection.");
}
