import type { ArrayAnswer } from "../exchange.ts";
import { ArrayRefusal } from "./array-refusal.ts";
import { loginBody, readBody } from "./body.ts";
import type { EternusArray } from "./eternus-array.ts";
import { type Account, type Login, logIn, refresh } from "./login-table.ts";
import type { Route, UserCall } from "./route.ts";

/** Login and logout: `session` in the API, not to be confused with copy sessions. */
export const loginRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/session",
    needs: "nothing",
    takesBody: true,
    handle({ array, request }) {
      const body = readBody(loginBody, request.body);
      if ("refresh_token" in body)
        return issued(array, refresh(array, body.refresh_token), array.settings.rotatesRefreshToken);
      const account = accountOf(array, body.user_name, body.password);
      const withRefreshToken = body.is_refresh_token_required ?? false;
      return issued(array, logIn(array, account, withRefreshToken), withRefreshToken);
    },
  },
  {
    method: "GET",
    path: "/session/{id}",
    needs: "login",
    handle(call) {
      requireOwn(call);
      const { id, account } = call.login;
      return { status: 200, body: { session_id: id, user_name: account.username } };
    },
  },
  {
    method: "DELETE",
    path: "/session/{id}",
    needs: "login",
    handle(call) {
      requireOwn(call);
      call.array.logins.delete(call.id);
      return { status: 200 };
    },
  },
];

/** What a login gets. The refresh token is only told when it was asked for, or is new. */
function issued(array: EternusArray, login: Login, tellsRefreshToken: boolean): ArrayAnswer {
  const body = {
    session_id: login.id,
    token: login.token,
    lifetime: Math.floor((login.tokenEndsMs - array.nowMs) / 1000),
    ...(tellsRefreshToken ? { refresh_token: login.refreshToken } : {}),
  };
  return { status: array.settings.loginStatus, body };
}

function accountOf(array: EternusArray, username: string, password: string): Account {
  const account = array.accounts.find((one) => one.username === username && one.password === password);
  if (account !== undefined && !account.passwordExpired) return account;
  array.refusedLogins += 1;
  throw new ArrayRefusal(401, "0021", "user_name or password");
}

function requireOwn({ array, id, login, request }: UserCall): void {
  if (id === login.id) return;
  if (array.logins.has(id)) throw new ArrayRefusal(403, "5001", request.path);
  throw new ArrayRefusal(404, "0110", request.path);
}
