import type { IncomingHttpHeaders, ServerResponse } from "node:http";

/** One request as a simulated array sees it. */
export interface ArrayRequest {
  readonly method: string;
  /** The path as it came over the wire: still percent-encoded. */
  readonly path: string;
  /** What follows the question mark, as it came over the wire; `""` if there was none. */
  readonly rawQuery: string;
  /** The parts of `rawQuery` in their order, neither percent-decoded nor merged. */
  readonly query: readonly QueryPart[];
  readonly headers: IncomingHttpHeaders;
  /** The JSON body; `undefined` if the request had none. */
  readonly body: unknown;
  /** The array's time when the request had arrived. */
  readonly atMs: number;
}

/** One `name=value` of a query, still percent-encoded; without an equals sign the value is `undefined`. */
export interface QueryPart {
  readonly name: string;
  readonly value: string | undefined;
}

/** What a simulated array answers. */
export interface ArrayAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Sent as JSON; left out, the answer has no body. */
  readonly body?: unknown;
  /** So late it is sent, in milliseconds of the array; whoever calls the array in one process gets it at once. @default 0 */
  readonly lateMs?: number;
}

/** One request and the way to its answer: what a fault gets to spoil. */
export interface Exchange {
  readonly request: ArrayRequest;
  /** The raw response, for answers that are not even JSON. */
  readonly response: ServerResponse;
  /** Lets the array handle the request (once; later calls return the same answer) without sending anything. */
  handle(): ArrayAnswer;
  /** Sends an answer as the array would: in time or late. */
  send(answer: ArrayAnswer): void | Promise<void>;
  /** Breaks the connection; `reset` sends a TCP reset instead of an orderly end. */
  destroy(how: "reset" | "end"): void;
  /** Resolves after real milliseconds (`Infinity`: never), but at once when the connection or the array closes. */
  pause(ms: number): Promise<void>;
}

/** An answer as headers and text, as it would go over the wire: for faults that damage the text. */
export function serialized(answer: ArrayAnswer): { headers: Record<string, string | string[]>; text: string } {
  const text = answer.body === undefined ? "" : JSON.stringify(answer.body);
  const headers: Record<string, string | string[]> = {};
  if (answer.body !== undefined) headers["content-type"] = "application/json";
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    headers[name] = typeof value === "string" ? value : [...value];
  }
  return { headers, text };
}
