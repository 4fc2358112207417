import type { LoginProtocol } from "../core/array/login.ts";
import type { ArraySettings } from "../core/array/settings.ts";
import type { Clock } from "../core/async/clock.ts";
import { errorResponse } from "../core/http/error-response.ts";
import type { HttpAnswer } from "../core/http/exchange.ts";
import { errorBody } from "./error-body.ts";

interface PowerStoreLogin {
  readonly cookie: string;
  /** Required for every request except a GET. The array sends a new token with some answers. */
  readonly token: string;
}

const base = "/api/rest";

/**
 * `GET login_session` with Basic authentication returns the cookie and the token. `POST logout` ends both. The array ends a login after an hour without a request
 * (PowerStore REST API Developers Guide, "Sessions"). The provider notices that when the array rejects the next request.
 */
export function powerStoreLogin(
  credentials: Pick<ArraySettings, "username" | "password">,
  clock: Clock,
): LoginProtocol<PowerStoreLogin> {
  return {
    async login(http) {
      const attempted = "log in";
      const failed = (answer: HttpAnswer) =>
        errorResponse(answer, { attempted, on: http.arrayName, clock }, errorBody(answer));
      const basic = Buffer.from(`${credentials.username}:${credentials.password()}`).toString("base64");
      const answer = await http.send({
        method: "GET",
        path: `${base}/login_session`,
        headers: { authorization: `Basic ${basic}` },
        attempted,
      });
      if (answer.status !== 200 && answer.status !== 206) throw failed(answer);
      const cookie = /(?:^|\n)(auth_cookie=[^;\n]+)/.exec(answer.headers["set-cookie"] ?? "")?.[1];
      const token = answer.headers["dell-emc-token"];
      if (cookie === undefined || token === undefined) throw failed({ ...answer, status: 302 });
      return { cookie, token };
    },
    async logout(http, login) {
      await http.send({ method: "POST", path: `${base}/logout`, headers: headersOf(login), attempted: "log out" });
    },
    authorize: headersOf,
    renew(login, answer) {
      const token = answer.headers["dell-emc-token"];
      return token === undefined || token === login.token || answer.status >= 300 ? login : { ...login, token };
    },
  };
}

function headersOf(login: PowerStoreLogin): Readonly<Record<string, string>> {
  return { cookie: login.cookie, "dell-emc-token": login.token };
}
