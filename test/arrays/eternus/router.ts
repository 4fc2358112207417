import type { ArrayAnswer, ArrayRequest } from "../exchange.ts";
import { ArrayRefusal, errorBody } from "./array-refusal.ts";
import { copySessionRoutes } from "./copy-session-routes.ts";
import type { EternusArray } from "./eternus-array.ts";
import { jobRoutes } from "./job-routes.ts";
import { loginRoutes } from "./login-routes.ts";
import { type Login, loginOf, rolePolicies } from "./login-table.ts";
import { readQuery, toId } from "./query.ts";
import type { Route } from "./route.ts";
import { apiRoot } from "./wire-format.ts";

const routes: readonly Route[] = [...loginRoutes, ...copySessionRoutes, ...jobRoutes];

/** Answers one request as the array would. */
export function answer(array: EternusArray, request: ArrayRequest): ArrayAnswer {
  try {
    const { route, idText } = match(request);
    if (route.needs === "nothing") return route.handle(toCall(array, request, route, idText));
    const login = loginOf(array, request.headers.authorization);
    requirePolicy(route.needs, login);
    return route.handle({ ...toCall(array, request, route, idText), login });
  } catch (error) {
    if (error instanceof ArrayRefusal) return refusalAnswer(array, error);
    throw error;
  }
}

/** A refusal as it goes over the wire. */
export function refusalAnswer(array: EternusArray, refusal: ArrayRefusal): ArrayAnswer {
  return { status: refusal.status, body: errorBody(refusal.code, refusal.message, array.settings.errorCodeType) };
}

/** The route whose path fits; fixed words win over `{id}`, because they stand first. */
function match(request: ArrayRequest): { route: Route; idText: string | undefined } {
  for (const route of routes) {
    if (route.method !== request.method) continue;
    const [before = "", after] = `${apiRoot}${route.path}`.split("{id}");
    if (after === undefined) {
      if (request.path === before) return { route, idText: undefined };
    } else if (request.path.startsWith(before) && request.path.endsWith(after)) {
      const idText = request.path.slice(before.length, request.path.length - after.length);
      if (idText !== "" && !idText.includes("/")) return { route, idText };
    }
  }
  throw new ArrayRefusal(404, "0110", request.path);
}

function toCall(array: EternusArray, request: ArrayRequest, route: Route, idText: string | undefined) {
  const query = readQuery(request, route.query ?? [], array.settings.queryLimit);
  if (route.takesBody !== true && request.body !== undefined) throw new ArrayRefusal(400, "0001", "request body");
  return { array, request, query, id: idText === undefined ? -1 : toId(idText, request.path) };
}

function requirePolicy(needs: "login" | "display" | "manage", login: Login): void {
  const policy = rolePolicies[login.account.role];
  const isEnough = needs === "login" || policy === "manage" || policy === needs;
  if (!isEnough) throw new ArrayRefusal(403, "5001", login.account.role);
}
