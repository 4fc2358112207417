import { keepLogin, type LoginProtocol } from "../../../provider/core/array/login.ts";
import type { HttpAnswer, HttpRequest } from "../../../provider/core/http/exchange.ts";
import type { Http } from "../../../provider/core/http/http.ts";
import { type VirtualClock, virtualClock } from "../virtual-clock.ts";

export const get: HttpRequest = { method: "GET", path: "/sessions", attempted: "read the sessions" };
export const act: HttpRequest = { method: "POST", path: "/cutover", attempted: "cut over" };
export const ok: HttpAnswer = { status: 200, headers: { "content-type": "application/json" }, text: "{}" };

/** An array that hands out the tokens 1, 2, 3 … and takes requests as long as their token is valid. */
export interface FakeArray {
  readonly clock: VirtualClock;
  logins: number;
  readonly valid: Set<string>;
  readonly taken: string[];
  requests: number;
  /** What it answers to a request without a valid token. */
  refusal: HttpAnswer;
  /** What it answers instead of all that, once each. */
  readonly instead: (() => HttpAnswer | Promise<HttpAnswer>)[];
  readonly loginFailures: Error[];
  beforeLogin: () => Promise<void>;
}

/** An array, and the session under test on it. */
export function fakeArray(options: { readonly lifeMs?: number; readonly renews?: "taken" | "all" } = {}) {
  const clock = virtualClock({ startMs: 0 });
  const array: FakeArray = {
    clock,
    logins: 0,
    valid: new Set(),
    taken: [],
    requests: 0,
    refusal: { status: 401, headers: {}, text: "" },
    instead: [],
    loginFailures: [],
    beforeLogin: async () => {},
  };
  const send = async (request: HttpRequest): Promise<HttpAnswer> => {
    array.requests += 1;
    const token = request.headers?.token ?? "none";
    const instead = await array.instead.shift()?.();
    if (instead !== undefined) return instead;
    if (!array.valid.has(token)) return array.refusal;
    array.taken.push(`${request.method} ${request.path} as ${token}`);
    return ok;
  };
  const http: Http = { arrayName: "the array", arrayAheadMs: () => 0, send, close: async () => {} };
  const protocol: LoginProtocol<{ token: string; endsAtMs: number }> = {
    async login() {
      array.logins += 1;
      const token = `${array.logins}`;
      await array.beforeLogin();
      const failing = array.loginFailures.shift();
      if (failing !== undefined) throw failing;
      array.valid.add(token);
      return { token, endsAtMs: clock.nowMs() + (options.lifeMs ?? Number.POSITIVE_INFINITY) };
    },
    async logout(_http, { token }) {
      array.valid.delete(token);
    },
    authorize: ({ token }) => ({ token }),
    endsAtMs: ({ endsAtMs }) => endsAtMs,
    // The session stays the same, as on a PowerStore; only what is sent along is fresh.
    ...(options.renews === undefined
      ? {}
      : { renew: (login, { status }) => (status === 200 || options.renews === "all" ? { ...login } : login) }),
  };
  return { array, session: keepLogin(http, protocol, clock) };
}

/** A gate that others wait at until it is opened. */
export function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
