import type { ArrayAnswer, ArrayRequest } from "../exchange.ts";
import type { Login } from "./logins.ts";
import { flag, integer, type Resource, text, texts } from "./resource.ts";
import { answerOnly } from "./rest/only.ts";

/** What the array says of a user to that user. */
export interface LoggedInUser {
  readonly username: string;
  readonly idleTimeoutMs: number;
  readonly roleIds: readonly string[];
  readonly mustChangePassword: boolean;
}

/** `GET /login_session`: the caller's own session, in a list of one. */
export function answerLogin(request: ArrayRequest, login: Login, user: LoggedInUser): ArrayAnswer {
  return answerOnly(request, loginSession, {
    id: login.id,
    user: user.username,
    role_ids: user.roleIds,
    // What is left of the idle time: this very request has just renewed it.
    idle_timeout: Math.floor(user.idleTimeoutMs / 1000),
    is_password_change_required: user.mustChangePassword,
    is_built_in_user: true,
  });
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
