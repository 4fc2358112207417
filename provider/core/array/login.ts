import { abandoned, abortable } from "../async/abortable.ts";
import type { Clock } from "../async/clock.ts";
import { MigrationError } from "../errors.ts";
import type { HttpAnswer, HttpRequest } from "../http/exchange.ts";
import type { Http } from "../http/http.ts";
import { isPage } from "../http/parse-answer.ts";

/** How one vendor logs in. Only this part of a login differs between vendors. */
export interface LoginProtocol<Login> {
  login(http: Http): Promise<Login>;
  logout(http: Http, login: Login): Promise<void>;
  authorize(login: Login): Readonly<Record<string, string>>;
  /** When the login expires, in milliseconds since the epoch, by our clock. */
  endsAtMs?(login: Login): number;
  /** The login after this answer, because PowerStore may send a new token with it. */
  renew?(login: Login, answer: HttpAnswer): Login;
  /** Whether the answer means that the login has ended. @default 401, 403, a redirect, or a web page */
  hasEnded?(answer: HttpAnswer): boolean;
}

/** An authenticated connection to one array, shared by all resources of the process. */
export type AuthenticatedHttp = ReturnType<typeof keepLogin>;

// A login this close to its end is replaced first, so that no request leaves with a token that expires on the way.
const renewBeforeEndMs = 60_000;

/** Keeps one login per array and process. Logs in on first use, before the login expires, and once after the array rejects it. */
export function keepLogin<Login>(http: Http, protocol: LoginProtocol<Login>, clock: Clock) {
  const logins = oneLogin(http, protocol, clock);
  const sendUnder = async (held: HeldLogin<Login>, request: HttpRequest): Promise<HttpAnswer> => {
    const login = await held.login;
    const answer = await http.send({ ...request, headers: { ...request.headers, ...protocol.authorize(login) } });
    logins.renewed(held, protocol.renew?.(await held.login, answer) ?? login);
    return answer;
  };
  return {
    arrayName: http.arrayName,
    async send(request: HttpRequest): Promise<HttpAnswer> {
      const held = await abortable(logins.acquire(), request.signal).catch((error) => {
        throw request.signal?.aborted ? abandoned(request.attempted, http.arrayName) : error;
      });
      const answer = await sendUnder(held, request);
      if (!(protocol.hasEnded ?? showsEndedLogin)(answer)) return answer;
      // An array that rejects the login has not accepted the request, so the request may be sent again. After a web page with 200, an action may not.
      if (answer.status < 300 && request.method !== "GET") return answer;
      // Without a 401 the login may still be valid. Without a logout, it would occupy one of the array's few logins.
      await (answer.status === 401 ? logins.forget(held) : logins.discard(held));
      return sendUnder(logins.current(), request);
    },
    /** Logs out. A later request logs in again. Never throws, because a login without a logout expires. */
    logout: () => logins.end(),
    close: () => http.close(),
  };
}

/** A login, under way or complete. */
interface HeldLogin<Login> {
  login: Promise<Login>;
}

/** The only login of a process: none, under way, or complete. A caller whose login was replaced uses the new one. */
function oneLogin<Login>(http: Http, protocol: LoginProtocol<Login>, clock: Clock) {
  let state: HeldLogin<Login> | undefined;

  const begin = (): HeldLogin<Login> => {
    const held: HeldLogin<Login> = { login: protocol.login(http) };
    state = held;
    held.login.catch((error) => {
      // A rejected password stays rejected. To try it again for each resource would lock the account.
      const isRejected = error instanceof MigrationError && error.kind === "authentication";
      if (!isRejected) drop(held);
    });
    return held;
  };
  const drop = (held: HeldLogin<Login>) => {
    if (state === held) state = undefined;
  };
  const logOut = (held: HeldLogin<Login>) => held.login.then((login) => protocol.logout(http, login)).catch(() => {});
  const isEnding = async (held: HeldLogin<Login>) =>
    clock.nowMs() >= (protocol.endsAtMs?.(await held.login) ?? Number.POSITIVE_INFINITY) - renewBeforeEndMs;

  /** Logs out of this login, and drops it. */
  const discard = async (held: HeldLogin<Login>) => {
    // Another caller may have replaced it while this one waited.
    if (state !== held) return;
    await logOut(held);
    drop(held);
  };
  return {
    /** The current login, or a new one if there is none or if it is about to expire. Resolves when the login is complete. */
    async acquire(): Promise<HeldLogin<Login>> {
      const found = state;
      if (found !== undefined && (await isEnding(found))) await discard(found);
      const held = state ?? begin();
      await held.login;
      return held;
    },
    /** The current login, whatever its age, or a new one. */
    current: () => state ?? begin(),
    /** Replaces the login's token. */
    renewed(held: HeldLogin<Login>, login: Login): void {
      if (state === held) held.login = Promise.resolve(login);
    },
    /** Drops a login that the array has ended. */
    forget: drop,
    discard,
    /** Logs out of the current login. */
    async end(): Promise<void> {
      const held = state;
      state = undefined;
      if (held !== undefined) await logOut(held);
    },
  };
}

// Arrays answer with 401, 403, a redirect to a login page, or that page itself after a login has expired.
function showsEndedLogin(answer: HttpAnswer): boolean {
  // After 303 the array has carried out the request (RFC 9110, section 15.4.4).
  const redirects = answer.status >= 300 && answer.status < 400 && answer.status !== 303;
  return answer.status === 401 || answer.status === 403 || redirects || (answer.status === 200 && isPage(answer));
}
