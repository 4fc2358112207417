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
  /** When the login ends by itself, in milliseconds since the epoch of our clock. */
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
  /** Gives the login back; a later request logs in anew. Never throws: a login that cannot be given back ends by itself. */
  logout(): Promise<void>;
  close(): Promise<void>;
}

// A login this close to its end is renewed first, so that no request is sent with a token that dies on the way.
const renewBeforeEndMs = 60_000;

interface Held<Login> {
  login: Promise<Login>;
}

/** Keeps one login per array and process: made on first use, renewed before it ends and once when it is refused. */
export function keepLogin<Login>(http: Http, protocol: LoginProtocol<Login>, clock: Clock): AuthenticatedHttp {
  let current: Held<Login> | undefined;

  const login = (): Held<Login> => {
    const held: Held<Login> = { login: protocol.login(http) };
    current = held;
    held.login.catch((error) => {
      // A refused password stays refused: trying it again for each resource would lock the account.
      const isRefused = error instanceof MigrationError && error.kind === "authentication";
      if (current === held && !isRefused) current = undefined;
    });
    return held;
  };
  const giveBack = async (held: Held<Login>): Promise<void> => {
    await held.login.then((value) => protocol.logout(http, value)).catch(() => {});
    if (current === held) current = undefined;
  };
  const held = async (): Promise<Held<Login>> => {
    if (current === undefined) return login();
    const found = current;
    const endsAtMs = protocol.endsAtMs?.(await found.login) ?? Number.POSITIVE_INFINITY;
    if (clock.nowMs() < endsAtMs - renewBeforeEndMs) return found;
    // Somebody else may have replaced it while this caller waited.
    if (current === found) await giveBack(found);
    return current ?? login();
  };
  const sendUnder = async (used: Held<Login>, request: HttpRequest): Promise<HttpAnswer> => {
    const value = await used.login;
    const answer = await http.send({ ...request, headers: { ...request.headers, ...protocol.authorize(value) } });
    if (current === used) used.login = Promise.resolve(protocol.renew?.(await used.login, answer) ?? value);
    return answer;
  };

  return {
    arrayName: http.arrayName,
    async send(request) {
      const find = async () => {
        const used = await held();
        await used.login;
        return used;
      };
      const used = await abortable(find(), request.signal).catch((error) => {
        throw request.signal?.aborted ? abandoned(request.attempted, http.arrayName) : error;
      });
      const answer = await sendUnder(used, request);
      if (!(protocol.hasEnded ?? looksLoggedOut)(answer)) return answer;
      // A refused login means the request was not accepted, so sending it again is safe. A page with 200 promises no such thing for an act.
      if (answer.status < 300 && request.method !== "GET") return answer;
      // Unless the array says 401 the login may still be valid: given up without a word, it would block one of the array's places.
      if (current === used && answer.status !== 401) await giveBack(used);
      if (current === used) current = undefined;
      return sendUnder(current ?? login(), request);
    },
    async logout() {
      const held = current;
      current = undefined;
      if (held === undefined) return;
      await giveBack(held);
    },
    close: () => http.close(),
  };
}

// Arrays show an expired login as 401, as 403, as a redirect to a login page, or as that page itself.
function looksLoggedOut(answer: HttpAnswer): boolean {
  // But 303 says that the request was carried out (RFC 9110, section 15.4.4).
  const redirects = answer.status >= 300 && answer.status < 400 && answer.status !== 303;
  return answer.status === 401 || answer.status === 403 || redirects || (answer.status === 200 && isPage(answer));
}
