/** Called right before a request leaves, after any login that it needed. Throws if the request must not leave. */
export type Confirm = () => void;

/** One request to an array. `path` begins with a slash. `query` is sent unencoded, because ETERNUS expects raw commas. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Abandons the request. An action gets none: it ends a moment after the deployment is interrupted, and its outcome is unknown then. */
  readonly signal?: AbortSignal | undefined;
  readonly confirm?: Confirm | undefined;
  /** The answer names what the action makes, so an interruption does not cut it off: nothing else would lead to the new object. @default false */
  readonly namesItsObject?: boolean;
  /** What the request attempts, for errors: `read import session 7`. */
  readonly attempted: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}
