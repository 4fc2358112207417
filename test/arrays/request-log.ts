import type { ArrayRequest } from "./exchange.ts";
import type { Fault } from "./faults.ts";

/** One request that reached a simulated array. Headers are not kept: they carry credentials. */
export interface LoggedRequest {
  readonly method: string;
  /** As on the wire. */
  readonly path: string;
  /** As on the wire; `""` without a query. */
  readonly rawQuery: string;
  /** The JSON body with passwords and the like replaced by `"(redacted)"`; `undefined` if there was none. */
  readonly body: unknown;
  /** What was answered; `undefined` as long as, or if, nothing was. */
  readonly status: number | undefined;
  /** Whether the array handled the request, whatever became of the answer. */
  readonly handled: boolean;
  /** Whether the array did what it was asked, whatever became of the answer: its own status was 2xx. */
  readonly carriedOut: boolean;
  /** The kind of the scripted fault that struck it, if one did. */
  readonly fault: Fault["kind"] | undefined;
  /** The array's time when it arrived. */
  readonly atMs: number;
}

/** A log entry while its request is under way. */
export type OpenEntry = { -readonly [Key in keyof LoggedRequest]: LoggedRequest[Key] };

/** The log entry of a request that has just arrived. */
export function logEntry(request: ArrayRequest, fault: Fault["kind"] | undefined): OpenEntry {
  const { method, path, rawQuery, atMs } = request;
  return { method, path, rawQuery, body: redacted(request.body), status: undefined, ...nothingYet, fault, atMs };
}

const nothingYet = { handled: false, carriedOut: false };

const secretName = /passw|passphrase|secret|token|credential/i;

function redacted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redacted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, secretName.test(key) ? "(redacted)" : redacted(inner)]),
  );
}
