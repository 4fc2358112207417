import { expect, test } from "vitest";
import { basic, credentialsOf, startedArray } from "./calling.ts";

const cookieOnly = ({ cookie }: Readonly<Record<string, string>>) => ({ cookie: cookie ?? "" });

test("a login with Basic gives a cookie, a token and, when selected, the idle time", async () => {
  const { array, call } = await startedArray({ idleTimeoutSeconds: 600 });
  const answer = await call("GET", "/login_session?select=user,idle_timeout,role_ids", undefined, basic(array));
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual([{ user: "admin", idle_timeout: 600, role_ids: ["1"] }]);
  expect(credentialsOf(answer).cookie).toMatch(/^auth_cookie=.+/);
  expect(answer.headers["dell-emc-token"]).toMatch(/.{20}/);
});

test("a login without select is answered with its id only, and undocumented attributes are refused", async () => {
  const { call } = await startedArray();
  expect((await call("GET", "/login_session")).body).toEqual([{ id: expect.any(String) }]);
  expect((await call("GET", "/login_session?select=user_id,user_type")).status).toBe(400);
  expect((await call("GET", "/login_session?limit=1")).status).toBe(400);
});

test.each([
  ["no credentials", {}],
  ["a wrong password", { authorization: `Basic ${Buffer.from("admin:wrong").toString("base64")}` }],
  ["a bearer token", { authorization: "Bearer abc" }],
  ["an unknown cookie", { cookie: "auth_cookie=nonsense" }],
])("%s is answered with 401", async (_what, headers) => {
  const { call } = await startedArray();
  expect(await call("GET", "/import_session", undefined, headers)).toMatchObject({
    status: 401,
    body: { messages: [{ severity: "Error" }] },
  });
});

test("a request that changes something needs the token along with the cookie", async () => {
  const { array, call } = await startedArray();
  const mine = credentialsOf(await call("GET", "/login_session", undefined, basic(array)));
  const other = credentialsOf(await call("GET", "/login_session", undefined, basic(array)));
  const remove = (headers: Readonly<Record<string, string>>) =>
    call("DELETE", "/import_session/none", undefined, headers);
  expect((await remove(cookieOnly(mine))).status).toBe(403);
  expect((await remove({ ...mine, "DELL-EMC-TOKEN": other["DELL-EMC-TOKEN"] ?? "" })).status).toBe(403);
  expect((await remove(mine)).status).toBe(404);
  expect((await call("GET", "/import_session", undefined, cookieOnly(mine))).status).toBe(200);
});

test("each request with Basic and without a cookie is a login of its own", async () => {
  const { array, call } = await startedArray();
  await call("GET", "/import_session", undefined, basic(array));
  await call("DELETE", "/import_session/none", undefined, basic(array));
  expect(array.logins).toBe(3);
});

test("a login ends after its idle time, which every request renews", async () => {
  const { array, clock, call } = await startedArray({ idleTimeoutSeconds: 300 });
  for (const _ of [1, 2, 3]) {
    clock.advance(299_000);
    expect((await call("GET", "/import_session")).status).toBe(200);
  }
  expect(array.logins).toBe(1);
  clock.advance(300_000);
  expect(array.logins).toBe(0);
  expect((await call("GET", "/import_session")).status).toBe(401);
});

test("Basic along with a dead cookie logs in anew", async () => {
  const { array, call } = await startedArray();
  array.endLogins();
  const answer = await call("GET", "/import_session", undefined, { ...basic(array), cookie: "auth_cookie=dead" });
  expect(answer.status).toBe(200);
  expect(credentialsOf(answer).cookie).toMatch(/^auth_cookie=.+/);
});

test("the end of a login can show as 403 or as a redirect too", async () => {
  const forbidding = await startedArray({ staleLogin: "403" });
  forbidding.array.endLogins();
  expect((await forbidding.call("GET", "/import_session")).status).toBe(403);
  const redirecting = await startedArray({ staleLogin: "redirect to a login page" });
  redirecting.array.endLogins();
  expect(await redirecting.call("GET", "/import_session")).toMatchObject({
    status: 302,
    headers: { location: "/#/login" },
  });
});

test("a logout takes cookie and token, and ends the login", async () => {
  const { array, call } = await startedArray();
  const mine = credentialsOf(await call("GET", "/login_session", undefined, basic(array)));
  expect((await call("POST", "/logout", undefined, cookieOnly(mine))).status).toBe(403);
  expect(array.logins).toBe(2);
  expect(await call("POST", "/logout", undefined, mine)).toMatchObject({ status: 204, body: undefined });
  expect(array.logins).toBe(1);
  expect((await call("GET", "/import_session", undefined, mine)).status).toBe(401);
});

test("a restart ends all logins and no import", async () => {
  const { array, call } = await startedArray();
  const id = array.operator.create({ name: "erp", remote_system_id: "name:old-unity", source_resource_id: "sv_42" });
  await array.restart();
  expect(array.logins).toBe(0);
  expect(array.session(id).state).toBe("Queued");
  expect((await call("GET", "/import_session")).status).toBe(401);
});

test("beyond 2000 logins the oldest is put out", async () => {
  const { array, call } = await startedArray();
  for (let count = 0; count < 2000; count += 100) {
    await Promise.all(Array.from({ length: 100 }, () => call("GET", "/login_session", undefined, basic(array))));
  }
  expect(array.logins).toBe(2000);
  expect((await call("GET", "/login_session")).status).toBe(401);
});

test("neither passwords nor tokens are in the request log", async () => {
  const { array, call } = await startedArray({ password: "very-secret-1" });
  await call("POST", "/import_session", { password: "very-secret-1" });
  expect(JSON.stringify(array.requests)).not.toContain("very-secret-1");
});
