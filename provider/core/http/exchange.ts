/** Called right before a request leaves, after any login it needed; throws to hold it back. */
export type Confirm = () => void;

/** One request to an array. `path` begins with a slash; `query` is sent as it stands, because ETERNUS wants raw commas. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Abandons the request. Acts are sent without one: an abandoned act is an act nobody knows the outcome of. */
  readonly signal?: AbortSignal | undefined;
  readonly confirm?: Confirm | undefined;
  /** What is being attempted, for errors: `read import session 7`. */
  readonly attempted: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}
