import type { ArrayAnswer, ArrayRequest } from "../exchange.ts";
import type { View } from "../temperament/shown.ts";
import type { Temper } from "../temperament/temperament.ts";
import { noBody, parseBody } from "./bodies.ts";
import type { Change } from "./change.ts";
import type { Changes } from "./changes.ts";
import { cluster } from "./cluster.ts";
import type { ImportModel } from "./import-model.ts";
import type { AuditEvent, JobBook } from "./job-book.ts";
import { answerLogin, type LoggedInUser } from "./login-resource.ts";
import type { Login, Logins } from "./logins.ts";
import { codes, Refusal, refusalAnswer } from "./refusal.ts";
import type { Resource } from "./resource.ts";
import { answerInstance, answerList, findRow } from "./rest/collection.ts";
import { decode } from "./rest/decode.ts";
import { answerAll, answerOnly } from "./rest/only.ts";
import { sessionActions } from "./session-routes.ts";
import { isStale, type StaleLoginAnswer, staleAnswer } from "./stale-login.ts";

/** What the REST API of an array stands on. */
export interface RouterOptions {
  readonly model: ImportModel;
  readonly logins: Logins;
  readonly user: LoggedInUser;
  readonly staleLogin: StaleLoginAnswer;
  /** The array's own identity, wherever it can be reached. */
  readonly globalId: string;
  readonly changes: Changes;
  readonly book: JobBook;
  readonly temper: Temper;
  /** The collections, as lists and as single instances show them. */
  readonly resources: Readonly<Record<View, ReadonlyMap<string, Resource>>>;
}

const base = "/api/rest/";

/** The REST API: every path, strict about what it takes. */
export function powerStoreRouter(options: RouterOptions): (request: ArrayRequest) => ArrayAnswer {
  const { model, logins, resources, book, temper } = options;

  return (request) => {
    model.advanceTo(request.atMs);
    try {
      const { login, isNew } = logins.authenticate(request);
      if (isNew) log(request, "Authentication", true, "Login succeeded.");
      return withLogin(refusalsAnswered(request, login), request, login, isNew);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const isLogin = request.headers.authorization !== undefined;
      if (error.status === 403) log(request, "Authorization", false, error.message);
      else if (isLogin) log(request, "Authentication", false, "Login failed.");
      return error.status === 401 && isStale(request) ? staleAnswer(options.staleLogin, error) : refusalAnswer(error);
    }
  };

  function log({ atMs }: ArrayRequest, type: AuditEvent["type"], isSuccessful: boolean, message: string): void {
    book.log({ type, atMs, user: options.user.username, isSuccessful, job: undefined, message });
  }

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
    const isChange = resource === "import_session" && request.method !== "GET";
    if (request.method !== "GET" && request.rawQuery !== "" && !isChange) {
      throw badRequest("This simulated array takes no parameters on such a request.");
    }
    if (resource === "login_session" && reference === undefined) {
      demandMethod(request, "GET");
      return answerLogin(request, login, options.user);
    }
    if (temper.has("password-change-required") && resource !== "logout") {
      throw new Refusal(403, codes.passwordExpired, "The password must be changed before anything else.");
    }
    if (resource === "cluster" && reference === undefined) {
      demandMethod(request, "GET");
      return answerOnly(request, cluster, { id: "0", global_id: options.globalId, name: "simulated" });
    }
    if (resource === "logout" && reference === undefined) {
      demandMethod(request, "POST");
      logins.end(login);
      log(request, "Logout", true, "Logout succeeded.");
      return { status: 204 };
    }
    if (resource === "remote_system" && reference !== undefined && action === "discover") {
      demandMethod(request, "POST");
      return discover(reference, request);
    }
    if (isChange) return change(request, reference, action);
    const collection = resources[reference === undefined ? "list" : "instance"].get(resource);
    if (collection === undefined || (action !== undefined && resource !== "import_session")) throw noSuchPath(request);
    // Only actions have a third part, and they are not for reading.
    if (action !== undefined) throw sessionActions.has(action) ? wrongMethod(request) : noSuchPath(request);
    demandMethod(request, "GET");
    if (reference !== undefined) return answerInstance(collection, reference, request);
    if (resource === "role" && temper.has("strict-roles")) return answerAll(request, collection);
    return answerList(collection, request);
  }

  /** Looks at the source array again: what can be imported is always up to date here, so there is nothing to do. */
  function discover(reference: string, request: ArrayRequest): ArrayAnswer {
    parseBody(noBody, request.body);
    const remoteSystems = resources.instance.get("remote_system");
    const found = remoteSystems === undefined ? undefined : findRow(remoteSystems, reference);
    const job = book.open({
      change: "discover",
      resourceType: "remote_system",
      resourceId: String(found?.id),
      resourceName: String(found?.name),
      user: options.user.username,
      startMs: request.atMs,
      phase: "In_Progress",
    });
    book.end(job, request.atMs, { status: 204 });
    return { status: 204 };
  }

  function change(request: ArrayRequest, reference: string | undefined, action: string | undefined): ArrayAnswer {
    return options.changes.answer({
      name: changeNamed(request, reference, action),
      reference,
      request,
      user: options.user.username,
    });
  }
}

function changeNamed(request: ArrayRequest, reference: string | undefined, action: string | undefined): Change["name"] {
  if (reference === undefined) {
    demandMethod(request, "POST");
    return "create";
  }
  if (action !== undefined) {
    const known = sessionActions.get(action);
    if (known === undefined) throw noSuchPath(request);
    demandMethod(request, "POST");
    return known;
  }
  if (request.method === "PATCH") return "modify";
  if (request.method === "DELETE") return "delete";
  throw wrongMethod(request);
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
