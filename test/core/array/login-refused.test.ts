import { expect, test } from "vitest";
import type { HttpAnswer } from "../../../provider/core/http/exchange.ts";
import { act, fakeArray, gate, get, ok } from "./fake-login-array.ts";

const page: HttpAnswer = { status: 200, headers: { "content-type": "text/html" }, text: "<html>" };
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

test("a page with 200 instead of an answer makes a reading request log in again", async () => {
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

test("a login made while another request begins is not taken for the one that was refused", async () => {
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

test("a request refused after others have logged in again uses their login", async () => {
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

test("a login that was refused is logged out before the next one, because it may be valid and only lack rights", async () => {
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

test("a fresh token in an answer that comes late does not push a newer login aside", async () => {
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

test("a fresh token in a refusal does not keep a new login from being made", async () => {
  const { array, session } = fakeArray({ renews: "all" });
  await session.send(get);
  array.valid.clear();
  expect(await session.send(get)).toBe(ok);
  expect(array.logins).toBe(2);
});

test("a login that others have freshened is replaced all the same when it is refused", async () => {
  const { array, session } = fakeArray({ renews: "taken" });
  await session.send(get);
  const late = gate();
  array.instead.push(() => late.opened.then(() => array.refusal));
  const slow = session.send(get);
  await session.send(get);
  array.valid.clear();
  late.open();
  expect(await slow).toBe(ok);
  expect(array.logins).toBe(2);
});

test("a fresh token is used from the next request on", async () => {
  const { array, session } = fakeArray({ renews: "taken" });
  await session.send(get);
  await session.send(get);
  await session.logout();
  expect([array.logins, array.taken.length, array.valid.size]).toEqual([1, 2, 0]);
});

test("a request that is abandoned while it waits for a login ends at once", { timeout: 1000 }, async () => {
  const { array, session } = fakeArray();
  const abort = new AbortController();
  array.beforeLogin = () => gate().opened;
  const sent = session.send({ ...get, signal: abort.signal });
  abort.abort();
  await expect(sent).rejects.toMatchObject({ kind: "cancelled" });
});
