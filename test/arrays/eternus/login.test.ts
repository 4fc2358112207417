import { expect, test } from "vitest";
import { calling, loginIn } from "./calling.ts";

const minuteMs = 60_000;
const credentials = { user_name: "admin", password: "eternus-password" };
const expired = { status: 401, body: { error_code: "0021" } };

test("a login gives an id, a token and its lifetime in seconds, and no refresh token unless asked", async () => {
  const { call } = await calling();
  const { status, body } = await call("POST", "/session", credentials);
  expect([status, body]).toEqual([200, { session_id: 100002, token: expect.any(String), lifetime: 1800 }]);
  const asked = await call("POST", "/session", { ...credentials, is_refresh_token_required: true });
  expect(asked.body.refresh_token).toEqual(expect.any(String));
});

test("the token goes into a Bearer header and nowhere else", async () => {
  const { call, login } = await calling();
  expect((await call("GET", "/copysession")).status).toBe(200);
  for (const authorization of ["", login.token, `bearer ${login.token}`, `Basic ${login.token}`, "Bearer wrong"]) {
    expect(await call("GET", "/copysession", undefined, { authorization })).toMatchObject(expired);
  }
  const elsewhere = { authorization: "", "x-auth-token": login.token };
  expect(await call("GET", "/copysession", undefined, elsewhere)).toMatchObject(expired);
});

test("a token lives 30 minutes from its issue, however often it is used", async () => {
  const { call, clock, array } = await calling();
  for (let minute = 1; minute < 30; minute += 1) {
    clock.advance(minuteMs);
    expect((await call("GET", "/copysession")).status).toBe(200);
  }
  clock.advance(minuteMs);
  expect(await call("GET", "/copysession")).toMatchObject(expired);
  expect(array.logins).toBe(0);
});

test("a refresh gives a new token, ends the old one and keeps the login", async () => {
  const { call, clock, login, array } = await calling({}, { is_refresh_token_required: true });
  clock.advance(31 * minuteMs);
  expect(await call("GET", "/copysession")).toMatchObject(expired);
  const refreshing = { grant_type: "refresh_token", refresh_token: login.refreshToken };
  const renewed = await call("POST", "/session", refreshing);
  expect(renewed.body).toEqual({ session_id: login.id, token: expect.any(String), lifetime: 1800 });
  const again = await call("POST", "/session", refreshing);
  const first = { authorization: `Bearer ${loginIn(renewed.body).token}` };
  const second = { authorization: `Bearer ${loginIn(again.body).token}` };
  expect(await call("GET", "/copysession", undefined, first)).toMatchObject(expired);
  expect((await call("GET", "/copysession", undefined, second)).status).toBe(200);
  expect(array.logins).toBe(1);
});

test("a refresh token ends ten hours after the login, and takes the last token with it", async () => {
  const { call, clock, login, array } = await calling({}, { is_refresh_token_required: true });
  const refreshing = { grant_type: "refresh_token", refresh_token: login.refreshToken };
  clock.advance(590 * minuteMs);
  expect((await call("POST", "/session", refreshing)).body.lifetime).toBe(600);
  expect(array.logins).toBe(1);
  clock.advance(10 * minuteMs);
  expect(await call("POST", "/session", refreshing)).toMatchObject(expired);
  expect(array.logins).toBe(0);
});

test("an array that rotates refresh tokens takes each only once", async () => {
  const { call, login } = await calling(
    { behaviour: { rotatesRefreshToken: true, loginStatus: 201 } },
    { is_refresh_token_required: true },
  );
  const refreshing = { grant_type: "refresh_token", refresh_token: login.refreshToken };
  const renewed = await call("POST", "/session", refreshing);
  expect([renewed.status, renewed.body.refresh_token]).toEqual([201, expect.any(String)]);
  expect(await call("POST", "/session", refreshing)).toMatchObject(expired);
});

test("the 65th login is refused with 503 and D206 until one ends", async () => {
  const { call, array, clock } = await calling();
  for (let count = 2; count <= 64; count += 1) {
    expect((await call("POST", "/session", credentials)).status).toBe(200);
  }
  expect(array.logins).toBe(64);
  const refused = { status: 503, body: { error_code: "D206" } };
  expect(await call("POST", "/session", credentials)).toMatchObject(refused);
  clock.advance(30 * minuteMs);
  expect((await call("POST", "/session", credentials)).status).toBe(200);
  expect(array.logins).toBe(1);
});

test("wrong credentials and expired passwords are refused and counted", async () => {
  const { call, array } = await calling({
    otherAccounts: [{ username: "old", password: "pw", passwordExpired: true }],
  });
  for (const wrong of [
    { user_name: "admin", password: "no" },
    { user_name: "nobody", password: "eternus-password" },
    { user_name: "old", password: "pw" },
  ]) {
    expect(await call("POST", "/session", wrong)).toMatchObject(expired);
  }
  expect(array.refusedLogins).toBe(3);
});

test("a login body is refused for what is missing, unknown or of the wrong type", async () => {
  const { call } = await calling();
  for (const body of [
    {},
    { user_name: "admin" },
    { username: "admin", password: "eternus-password" },
    { ...credentials, grant_type: "client_credentials" },
    { ...credentials, is_refresh_token_required: "true" },
    { grant_type: "refresh_token" },
  ]) {
    expect((await call("POST", "/session", body)).status).toBe(400);
  }
});

test("a login can be read and ended only by itself", async () => {
  const { call, login, as, array } = await calling();
  const other = await as("admin", "eternus-password");
  expect(await call("GET", `/session/${login.id}`)).toMatchObject({
    status: 200,
    body: { session_id: login.id, user_name: "admin" },
  });
  expect((await call("DELETE", `/session/${other.login.id}`)).status).toBe(403);
  expect((await call("DELETE", "/session/7")).status).toBe(404);
  expect(await call("DELETE", `/session/${login.id}`)).toMatchObject({ status: 200, text: "" });
  expect(await call("GET", "/copysession")).toMatchObject(expired);
  expect(array.logins).toBe(1);
});

test("no password and no token is in the request log", async () => {
  const { array, login, call } = await calling({}, { is_refresh_token_required: true });
  await call("POST", "/session", { grant_type: "refresh_token", refresh_token: login.refreshToken });
  const log = JSON.stringify(array.requests);
  for (const secret of ["eternus-password", login.token, login.refreshToken]) expect(log).not.toContain(secret);
});
