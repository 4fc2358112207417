import type { LoginProtocol } from "../core/array/login.ts";
import type { ArraySettings } from "../core/array/settings.ts";
import type { Clock } from "../core/async/clock.ts";
import { errorResponse } from "../core/http/error-response.ts";
import { isPage, parseAnswer } from "../core/http/parse-answer.ts";
import { errorBody } from "./error-body.ts";
import { login as wireLogin } from "./wire.ts";

interface EternusLogin {
  readonly id: number;
  readonly token: string;
  readonly endsAtMs: number;
}

const path = "/api/v1/session";

/** A token expires 30 minutes after its issue, used or not (RESTful API reference, Creating Session). The provider assumes this if the array does not report a lifetime. */
const documentedLifetimeSeconds = 1800;

/**
 * `POST session` returns a token for the `Authorization` header. `DELETE session/{id}` ends it. The provider requests no refresh token, because with one a login without
 * a logout would occupy one of the array's 64 logins for ten hours instead of half an hour.
 */
export function eternusLogin(
  credentials: Pick<ArraySettings, "username" | "password">,
  clock: Clock,
): LoginProtocol<EternusLogin> {
  return {
    async login(http) {
      const attempted = `log in as ${credentials.username}`;
      const body = { user_name: credentials.username, password: credentials.password() };
      const sentAtMs = clock.nowMs();
      const answer = await http.send({ method: "POST", path, body, attempted });
      if (answer.status < 200 || answer.status >= 300) {
        throw errorResponse(answer, { attempted, on: http.arrayName, clock }, errorBody(answer));
      }
      const { session_id, token, lifetime } = parseAnswer(wireLogin, answer, { attempted, on: http.arrayName });
      return { id: session_id, token, endsAtMs: sentAtMs + (lifetime ?? documentedLifetimeSeconds) * 1000 };
    },
    async logout(http, login) {
      const headers = authorize(login);
      await http.send({ method: "DELETE", path: `${path}/${login.id}`, headers, attempted: "log out" });
    },
    authorize,
    endsAtMs: (login) => login.endsAtMs,
    // 403 is about roles and tenants (RESTful API reference, error responses). A new login would not change that, and would occupy another of the 64.
    hasEnded(answer) {
      const isRedirect = answer.status >= 300 && answer.status < 400;
      return answer.status === 401 || isRedirect || (answer.status === 200 && isPage(answer));
    },
  };
}

function authorize(login: EternusLogin): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${login.token}` };
}
