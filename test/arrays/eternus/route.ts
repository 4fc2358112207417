import type { ArrayAnswer, ArrayRequest } from "../exchange.ts";
import type { EternusArray } from "./eternus-array.ts";
import type { Login } from "./login-table.ts";
import type { Query } from "./query.ts";

/** One request on its way to a route that matches it. */
export interface Call {
  readonly array: EternusArray;
  readonly request: ArrayRequest;
  readonly query: Query;
  /** The number in the path; -1 for paths without one. */
  readonly id: number;
}

/** A call of a user who is logged in. */
export interface UserCall extends Call {
  readonly login: Login;
}

interface RouteShape {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below `/api/v1`; `{id}` stands for a number. */
  readonly path: string;
  /** Query parameters it knows. @default none */
  readonly query?: readonly string[];
  /** Whether it takes a body; a body to one that does not is refused. @default false */
  readonly takesBody?: boolean;
}

/** A call of the API, and what one has to be allowed for it. */
export type Route =
  | (RouteShape & { readonly needs: "nothing"; handle(call: Call): ArrayAnswer })
  | (RouteShape & {
      /** `login` any user; `display` the policy Status Display; `manage` Copy Session Management. */
      readonly needs: "login" | "display" | "manage";
      handle(call: UserCall): ArrayAnswer;
    });
