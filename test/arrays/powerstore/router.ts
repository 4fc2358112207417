import type { ArrayAnswer, ArrayRequest } from "../exchange.ts";
import { noBody, parseBody } from "./bodies.ts";
import { cluster } from "./cluster.ts";
import type { ImportModel } from "./import-model.ts";
import type { Inventory } from "./inventory.ts";
import { answerLogin } from "./login-resource.ts";
import type { Login, Logins } from "./logins.ts";
import { codes, Refusal, refusalAnswer } from "./refusal.ts";
import { resourcesOf } from "./resources.ts";
import { answerInstance, answerList, findRow } from "./rest/collection.ts";
import { decode } from "./rest/decode.ts";
import { answerOnly } from "./rest/only.ts";
import { actOnSession, createSession, deleteSession, modifySession, sessionActions } from "./session-routes.ts";

/** How a request with the cookie of a login that is gone is answered: arrays have been seen to do each. */
export type StaleLoginAnswer = "401" | "403" | "redirect to a login page";

/** What the REST API of an array stands on. */
export interface RouterOptions {
  readonly model: ImportModel;
  readonly inventory: Inventory;
  readonly logins: Logins;
  readonly user: { readonly username: string; readonly idleTimeoutMs: number; readonly roleIds: readonly string[] };
  readonly bytesPerSecond: number;
  readonly staleLogin: StaleLoginAnswer;
  /** The array's own identity, wherever it can be reached. */
  readonly globalId: string;
}

const base = "/api/rest/";

/** The REST API: every path, strict about what it takes. */
export function powerStoreRouter(options: RouterOptions): (request: ArrayRequest) => ArrayAnswer {
  const { model, inventory, logins } = options;
  const { world } = model;
  const resources = resourcesOf(world, inventory);

  return (request) => {
    model.advanceTo(request.atMs);
    try {
      const { login, isNew } = logins.authenticate(request);
      return withLogin(refusalsAnswered(request, login), request, login, isNew);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error.status === 401 && isStale(request) ? staleAnswer(options.staleLogin, error) : refusalAnswer(error);
    }
  };

  function refusalsAnswered(request: ArrayRequest, login: Login): ArrayAnswer {
    try {
      return answer(request, login);
    } catch (error) {
      if (error instanceof Refusal) return refusalAnswer(error);
      throw error;
    }
  }

  function answer(request: ArrayRequest, login: Login): ArrayAnswer {
    demandJson(request);
    if (!request.path.startsWith(base)) throw noSuchPath(request);
    const [resource = "", reference, action, ...rest] = request.path.slice(base.length).split("/").map(decode);
    if (rest.length > 0 || reference === "" || action === "") throw noSuchPath(request);
    if (request.method === "GET" && request.body !== undefined) throw badRequest("A GET request has no body.");
    if (request.method !== "GET" && request.rawQuery !== "") {
      throw badRequest(
        "This simulated array takes no parameters on requests that change something, is_async included.",
      );
    }
    if (resource === "login_session" && reference === undefined) {
      demandMethod(request, "GET");
      return answerLogin(request, login, options.user);
    }
    if (resource === "cluster" && reference === undefined) {
      demandMethod(request, "GET");
      return answerOnly(request, cluster, { id: "0", global_id: options.globalId, name: "simulated" });
    }
    if (resource === "logout" && reference === undefined) {
      demandMethod(request, "POST");
      logins.end(login);
      return { status: 204 };
    }
    if (resource === "remote_system" && reference !== undefined && action === "discover") {
      demandMethod(request, "POST");
      return discover(reference, request);
    }
    if (resource === "import_session" && request.method !== "GET") return change(request, reference, action);
    const collection = resources.get(resource);
    if (collection === undefined || (action !== undefined && resource !== "import_session")) throw noSuchPath(request);
    // Only actions have a third part, and they are not for reading.
    if (action !== undefined) throw sessionActions.has(action) ? wrongMethod(request) : noSuchPath(request);
    demandMethod(request, "GET");
    return reference === undefined ? answerList(collection, request) : answerInstance(collection, reference, request);
  }

  /** Looks at the source array again: what can be imported is always up to date here, so there is nothing to do. */
  function discover(reference: string, request: ArrayRequest): ArrayAnswer {
    parseBody(noBody, request.body);
    const remoteSystems = resources.get("remote_system");
    if (remoteSystems !== undefined) findRow(remoteSystems, reference);
    return { status: 204 };
  }

  function change(request: ArrayRequest, reference: string | undefined, action: string | undefined): ArrayAnswer {
    if (reference === undefined) {
      demandMethod(request, "POST");
      const { id } = createSession(model, inventory, options.bytesPerSecond, request.body);
      return { status: 201, body: { id } };
    }
    if (action !== undefined) {
      const known = sessionActions.get(action);
      if (known === undefined) throw noSuchPath(request);
      demandMethod(request, "POST");
      return actOnSession(world, reference, known, request);
    }
    if (request.method === "PATCH") return modifySession(world, reference, request);
    if (request.method === "DELETE") return deleteSession(world, reference, request);
    throw wrongMethod(request);
  }
}

/** The token goes with every answer to a GET, the cookie only with the first answer of a login. */
function withLogin(answer: ArrayAnswer, request: ArrayRequest, login: Login, isNew: boolean): ArrayAnswer {
  const headers = {
    ...answer.headers,
    ...(request.method === "GET" ? { "DELL-EMC-TOKEN": login.token } : {}),
    ...(isNew ? { "set-cookie": [`auth_cookie=${login.cookie}; Path=/; Secure; HttpOnly`] } : {}),
  };
  return { ...answer, headers };
}

function isStale(request: ArrayRequest): boolean {
  return request.headers.cookie !== undefined && request.headers.authorization === undefined;
}

function staleAnswer(how: StaleLoginAnswer, refusal: Refusal): ArrayAnswer {
  switch (how) {
    case "401":
      return refusalAnswer(refusal);
    case "403":
      return { ...refusalAnswer(refusal), status: 403 };
    case "redirect to a login page":
      return { status: 302, headers: { location: "/#/login" } };
  }
}

function demandJson(request: ArrayRequest): void {
  const { accept } = request.headers;
  if (accept === undefined || /application\/(json|\*)|\*\/\*/.test(accept)) return;
  throw new Refusal(406, codes.invalidRequest, "Only application/json can be answered.");
}

function demandMethod(request: ArrayRequest, method: string): void {
  if (request.method !== method) throw wrongMethod(request);
}

function wrongMethod(request: ArrayRequest): Refusal {
  return new Refusal(405, codes.invalidRequest, `The method ${request.method} is not allowed on ${request.path}.`);
}

function noSuchPath(request: ArrayRequest): Refusal {
  return new Refusal(404, codes.badUrl, `The URL could not be parsed: ${request.path}`);
}

function badRequest(message: string): Refusal {
  return new Refusal(400, codes.invalidRequest, message);
}
