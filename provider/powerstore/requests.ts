import { z } from "zod";
import type { AuthenticatedHttp } from "../core/array/login.ts";
import type { Clock } from "../core/async/clock.ts";
import { errorResponse } from "../core/http/error-response.ts";
import type { HttpAnswer, HttpRequest } from "../core/http/exchange.ts";
import { isPage, parseAnswer } from "../core/http/parse-answer.ts";
import { errorBody } from "./error-body.ts";

/** What is read: `path` is below `/api/rest`, `filter` is PowerStore's own syntax, encoded by the caller. */
type Reading = Pick<HttpRequest, "path" | "attempted" | "signal"> & { readonly filter?: string };

/** An object of the array. Its attributes are requested by name: without `select` the array returns only ids, and it rejects a name that it does not know. */
type ObjectSchema<Item> = z.ZodType<Item> & { readonly shape: object };

export type PowerStoreRequests = ReturnType<typeof powerStoreRequests>;

// More than one page holds (2,000) is read page by page.
const pageSize = 2000;

/** The ways in which the REST interface is asked, whatever it is about. */
export function powerStoreRequests(http: AuthenticatedHttp, clock: Clock) {
  const on = http.arrayName;
  /** @param expected the statuses that mean a success */
  const send = async (request: HttpRequest, expected: readonly number[]) => {
    const answer = await http.send({ ...request, path: `/api/rest${request.path}` });
    // A web page in answer to an action says nothing about the action; one in answer to a read is found when it is parsed.
    const isAnswer = request.method === "GET" || !isPage(answer);
    if (isAnswer && expected.includes(answer.status)) return answer;
    throw errorResponse(answer, { attempted: request.attempted, on, clock }, errorBody(answer));
  };
  const parse = <Value>(schema: z.ZodType<Value>, answer: HttpAnswer, attempted: string) =>
    parseAnswer(schema, answer, { attempted, on });
  const get = ({ shape }: { shape: object }, { filter = "", ...reading }: Reading, page = "", ok = [200, 206]) => {
    const query = [`select=${Object.keys(shape).join(",")}`, filter, page].filter((part) => part !== "").join("&");
    return send({ ...reading, method: "GET", query }, ok);
  };
  return {
    send,
    parse,
    /** One object. */
    async read<Item>(schema: ObjectSchema<Item>, reading: Reading) {
      return parse(schema, await get(schema, reading), reading.attempted);
    },
    /** The first page of a list. */
    async page<Item>(schema: ObjectSchema<Item>, reading: Reading) {
      return parse(z.array(schema), await get(schema, reading), reading.attempted);
    },
    /** All pages of a list, ascending by id. */
    async list<Item>(schema: ObjectSchema<Item>, reading: Reading) {
      const items: Item[] = [];
      for (;;) {
        const answer = await get(schema, reading, `order=id&limit=${pageSize}&offset=${items.length}`, [200, 206, 416]);
        // 416: rows vanished while paging, so this is the end.
        if (answer.status === 416) return items;
        const page = parse(z.array(schema), answer, reading.attempted);
        items.push(...page);
        if (answer.status === 200 || page.length === 0) return items;
      }
    },
  };
}
