import type { IncomingMessage } from "node:http";
import type { ArrayRequest, QueryPart } from "./exchange.ts";

/** What arrived, as a simulated array sees it. */
export function toRequest(
  message: Pick<IncomingMessage, "method" | "url" | "headers">,
  body: unknown,
  atMs: number,
): ArrayRequest {
  const url = message.url ?? "/";
  const mark = url.indexOf("?");
  const path = mark === -1 ? url : url.slice(0, mark);
  const rawQuery = mark === -1 ? "" : url.slice(mark + 1);
  const query = rawQuery.split("&").filter((part) => part !== "");
  return {
    method: message.method ?? "GET",
    path,
    rawQuery,
    query: query.map(toPart),
    headers: message.headers,
    body,
    atMs,
  };
}

function toPart(text: string): QueryPart {
  const equals = text.indexOf("=");
  return equals === -1
    ? { name: text, value: undefined }
    : { name: text.slice(0, equals), value: text.slice(equals + 1) };
}
