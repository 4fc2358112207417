import type { z } from "zod";
import type { AuthenticatedHttp } from "../core/array/login.ts";
import type { Clock } from "../core/async/clock.ts";
import { absentWhenNotFound, MigrationError } from "../core/errors.ts";
import { errorResponse } from "../core/http/error-response.ts";
import type { HttpAnswer, HttpRequest } from "../core/http/exchange.ts";
import { parseAnswer } from "../core/http/parse-answer.ts";
import { errorBody } from "./error-body.ts";
import { saysAlreadySo } from "./error-codes.ts";
import type { CommandKind } from "./job.ts";
import { accepted } from "./wire.ts";

/** The id of the job for an accepted command, or "already so" if the array has already carried the command out. */
export type Accepted = number | "already so";

/** A request that reads. `path` is relative to `/api/v1`. */
export type Reading = Omit<HttpRequest, "method" | "body">;

/** One page of a list. */
export interface Page<Item> {
  readonly items: Item[];
  readonly hasMore: boolean;
}

/** The most requests that one resource sends at a time, because the array has few slots for requests. */
export const maxRequestsAtOnce = 4;

/** For lists. Returns `none` if the array rejects the list, so that the caller reads its items one by one. */
export function unlessRefused<None>(none: None): (error: unknown) => None {
  return (error) => {
    if (error instanceof MigrationError && (error.kind === "refused" || error.kind === "notFound")) return none;
    throw error;
  };
}

/** Sends requests to the RESTful API, whatever they are about. */
export interface Requests {
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** @returns undefined if the object does not exist */
  find<Value>(schema: z.ZodType<Value>, reading: Reading): Promise<Value | undefined>;
  /** Reads all pages of a list, ascending by id. `filters` are the unencoded parts of the query. */
  list<Item extends { readonly id: number }>(
    schema: z.ZodType<Page<Item>>,
    reading: Reading,
    filters: readonly string[],
  ): Promise<Item[]>;
  /** Requests only the required attributes. If the array rejects one that it does not have, requests all attributes from then on. */
  choosing<Value>(fields: string, ask: (filters: readonly string[]) => Promise<Value>): Promise<Value>;
  command(kind: CommandKind, request: HttpRequest): Promise<Accepted>;
}

export function eternusRequests(http: AuthenticatedHttp, clock: Clock): Requests {
  let choosesFields = true;
  const send = async (request: HttpRequest): Promise<HttpAnswer> => {
    const answer = await http.send({ ...request, path: `/api/v1${request.path}` });
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw errorResponse(answer, { attempted: request.attempted, on: http.arrayName, clock }, errorBody(answer));
  };
  const get = async <Value>(schema: z.ZodType<Value>, reading: Reading): Promise<Value> => {
    const answer = await send({ ...reading, method: "GET" });
    return parseAnswer(schema, answer, { attempted: reading.attempted, on: http.arrayName });
  };
  return {
    send,
    find: (schema, reading) => get(schema, reading).catch(absentWhenNotFound),
    async list<Item extends { readonly id: number }>(
      schema: z.ZodType<Page<Item>>,
      reading: Reading,
      filters: readonly string[],
    ) {
      const items: Item[] = [];
      for (;;) {
        const last = items.at(-1)?.id;
        const query = [...filters, ...(last === undefined ? [] : [`last_get_id=${last}`])].join("&");
        const page = await get(schema, { ...reading, query: query === "" ? undefined : query });
        const fresh = page.items.filter(({ id }) => last === undefined || id > last);
        items.push(...fresh);
        // Lists ascend by id, so a page without a higher id is the last, even if it links to another.
        if (!page.hasMore || fresh.length === 0) return items;
      }
    },
    async choosing(fields, ask) {
      if (!choosesFields) return ask([]);
      try {
        return await ask([`fields=${fields}`]);
      } catch (error) {
        if (!(error instanceof MigrationError) || error.kind !== "refused") throw error;
        const answer = await ask([]);
        choosesFields = false;
        return answer;
      }
    },
    async command(kind, request) {
      try {
        return parseAnswer(accepted, await send(request), { attempted: request.attempted, on: http.arrayName });
      } catch (error) {
        if (error instanceof MigrationError && saysAlreadySo(kind, error.code)) return "already so";
        throw error;
      }
    },
  };
}
