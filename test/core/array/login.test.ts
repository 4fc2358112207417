import { expect, test } from "vitest";
import { keepLogin } from "../../../provider/core/array/login.ts";
import { MigrationError } from "../../../provider/core/errors.ts";
import type { Http } from "../../../provider/core/http/http.ts";
import { failure } from "../reconcile/scripted-reconciler.ts";
import { act, fakeArray, gate, get, ok } from "./fake-login-array.ts";

const never = new AbortController().signal;

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

test("requests at the moment of replacement share the new login, and the old one is logged out", async () => {
  const { array, session } = fakeArray({ lifeMs: 1_800_000 });
  await session.send(get);
  await array.clock.sleep(1_790_000, never);
  await Promise.all(Array.from({ length: 10 }, () => session.send(get)));
  expect([array.logins, [...array.valid]]).toEqual([2, ["2"]]);
});

test("a login that is too short to be of use is made again for each request, and not without end", async () => {
  const { array, session } = fakeArray({ lifeMs: 1000 });
  await session.send(get);
  await session.send(get);
  expect([array.logins, array.valid.size]).toEqual([2, 1]);
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

test("a request after logging out logs in again", async () => {
  const { array, session } = fakeArray();
  await session.send(get);
  await session.logout();
  expect(await session.send(get)).toBe(ok);
  expect(array.logins).toBe(2);
});

test("a logout that fails does not fail anything", async () => {
  const { clock } = fakeArray().array;
  const http: Http = { arrayName: "the array", arrayAheadMs: () => 0, send: async () => ok, close: async () => {} };
  const logout = async () => {
    throw failure("unreachable");
  };
  const session = keepLogin(http, { login: async () => ({}), logout, authorize: () => ({}), endsAtMs: () => 0 }, clock);
  await session.send(get);
  expect(await session.send(get)).toBe(ok);
  await expect(session.logout()).resolves.toBeUndefined();
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
