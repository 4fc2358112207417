import type { Clock } from "./clock.ts";
import { MigrationError } from "./errors.ts";
import type { Http, HttpAnswer, HttpRequest } from "./http.ts";
import { isPage } from "./json.ts";

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
export interface Session {
  readonly arrayName: string;
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Gives the login back; a later request logs in anew. Never throws: a login that cannot be given back ends by itself. */
  logout(): Promise<void>;
  close(): Promise<void>;
}

// A login this close to its end is renewed first, so that no request is sent with a token that dies on the way.
const renewBeforeEndMs = 60_000;

/** Keeps one login per array and process: made on first use, renewed before it ends and once when it is refused. */
export function keepLogin<Login>(http: Http, protocol: LoginProtocol<Login>, clock: Clock): Session {
  let current: Promise<Login> | undefined;

  const login = (): Promise<Login> => {
    const attempt = protocol.login(http);
    current = attempt;
    attempt.catch((error) => {
      // A refused password stays refused: trying it again for each resource would lock the account.
      const isRefused = error instanceof MigrationError && error.kind === "authentication";
      if (current === attempt && !isRefused) current = undefined;
    });
    return attempt;
  };
  const loginThatLasts = async (): Promise<Login> => {
    const held = current;
    if (held === undefined) return login();
    const value = await held;
    const endsAtMs = protocol.endsAtMs?.(value) ?? Number.POSITIVE_INFINITY;
    if (clock.nowMs() < endsAtMs - renewBeforeEndMs) return value;
    // Somebody else may have renewed it while this caller waited.
    if (current !== held) return current ?? login();
    await protocol.logout(http, value).catch(() => {});
    return current === held || current === undefined ? login() : current;
  };
  const sendWith = async (value: Login, request: HttpRequest): Promise<HttpAnswer> => {
    const answer = await http.send({ ...request, headers: { ...request.headers, ...protocol.authorize(value) } });
    const renewed = protocol.renew?.(value, answer);
    if (renewed !== undefined && renewed !== value) current = Promise.resolve(renewed);
    return answer;
  };

  return {
    arrayName: http.arrayName,
    async send(request) {
      const used = await loginThatLasts();
      const generation = current;
      const answer = await sendWith(used, request);
      if (!(protocol.hasEnded ?? looksLoggedOut)(answer)) return answer;
      // A refused login means the request was not accepted, so sending it again is safe. A page with 200 promises no such thing for an act.
      if (answer.status < 300 && request.method !== "GET") return answer;
      if (current === generation) current = undefined;
      return sendWith(await (current ?? login()), request);
    },
    async logout() {
      const held = current;
      current = undefined;
      if (held === undefined) return;
      await held.then((value) => protocol.logout(http, value)).catch(() => {});
    },
    close: () => http.close(),
  };
}

// Arrays show an expired login as 401, as 403, as a redirect to a login page, or as that page itself.
function looksLoggedOut(answer: HttpAnswer): boolean {
  const redirects = answer.status >= 300 && answer.status < 400;
  return answer.status === 401 || answer.status === 403 || redirects || (answer.status === 200 && isPage(answer));
}
