import { expect, test } from "vitest";
import { MigrationError } from "../../provider/core/errors.ts";
import type { Http, HttpAnswer, HttpRequest } from "../../provider/core/http.ts";
import { keepLogin, type LoginProtocol } from "../../provider/core/login.ts";
import { failure } from "./scripted-settling.ts";
import { type VirtualClock, virtualClock } from "./virtual-clock.ts";

const get: HttpRequest = { method: "GET", path: "/sessions", attempted: "read the sessions" };
const act: HttpRequest = { method: "POST", path: "/cutover", attempted: "cut over" };
const ok: HttpAnswer = { status: 200, headers: { "content-type": "application/json" }, text: "{}" };
const page: HttpAnswer = { status: 200, headers: { "content-type": "text/html" }, text: "<html>" };
const never = new AbortController().signal;

/** An array that hands out the tokens 1, 2, 3 … and takes requests as long as their token is valid. */
interface FakeArray {
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

function fakeArray(options: { readonly lifeMs?: number; readonly renews?: "taken" | "all" } = {}) {
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
  const http: Http = { arrayName: "the array", send, close: async () => {} };
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
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

test("nobody logs in before there is something to ask", async () => {
  const { array, session } = fakeArray();
  await session.logout();
  expect([array.logins, array.requests]).toEqual([0, 0]);
});

test("requests at the same moment share one login, and so do those that follow", async () => {
  const { array, session } = fakeArray();
  await Promise.all(Array.from({ length: 20 }, () => session.send(get)));
  await session.send(act);
  expect([array.logins, array.taken.length]).toEqual([1, 21]);
});

test("a login that failed is the failure of all who waited for it, and the next request tries again", async () => {
  const { array, session } = fakeArray();
  array.loginFailures.push(failure("unreachable"));
  const results = await Promise.allSettled([session.send(get), session.send(get), session.send(act)]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(array.logins).toBe(1);
  expect(await session.send(get)).toBe(ok);
  expect(array.logins).toBe(2);
});

test("a password that was refused is not tried again for each resource: that would lock the account", async () => {
  const { array, session } = fakeArray();
  array.loginFailures.push(failure("authentication"));
  for (const request of [get, get, act]) {
    await expect(session.send(request)).rejects.toMatchObject({ kind: "authentication" });
  }
  expect([array.logins, array.requests]).toEqual([1, 0]);
});

test("a login that failed while nobody waited any more is no unhandled rejection", async () => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown) => unhandled.push(reason);
  process.on("unhandledRejection", listen);
  const { array, session } = fakeArray();
  array.loginFailures.push(failure("authentication"));
  await expect(session.send(get)).rejects.toMatchObject({ kind: "authentication" });
  await session.logout();
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", listen);
  expect(unhandled).toEqual([]);
});

test("W15: a login is replaced before its end, so that no request goes out with one that dies on the way", async () => {
  const { array, session } = fakeArray({ lifeMs: 1_800_000 });
  await session.send(get);
  await array.clock.sleep(1_700_000, never);
  await session.send(get);
  expect(array.logins).toBe(1);
  await array.clock.sleep(50_000, never);
  await session.send(act);
  expect([array.logins, [...array.valid], array.taken.at(-1)]).toEqual([2, ["2"], "POST /cutover as 2"]);
});

test("requests at the moment of replacement share the new login, and the old one is given back", async () => {
  const { array, session } = fakeArray({ lifeMs: 1_800_000 });
  await session.send(get);
  await array.clock.sleep(1_790_000, never);
  await Promise.all(Array.from({ length: 10 }, () => session.send(get)));
  expect([array.logins, [...array.valid]]).toEqual([2, ["2"]]);
});

test("a login that is too short to be of use is taken anew for each request, and not without end", async () => {
  const { array, session } = fakeArray({ lifeMs: 1000 });
  await session.send(get);
  await session.send(get);
  expect([array.logins, array.valid.size]).toEqual([2, 1]);
});

const refusals: [string, HttpAnswer][] = [
  ["401", { status: 401, headers: {}, text: "" }],
  ["403", { status: 403, headers: {}, text: "" }],
  ["a redirect to a login page", { status: 302, headers: { location: "/login" }, text: "" }],
];

test.each(refusals)(
  "W15: a login refused with %s is replaced once and the request repeated, an act too: it was not taken",
  async (_name, refusal) => {
    for (const request of [get, act]) {
      const { array, session } = fakeArray();
      await session.send(get);
      array.valid.clear();
      array.refusal = refusal;
      expect(await session.send(request)).toBe(ok);
      expect([array.logins, array.requests]).toEqual([2, 3]);
    }
  },
);

test.each(refusals)(
  "a request that is refused with %s under a fresh login too is not repeated again",
  async (_name, refusal) => {
    const { array, session } = fakeArray();
    array.instead.push(
      () => refusal,
      () => refusal,
      () => ok,
    );
    expect(await session.send(act)).toBe(refusal);
    expect(array.requests).toBe(2);
  },
);

test("a page with 200 instead of an answer makes a reading request log in anew", async () => {
  const { array, session } = fakeArray();
  array.instead.push(() => page);
  expect(await session.send(get)).toBe(ok);
  expect(array.logins).toBe(2);
});

test("an act that is answered with a page and 200 is not sent again: it may have been taken", async () => {
  const { array, session } = fakeArray();
  array.instead.push(() => page);
  expect(await session.send(act)).toBe(page);
  expect(array.requests).toBe(1);
});

test.each([404, 409, 422, 500, 503])("an answer of %i says nothing against the login", async (status) => {
  const { array, session } = fakeArray();
  array.instead.push(() => ({ ...ok, status }));
  expect(await session.send(act)).toMatchObject({ status });
  expect([array.logins, array.requests]).toEqual([1, 1]);
});

test("requests refused at the same moment share the new login", async () => {
  const { array, session } = fakeArray();
  await session.send(get);
  array.valid.clear();
  const answers = await Promise.all(Array.from({ length: 10 }, () => session.send(get)));
  expect(answers.every((answer) => answer === ok)).toBe(true);
  expect(array.logins).toBe(2);
});

test.fails("a login made while another request begins is not taken for the one that was refused", async () => {
  const outcomes: string[] = [];
  for (let ticks = 0; ticks < 20; ticks++) {
    const { array, session } = fakeArray();
    await session.send(get);
    const late = gate();
    array.instead.push(() => late.opened.then(() => array.refusal));
    const slow = session.send(get);
    array.valid.clear();
    late.open();
    for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
    await Promise.all([slow, session.send(get)]);
    await session.logout();
    outcomes.push(`${array.logins} logins, ${array.valid.size} left`);
  }
  expect(new Set(outcomes)).toEqual(new Set(["2 logins, 0 left"]));
});

test("a request refused after others have logged in anew uses their login", async () => {
  const { array, session } = fakeArray();
  await session.send(get);
  const late = gate();
  array.instead.push(() => late.opened.then(() => array.refusal));
  const slow = session.send(get);
  array.valid.clear();
  await session.send(get);
  late.open();
  expect(await slow).toBe(ok);
  expect(array.logins).toBe(2);
});

test.fails("a login that was refused is given back before the next one: it may be valid and only its rights too small", async () => {
  const { array, session } = fakeArray();
  const forbidden = { status: 403, headers: {}, text: "" };
  array.instead.push(
    () => forbidden,
    () => forbidden,
  );
  await session.send(get);
  await session.logout();
  expect([...array.valid]).toEqual([]);
});

test.fails("a fresh token in an answer that comes late does not push a newer login aside", async () => {
  const { array, session } = fakeArray({ renews: "taken" });
  await session.send(get);
  const late = gate();
  array.instead.push(() => late.opened.then(() => ok));
  const slow = session.send(get);
  array.valid.clear();
  await session.send(get);
  late.open();
  await slow;
  await session.send(get);
  expect(array.logins).toBe(2);
  await session.logout();
  expect([...array.valid]).toEqual([]);
});

test.fails("a fresh token in a refusal does not keep a new login from being made", async () => {
  const { array, session } = fakeArray({ renews: "all" });
  await session.send(get);
  array.valid.clear();
  expect(await session.send(get)).toBe(ok);
  expect(array.logins).toBe(2);
});

test("a fresh token is used from the next request on", async () => {
  const { array, session } = fakeArray({ renews: "taken" });
  await session.send(get);
  await session.send(get);
  await session.logout();
  expect([array.logins, array.taken.length, array.valid.size]).toEqual([1, 2, 0]);
});

test("logging out gives the login back, once", async () => {
  const { array, session } = fakeArray();
  await session.send(get);
  await Promise.all([session.logout(), session.logout()]);
  expect([array.logins, array.valid.size]).toEqual([1, 0]);
});

test("logging out while somebody logs in gives that login back", async () => {
  const { array, session } = fakeArray();
  const slow = gate();
  array.beforeLogin = () => slow.opened;
  const sent = session.send(get);
  const out = session.logout();
  slow.open();
  await out;
  await sent.catch(() => {});
  await session.logout();
  expect(array.valid.size).toBe(0);
});

test("a request after logging out logs in anew", async () => {
  const { array, session } = fakeArray();
  await session.send(get);
  await session.logout();
  expect(await session.send(get)).toBe(ok);
  expect(array.logins).toBe(2);
});

test("a login that cannot be given back fails nothing", async () => {
  const { clock } = fakeArray().array;
  const http: Http = { arrayName: "the array", send: async () => ok, close: async () => {} };
  const logout = async () => {
    throw failure("unreachable");
  };
  const session = keepLogin(http, { login: async () => ({}), logout, authorize: () => ({}), endsAtMs: () => 0 }, clock);
  await session.send(get);
  expect(await session.send(get)).toBe(ok);
  await expect(session.logout()).resolves.toBeUndefined();
});

test.fails("a request that is abandoned while it waits for a login ends at once", { timeout: 1000 }, async () => {
  const { array, session } = fakeArray();
  const abort = new AbortController();
  array.beforeLogin = () => gate().opened;
  const sent = session.send({ ...get, signal: abort.signal });
  abort.abort();
  await expect(sent).rejects.toMatchObject({ kind: "cancelled" });
});

test("what breaks under way is passed on as it is, and the login is kept", async () => {
  const { array, session } = fakeArray();
  const lost = failure("lost");
  array.instead.push(() => Promise.reject(lost));
  await expect(session.send(act)).rejects.toBe(lost);
  expect(lost).toBeInstanceOf(MigrationError);
  await session.send(get);
  expect(array.logins).toBe(1);
});
