import type { z } from "zod";
import type { AuthenticatedHttp } from "../core/array/login.ts";
import type { Clock } from "../core/async/clock.ts";
import { errorResponse } from "../core/http/error-response.ts";
import type { HttpAnswer, HttpRequest } from "../core/http/exchange.ts";
import { isPage, parseAnswer } from "../core/http/parse-answer.ts";
import { errorBody } from "./error-body.ts";

/** A reading request; `path` is below `/api/rest`. */
export type Reading = Omit<HttpRequest, "method" | "body">;

/** The ways in which the REST interface is asked, whatever it is about. */
export interface PowerStoreRequests {
  /** @param expected the statuses that mean a success */
  send(request: HttpRequest, expected: readonly number[]): Promise<HttpAnswer>;
  /** What one answer holds: one object, or one page of a list. */
  read<Value>(schema: z.ZodType<Value>, reading: Reading): Promise<Value>;
  /** All pages of a list, ascending by id. */
  list<Item>(schema: z.ZodType<Item[]>, reading: Reading & { readonly query: string }): Promise<Item[]>;
  parse<Value>(schema: z.ZodType<Value>, answer: HttpAnswer, attempted: string): Value;
}

// More than one page holds (2,000) is read page by page.
const pageSize = 2000;

export function powerStoreRequests(http: AuthenticatedHttp, clock: Clock): PowerStoreRequests {
  const on = http.arrayName;
  const send: PowerStoreRequests["send"] = async (request, expected) => {
    const answer = await http.send({ ...request, path: `/api/rest${request.path}` });
    // A web page in answer to an action says nothing about the action; one in answer to a read is found when it is parsed.
    const isAnswer = request.method === "GET" || !isPage(answer);
    if (isAnswer && expected.includes(answer.status)) return answer;
    throw errorResponse(answer, { attempted: request.attempted, on, clock }, errorBody(answer));
  };
  const parse: PowerStoreRequests["parse"] = (schema, answer, attempted) =>
    parseAnswer(schema, answer, { attempted, on });
  return {
    send,
    parse,
    async read(schema, reading) {
      return parse(schema, await send({ ...reading, method: "GET" }, [200, 206]), reading.attempted);
    },
    async list<Item>(schema: z.ZodType<Item[]>, reading: Reading & { readonly query: string }) {
      const items: Item[] = [];
      for (;;) {
        const query = `${reading.query}&order=id&limit=${pageSize}&offset=${items.length}`;
        const answer = await send({ ...reading, method: "GET", query }, [200, 206, 416]);
        // 416: rows vanished while paging, so this is the end.
        if (answer.status === 416) return items;
        const page = parse(schema, answer, reading.attempted);
        items.push(...page);
        if (answer.status === 200 || page.length === 0) return items;
      }
    },
  };
}
