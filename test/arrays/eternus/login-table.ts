import { randomBytes } from "node:crypto";
import { ArrayRefusal } from "./array-refusal.ts";
import type { EternusArray } from "./eternus-array.ts";

/** A user of the array. */
export interface Account {
  readonly username: string;
  readonly password: string;
  readonly role: Role;
  /** The tenant of a tenant user; `undefined` for a user of the whole array. */
  readonly tenant: string | undefined;
  /** Whether the password has expired: the login is then refused like a wrong one. */
  readonly passwordExpired: boolean;
}

/** The array's default roles and what they may do with copy sessions (Web GUI help, user roles and policies). */
export const rolePolicies = {
  Admin: "manage",
  StorageAdmin: "manage",
  Maintainer: "manage",
  Monitor: "display",
  SecurityAdmin: "display",
  AccountAdmin: "none",
  Software: "none",
} as const;
export type Role = keyof typeof rolePolicies;

/** One login: what the API calls a session. */
export interface Login {
  readonly id: number;
  readonly account: Account;
  readonly token: string;
  readonly tokenEndsMs: number;
  readonly refreshToken: string | undefined;
  /** When the login ends: with its refresh token, or, without one, with its token. */
  readonly endsMs: number;
}

/** A new login. @throws ArrayRefusal 503 with D206 when the table is full */
export function logIn(array: EternusArray, account: Account, withRefreshToken: boolean): Login {
  const { loginLimit, tokenLifetimeMs, refreshTokenLifetimeMs } = array.settings;
  if (liveLogins(array).length >= loginLimit) throw new ArrayRefusal(503, "D206", "session");
  const tokenEndsMs = array.nowMs + tokenLifetimeMs;
  const login: Login = {
    id: array.nextLoginId,
    account,
    token: newToken(),
    tokenEndsMs,
    refreshToken: withRefreshToken ? newToken() : undefined,
    endsMs: withRefreshToken ? array.nowMs + refreshTokenLifetimeMs : tokenEndsMs,
  };
  array.nextLoginId += 1;
  array.logins.set(login.id, login);
  return login;
}

/** The same login with a new token; the old token is dead. @throws ArrayRefusal 401 for an unknown or ended refresh token */
export function refresh(array: EternusArray, refreshToken: string): Login {
  const login = liveLogins(array).find((one) => one.refreshToken === refreshToken);
  if (login === undefined) throw new ArrayRefusal(401, "0021", "refresh_token");
  const renewed: Login = {
    ...login,
    token: newToken(),
    // A token never outlives its login.
    tokenEndsMs: Math.min(array.nowMs + array.settings.tokenLifetimeMs, login.endsMs),
    refreshToken: array.settings.rotatesRefreshToken ? newToken() : login.refreshToken,
  };
  array.logins.set(login.id, renewed);
  return renewed;
}

/** Whose token it is. @throws ArrayRefusal 401 without a live token */
export function loginOf(array: EternusArray, authorization: string | undefined): Login {
  const token = /^Bearer (\S+)$/.exec(authorization ?? "")?.[1];
  const login = liveLogins(array).find((one) => one.token === token && one.tokenEndsMs > array.nowMs);
  if (login === undefined) throw new ArrayRefusal(401, "0021", "Authorization");
  return login;
}

/** The logins that have not ended; forgets the others. */
export function liveLogins(array: EternusArray): readonly Login[] {
  for (const login of array.logins.values()) if (login.endsMs <= array.nowMs) array.logins.delete(login.id);
  return [...array.logins.values()];
}

function newToken(): string {
  return randomBytes(24).toString("base64url");
}
