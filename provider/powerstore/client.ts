import type { z } from "zod";
import type { AuthenticatedHttp } from "../core/array/login.ts";
import type { Clock } from "../core/async/clock.ts";
import { absentWhenNotFound } from "../core/errors.ts";
import { errorResponse } from "../core/http/error-response.ts";
import type { Confirm, HttpAnswer, HttpRequest } from "../core/http/exchange.ts";
import { isPage, parseAnswer } from "../core/http/parse-answer.ts";
import { errorBody } from "./error-body.ts";
import { sessionsByName, sessionsByParent } from "./session-index.ts";
import {
  remoteSystemSelect,
  sessionSelect,
  sourceSelect,
  type WireRemoteSystem,
  type WireRole,
  type WireSession,
  type WireSessionCreate,
  type WireSource,
  type WireSourceVolume,
  wireCreated,
  wireLogins,
  wireRemoteSystems,
  wireRoles,
  wireSession,
  wireSessions,
  wireSources,
  wireSourceVolumes,
} from "./wire.ts";

/** The actions of an import session that take no body. */
export type SessionAction = "pause" | "resume" | "enable_destination_volume" | "start_copy" | "cutover" | "cleanup";

/** The import part of PowerStore's REST interface, call by call. */
export interface PowerStoreClient {
  getSession(id: string, signal: AbortSignal): Promise<WireSession>;
  /** Sessions by their ids; ids the array does not have are left out. */
  readSessions(ids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, WireSession>>;
  /** The sessions of the members of consistency groups, by the id of the group's session. */
  readMembers(parentIds: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, readonly WireSession[]>>;
  /** Sessions that are nobody's members, by their names; names compare exactly. */
  readNamed(names: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, WireSession>>;
  /** `filter` is PowerStore's own filter syntax, encoded by the caller: `name=eq.erp`; all sessions if it is empty. */
  listSessions(filter: string, signal: AbortSignal): Promise<WireSession[]>;
  /** @returns the new session's id */
  createSession(body: WireSessionCreate, confirm?: Confirm): Promise<string>;
  reschedule(id: string, scheduledTimestamp: string, confirm?: Confirm): Promise<void>;
  act(id: string, action: SessionAction, confirm?: Confirm): Promise<void>;
  /** `force: true` ends the import even if source or hosts cannot be reached, without rolling back. */
  cancel(id: string, force: boolean, confirm?: Confirm): Promise<void>;
  /** Removes the record of a session that is over; the destination volume stays. */
  removeSession(id: string, confirm?: Confirm): Promise<void>;
  /** The ids of the roles of the user who is logged in. */
  readRoleIds(signal: AbortSignal): Promise<readonly string[]>;
  /** All roles of the array. */
  listRoles(signal: AbortSignal): Promise<WireRole[]>;
  /** @param idOrName an id, or `name:<name>` */
  findRemoteSystem(idOrName: string, signal: AbortSignal): Promise<WireRemoteSystem | undefined>;
  listRemoteSystems(signal: AbortSignal): Promise<WireRemoteSystem[]>;
  /** Volumes discovered on remote systems. `kind` is the resource of their make, such as `import_unity_volume`. */
  listSourceVolumes(kind: string, filter: string, signal: AbortSignal): Promise<WireSourceVolume[]>;
  /** A discovered volume or group. `kind` is the resource of its make, such as `import_unity_consistency_group`. */
  findSource(kind: string, id: string, signal: AbortSignal): Promise<WireSource | undefined>;
  /** All volumes or groups discovered on remote systems of a make. */
  listSources(kind: string, signal: AbortSignal): Promise<WireSource[]>;
}

// More than one page holds (2,000) is read page by page.
const pageSize = 2000;

export function powerStoreClient(session: AuthenticatedHttp, clock: Clock): PowerStoreClient {
  const send = async (
    request: Omit<HttpRequest, "path"> & { readonly path: string },
    expected: readonly number[],
  ): Promise<HttpAnswer> => {
    const answer = await session.send({ ...request, path: `/api/rest${request.path}` });
    // A page in answer to an act says nothing about the act; one in answer to a look says so when it is parsed.
    const isAnswer = request.method === "GET" || !isPage(answer);
    if (isAnswer && expected.includes(answer.status)) return answer;
    throw errorResponse(answer, { attempted: request.attempted, on: session.arrayName, clock }, errorBody(answer));
  };
  const parse = <Value>(schema: z.ZodType<Value>, answer: HttpAnswer, attempted: string): Value =>
    parseAnswer(schema, answer, { attempted, on: session.arrayName });
  const post = async (request: Omit<HttpRequest, "method">) => {
    await send({ ...request, method: "POST" }, [204, 200]);
  };

  const getSession = async (id: string, signal: AbortSignal): Promise<WireSession> => {
    const attempted = `read import session ${id}`;
    const query = `select=${sessionSelect}`;
    const answer = await send({ method: "GET", path: sessionPath(id), query, attempted, signal }, [200]);
    return parse(wireSession, answer, attempted);
  };
  const list = async <Item>(
    request: Pick<HttpRequest, "path" | "attempted" | "signal"> & { readonly path: string; readonly query: string },
    schema: z.ZodType<Item[]>,
  ): Promise<Item[]> => {
    const items: Item[] = [];
    for (;;) {
      const query = `${request.query}&order=id&limit=${pageSize}&offset=${items.length}`;
      const answer = await send({ ...request, method: "GET", query }, [200, 206, 416]);
      // 416: rows vanished while paging, so this is the end.
      if (answer.status === 416) return items;
      const page = parse(schema, answer, request.attempted);
      items.push(...page);
      if (answer.status === 200 || page.length === 0) return items;
    }
  };
  const listSessions = (filter: string, signal: AbortSignal): Promise<WireSession[]> => {
    const query = [`select=${sessionSelect}`, ...(filter === "" ? [] : [filter])].join("&");
    return list({ path: "/import_session", query, attempted: "list import sessions", signal }, wireSessions);
  };

  return {
    getSession,
    listSessions,
    async readSessions(ids, signal) {
      const [only] = ids;
      const found =
        only !== undefined && ids.length === 1
          ? [await getSession(only, signal).catch(absentWhenNotFound)]
          : await listSessions(idFilter(ids), signal);
      return new Map(found.flatMap((session) => (session === undefined ? [] : [[session.id, session]])));
    },
    async readMembers(parentIds, signal) {
      const [only = ""] = parentIds;
      const filter = parentIds.length === 1 ? `eq.${encodeURIComponent(only)}` : `in.(${listed(parentIds)})`;
      const members = await listSessions(`parent_session_id=${filter}`, signal);
      return sessionsByParent(members, parentIds);
    },
    async readNamed(names, signal) {
      const [only = ""] = names;
      const filter = names.length === 1 ? `eq.${encodeURIComponent(only)}` : `in.(${listed(names)})`;
      const found = await listSessions(`name=${filter}&parent_session_id=is.null`, signal);
      return sessionsByName(found, names);
    },
    async createSession(body, confirm) {
      const attempted = `create import session "${body.name}"`;
      const answer = await send({ method: "POST", path: "/import_session", body, attempted, confirm }, [201, 200]);
      return parse(wireCreated, answer, attempted).id;
    },
    async reschedule(id, scheduledTimestamp, confirm) {
      const attempted = `reschedule import session ${id}`;
      await send(
        {
          method: "PATCH",
          path: sessionPath(id),
          body: { scheduled_timestamp: scheduledTimestamp },
          attempted,
          confirm,
        },
        [204, 200],
      );
    },
    act: (id, action, confirm) =>
      post({ path: `${sessionPath(id)}/${action}`, attempted: `${phrases[action]} import session ${id}`, confirm }),
    cancel(id, force, confirm) {
      const attempted = `cancel import session ${id}${force ? " with force" : ""}`;
      return post({ path: `${sessionPath(id)}/cancel`, attempted, body: force ? { force } : undefined, confirm });
    },
    async removeSession(id, confirm) {
      await send(
        { method: "DELETE", path: sessionPath(id), attempted: `remove the record of import session ${id}`, confirm },
        [204, 200, 404],
      );
    },
    async readRoleIds(signal) {
      const attempted = "look up the user's roles";
      const query = "select=role_ids";
      const answer = await send({ method: "GET", path: "/login_session", query, attempted, signal }, [200, 206]);
      return parse(wireLogins, answer, attempted)[0]?.role_ids ?? [];
    },
    listRoles: (signal) => list({ path: "/role", query: "select=id,name", attempted: "list roles", signal }, wireRoles),
    async findRemoteSystem(idOrName, signal) {
      const attempted = `find remote system ${idOrName}`;
      const [attribute, value] = idOrName.startsWith("name:")
        ? ["name", idOrName.slice("name:".length)]
        : ["id", idOrName];
      const query = `select=${remoteSystemSelect}&${attribute}=eq.${encodeURIComponent(value)}`;
      const answer = await send({ method: "GET", path: "/remote_system", query, attempted, signal }, [200, 206]);
      return parse(wireRemoteSystems, answer, attempted)[0];
    },
    async listSourceVolumes(kind, filter, signal) {
      const attempted = "look for the source volume";
      const query = `select=${sourceSelect}&${filter}&order=id`;
      const answer = await send({ method: "GET", path: `/${kind}`, query, attempted, signal }, [200, 206]);
      return parse(wireSourceVolumes, answer, attempted);
    },
    listRemoteSystems(signal) {
      const query = `select=${remoteSystemSelect}`;
      return list({ path: "/remote_system", query, attempted: "list remote systems", signal }, wireRemoteSystems);
    },
    listSources(kind, signal) {
      const query = "select=id,importable_criteria";
      return list({ path: `/${kind}`, query, attempted: "list sources", signal }, wireSources);
    },
    async findSource(kind, id, signal) {
      const attempted = `look for source ${id}`;
      const query = `select=id,importable_criteria&id=eq.${encodeURIComponent(id)}`;
      const answer = await send({ method: "GET", path: `/${kind}`, query, attempted, signal }, [200, 206]);
      return parse(wireSources, answer, attempted)[0];
    },
  };
}

/** A query of so many ids stays below 8 kB, which is as long a request line as most servers take. */
export const idsPerQuery = 100;

/** Picks these sessions; more than a query can name by all that lie between the first and the last of them. */
function idFilter(ids: readonly string[]): string {
  if (ids.length <= idsPerQuery) return `id=in.(${listed(ids)})`;
  const ascending = ids.map((id) => encodeURIComponent(id)).sort();
  return `id=gte.${ascending.at(0)}&id=lte.${ascending.at(-1)}`;
}

function listed(ids: readonly string[]): string {
  return ids.map((id) => encodeURIComponent(id)).join(",");
}

const phrases: Readonly<Record<SessionAction, string>> = {
  pause: "pause",
  resume: "resume",
  enable_destination_volume: "enable the destination volume of",
  start_copy: "start the copy of",
  cutover: "cut over",
  cleanup: "clean up",
};

function sessionPath(id: string): string {
  return `/import_session/${encodeURIComponent(id)}`;
}
