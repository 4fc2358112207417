import { randomBytes, randomUUID } from "node:crypto";
import type { ArrayRequest } from "../exchange.ts";
import { codes, Refusal } from "./refusal.ts";

/** One authenticated session of a client with the array. */
export interface Login {
  readonly id: string;
  readonly cookie: string;
  readonly token: string;
  lastUsedMs: number;
}

/** Who is logged in. Sessions end after an idle time, by logout, and, beyond 2000 of them, the oldest first. */
export interface Logins {
  /**
   * The login a request belongs to: by its cookie, else a new one by Basic authentication.
   * @throws Refusal 401 without either, 403 for a request other than GET with the cookie but not the right token
   */
  authenticate(request: ArrayRequest): { readonly login: Login; readonly isNew: boolean };
  end(login: Login): void;
  endAll(): void;
  /** Those that have not expired. */
  live(nowMs: number): readonly Login[];
}

const mostLogins = 2000;

/** The logins of an array with one user. */
export function logins(user: {
  readonly username: string;
  readonly password: string;
  readonly idleTimeoutMs: number;
}): Logins {
  const byCookie = new Map<string, Login>();
  const isLive = (login: Login, nowMs: number) => nowMs - login.lastUsedMs < user.idleTimeoutMs;

  return {
    authenticate(request) {
      const known = byCookie.get(cookieOf(request) ?? "");
      if (known !== undefined && isLive(known, request.atMs)) {
        demandToken(request, known);
        known.lastUsedMs = request.atMs;
        return { login: known, isNew: false };
      }
      if (known !== undefined) byCookie.delete(known.cookie);
      // A client that sends credentials along with a dead cookie is logged in anew.
      demandCredentials(request, user);
      return { login: add(request.atMs), isNew: true };
    },
    end: (login) => void byCookie.delete(login.cookie),
    endAll: () => byCookie.clear(),
    live: (nowMs) => [...byCookie.values()].filter((login) => isLive(login, nowMs)),
  };

  function add(atMs: number): Login {
    for (const login of byCookie.values()) {
      if (byCookie.size >= mostLogins || !isLive(login, atMs)) byCookie.delete(login.cookie);
    }
    const login: Login = {
      id: randomUUID(),
      cookie: randomBytes(32).toString("base64url"),
      token: randomBytes(32).toString("base64"),
      lastUsedMs: atMs,
    };
    byCookie.set(login.cookie, login);
    return login;
  }
}

/** With a cookie, a browser could be made to send a request: the token proves that the client meant it. */
function demandToken(request: ArrayRequest, login: Login): void {
  if (request.method === "GET" || request.headers["dell-emc-token"] === login.token) return;
  throw new Refusal(
    403,
    codes.notAuthorised,
    "The header DELL-EMC-TOKEN is missing or does not belong to the session.",
  );
}

function demandCredentials(
  request: ArrayRequest,
  user: { readonly username: string; readonly password: string },
): void {
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(request.headers.authorization ?? "")?.[1];
  const given = encoded === undefined ? undefined : Buffer.from(encoded, "base64").toString("utf8");
  if (given === `${user.username}:${user.password}`) return;
  throw new Refusal(401, codes.notAuthenticated, "The request is not authenticated.");
}

function cookieOf(request: ArrayRequest): string | undefined {
  const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith("auth_cookie="))?.slice("auth_cookie=".length);
}
