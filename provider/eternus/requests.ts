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

/** The id of the job that an accepted command became, or that it is so already. */
export type Accepted = number | "already so";

/** A reading request; `path` is below `/api/v1`. */
type Reading = Omit<HttpRequest, "method" | "body">;

/** Of the array's few slots for requests, one resource takes no more. */
export const maxRequestsAtOnce = 4;

/** For lists: nothing where the array rejects the list, so that what is in it has to be read one by one. */
export function unlessRefused<None>(none: None): (error: unknown) => None {
  return (error) => {
    if (error instanceof MigrationError && (error.kind === "refused" || error.kind === "notFound")) return none;
    throw error;
  };
}

export type Requests = ReturnType<typeof eternusRequests>;

/** The ways in which the RESTful API is asked, whatever it is about. */
export function eternusRequests(session: AuthenticatedHttp, clock: Clock) {
  let isChoosy = true;
  const send = async (request: HttpRequest): Promise<HttpAnswer> => {
    const answer = await session.send({ ...request, path: `/api/v1${request.path}` });
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw errorResponse(answer, { attempted: request.attempted, on: session.arrayName, clock }, errorBody(answer));
  };
  const ask = async <Value>(schema: z.ZodType<Value>, request: HttpRequest): Promise<Value> =>
    parseAnswer(schema, await send(request), { attempted: request.attempted, on: session.arrayName });
  return {
    send,
    /** @returns undefined when the array has no such thing */
    find: <Value>(schema: z.ZodType<Value>, reading: Reading) =>
      ask(schema, { ...reading, method: "GET" }).catch(absentWhenNotFound),
    /** All pages of a list, ascending by id. `filters` are the parts of the query, raw. */
    async list<Item extends { readonly id: number }>(
      schema: z.ZodType<{ readonly items: Item[]; readonly hasMore: boolean }>,
      reading: Reading,
      filters: readonly string[],
    ): Promise<Item[]> {
      const items: Item[] = [];
      for (;;) {
        const last = items.at(-1)?.id;
        const query = [...filters, ...(last === undefined ? [] : [`last_get_id=${last}`])].join("&");
        const page = await ask(schema, { ...reading, method: "GET", query: query === "" ? undefined : query });
        const fresh = page.items.filter(({ id }) => last === undefined || id > last);
        items.push(...fresh);
        // Lists ascend by id, so a page without a higher one is the end, whatever link it carries.
        if (!page.hasMore || fresh.length === 0) return items;
      }
    },
    /** Asks for the attributes needed; for all of them, once the array has rejected a request for one that it does not have. */
    async choosing<Value>(fields: string, read: (filters: readonly string[]) => Promise<Value>): Promise<Value> {
      if (!isChoosy) return read([]);
      try {
        return await read([`fields=${fields}`]);
      } catch (error) {
        if (!(error instanceof MigrationError) || error.kind !== "refused") throw error;
        const whole = await read([]);
        isChoosy = false;
        return whole;
      }
    },
    async command(kind: CommandKind, request: HttpRequest): Promise<Accepted> {
      try {
        return await ask(accepted, request);
      } catch (error) {
        if (error instanceof MigrationError && saysAlreadySo(kind, error.code)) return "already so";
        throw error;
      }
    },
  };
}
