import { abandoned, abortable } from "../async/abortable.ts";
import type { Clock } from "../async/clock.ts";
import { MigrationError } from "../errors.ts";
import type { HttpAnswer, HttpRequest } from "../http/exchange.ts";
import type { Http } from "../http/http.ts";
import { isPage } from "../http/parse-answer.ts";

/** How one vendor logs in: the only part of a login that differs. */
export interface LoginProtocol<Login> {
  login(http: Http): Promise<Login>;
  logout(http: Http, login: Login): Promise<void>;
  authorize(login: Login): Readonly<Record<string, string>>;
  /** When the login ends by its own rules, in milliseconds since the epoch of our clock. */
  endsAtMs?(login: Login): number;
  /** The login after this answer: PowerStore hands out fresh tokens. */
  renew?(login: Login, answer: HttpAnswer): Login;
  /** Whether the answer means that the login has ended. @default 401, 403, a redirect, or a page */
  hasEnded?(answer: HttpAnswer): boolean;
}

/** An authenticated connection to one array, shared by all resources of the process. */
export interface AuthenticatedHttp {
  readonly arrayName: string;
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Gives the login back; a later request logs in again. Never throws: a login that cannot be given back ends by its own rules. */
  logout(): Promise<void>;
  close(): Promise<void>;
}

// A login this close to its end is renewed first, so that no request is sent with a token that dies on the way.
const renewBeforeEndMs = 60_000;

/** Keeps one login per array and process: made on first use, renewed before it ends and once when it is refused. */
export function keepLogin<Login>(http: Http, protocol: LoginProtocol<Login>, clock: Clock): AuthenticatedHttp {
  const logins = oneLogin(http, protocol, clock);
  const sendUnder = async (held: HeldLogin<Login>, request: HttpRequest): Promise<HttpAnswer> => {
    const login = await held.login;
    const answer = await http.send({ ...request, headers: { ...request.headers, ...protocol.authorize(login) } });
    logins.renewed(held, protocol.renew?.(await held.login, answer) ?? login);
    return answer;
  };
  return {
    arrayName: http.arrayName,
    async send(request) {
      const held = await abortable(logins.acquire(), request.signal).catch((error) => {
        throw request.signal?.aborted ? abandoned(request.attempted, http.arrayName) : error;
      });
      const answer = await sendUnder(held, request);
      if (!(protocol.hasEnded ?? looksLoggedOut)(answer)) return answer;
      // A refused login means the request was not accepted, so sending it again is safe. A page with 200 promises no such thing for an action.
      if (answer.status < 300 && request.method !== "GET") return answer;
      // Unless the array says 401 the login may still be valid: forgotten without a logout, it would block one of the array's places.
      await (answer.status === 401 ? logins.forget(held) : logins.discard(held));
      return sendUnder(await logins.current(), request);
    },
    logout: () => logins.end(),
    close: () => http.close(),
  };
}

/** A login, under way or made. */
interface HeldLogin<Login> {
  login: Promise<Login>;
}

/** The one login of a process, as a state: none, or one that is under way or made. Who finds it replaced by another uses that one. */
interface OneLogin<Login> {
  /** The login that is there, renewed if it is about to end, or a new one. Resolves when it is made. */
  acquire(): Promise<HeldLogin<Login>>;
  /** The login that is there, whatever its age, or a new one. */
  current(): Promise<HeldLogin<Login>>;
  /** The login is this one from now on. */
  renewed(held: HeldLogin<Login>, login: Login): void;
  /** The array has ended it. */
  forget(held: HeldLogin<Login>): Promise<void>;
  /** Gives it back. */
  discard(held: HeldLogin<Login>): Promise<void>;
  /** Gives back whichever is there. */
  end(): Promise<void>;
}

function oneLogin<Login>(http: Http, protocol: LoginProtocol<Login>, clock: Clock): OneLogin<Login> {
  let state: HeldLogin<Login> | undefined;

  const begin = (): HeldLogin<Login> => {
    const held: HeldLogin<Login> = { login: protocol.login(http) };
    state = held;
    held.login.catch((error) => {
      // A refused password stays refused: trying it again for each resource would lock the account.
      const isRefused = error instanceof MigrationError && error.kind === "authentication";
      if (!isRefused) leave(held);
    });
    return held;
  };
  const leave = (held: HeldLogin<Login>) => {
    if (state === held) state = undefined;
  };
  const giveBack = (held: HeldLogin<Login>) => held.login.then((login) => protocol.logout(http, login)).catch(() => {});
  const isEnding = async (held: HeldLogin<Login>) =>
    clock.nowMs() >= (protocol.endsAtMs?.(await held.login) ?? Number.POSITIVE_INFINITY) - renewBeforeEndMs;

  const one: OneLogin<Login> = {
    async acquire() {
      const found = state;
      if (found !== undefined && (await isEnding(found))) await one.discard(found);
      const held = state ?? begin();
      await held.login;
      return held;
    },
    current: async () => state ?? begin(),
    renewed(held, login) {
      if (state === held) held.login = Promise.resolve(login);
    },
    forget: async (held) => leave(held),
    async discard(held) {
      // Somebody else may have replaced it while this caller waited.
      if (state !== held) return;
      await giveBack(held);
      leave(held);
    },
    async end() {
      const held = state;
      state = undefined;
      if (held !== undefined) await giveBack(held);
    },
  };
  return one;
}

// Arrays show an expired login as 401, as 403, as a redirect to a login page, or as that page itself.
function looksLoggedOut(answer: HttpAnswer): boolean {
  // But 303 says that the request was carried out (RFC 9110, section 15.4.4).
  const redirects = answer.status >= 300 && answer.status < 400 && answer.status !== 303;
  return answer.status === 401 || answer.status === 403 || redirects || (answer.status === 200 && isPage(answer));
}
