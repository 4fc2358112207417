import type { ArrayAnswer, ArrayRequest } from "../exchange.ts";
import type { Login } from "./logins.ts";
import { flag, integer, type Resource, text, texts } from "./resource.ts";
import { invalidQuery, parametersOf, single } from "./rest/decode.ts";
import { parseSelect, project } from "./rest/select.ts";

/** `GET /login_session`: the caller's own session, in a list of one. There is no filter, order or paging on it. */
export function answerLogin(
  request: ArrayRequest,
  login: Login,
  user: { readonly username: string; readonly idleTimeoutMs: number; readonly roleIds: readonly string[] },
): ArrayAnswer {
  const parameters = parametersOf(request);
  const other = parameters.find(({ name }) => name !== "select");
  if (other !== undefined) throw invalidQuery(`The parameter ${other.name} is not allowed on login_session.`);
  const row = {
    id: login.id,
    user: user.username,
    role_ids: user.roleIds,
    // What is left of the idle time: this very request has just renewed it.
    idle_timeout: Math.floor(user.idleTimeoutMs / 1000),
    is_password_change_required: false,
    is_built_in_user: true,
  };
  const selection = parseSelect(single(parameters, "select"), loginSession);
  return { status: 200, body: [project(row, selection, loginSession)] };
}

/** PowerStore REST 4.1 Swagger, `login_session_instance`. */
const loginSession: Resource = {
  name: "login_session",
  attributes: {
    id: text,
    user: text,
    role_ids: texts,
    idle_timeout: integer,
    is_password_change_required: flag,
    is_built_in_user: flag,
  },
  embeds: {},
  rows: () => [],
};
