import type { AuthenticatedHttp } from "../core/array/login.ts";
import type { Clock } from "../core/async/clock.ts";
import { absentWhenNotFound } from "../core/errors.ts";
import type { Confirm, HttpRequest } from "../core/http/exchange.ts";
import { type PowerStoreRequests, powerStoreRequests } from "./requests.ts";
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

/** The import part of PowerStore's REST interface, call by call. */
export interface PowerStoreClient extends SessionClient, SourceClient, RoleClient {}

/** The actions of an import session that take no body. */
export type SessionAction = "pause" | "resume" | "enable_destination_volume" | "start_copy" | "cutover" | "cleanup";

/** How errors name it, `cut over import session 7`, and what is called right before it leaves. */
type Sending = Pick<HttpRequest, "attempted" | "confirm">;

interface SessionClient {
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
  reschedule(id: string, scheduledTimestamp: string, sending: Sending): Promise<void>;
  act(id: string, action: SessionAction, sending: Sending): Promise<void>;
  /** `force: true` ends the import even if source or hosts cannot be reached, without a rollback. */
  cancel(id: string, force: boolean, sending: Sending): Promise<void>;
  /** Removes the record of a session that is over; the destination volume stays. */
  removeSession(id: string, sending: Sending): Promise<void>;
}

interface SourceClient {
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

interface RoleClient {
  /** The ids of the roles of the user who is logged in. */
  readRoleIds(signal: AbortSignal): Promise<readonly string[]>;
  /** All roles of the array. */
  listRoles(signal: AbortSignal): Promise<WireRole[]>;
}

export function powerStoreClient(http: AuthenticatedHttp, clock: Clock): PowerStoreClient {
  const requests = powerStoreRequests(http, clock);
  return { ...sessionClient(requests), ...sourceClient(requests), ...roleClient(requests) };
}

function sessionClient({ send, read, list, parse }: PowerStoreRequests): SessionClient {
  const getSession = (id: string, signal: AbortSignal) => {
    const query = `select=${sessionSelect}`;
    return read(wireSession, { path: sessionPath(id), query, attempted: `read import session ${id}`, signal });
  };
  const listSessions = (filter: string, signal: AbortSignal) => {
    const query = [`select=${sessionSelect}`, ...(filter === "" ? [] : [filter])].join("&");
    return list(wireSessions, { path: "/import_session", query, attempted: "list import sessions", signal });
  };
  const change = async (request: Omit<HttpRequest, "signal">, expected: readonly number[] = [204, 200]) => {
    await send(request, expected);
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
      return sessionsByParent(await listSessions(`parent_session_id=${anyOf(parentIds)}`, signal), parentIds);
    },
    async readNamed(names, signal) {
      const found = await listSessions(`name=${anyOf(names)}&parent_session_id=is.null`, signal);
      return sessionsByName(found, names);
    },
    async createSession(body, confirm) {
      const attempted = `create import session "${body.name}"`;
      const request = {
        method: "POST",
        path: "/import_session",
        body,
        attempted,
        confirm,
        namesItsObject: true,
      } as const;
      const answer = await send(request, [201, 200]);
      return parse(wireCreated, answer, attempted).id;
    },
    reschedule(id, scheduledTimestamp, sending) {
      const body = { scheduled_timestamp: scheduledTimestamp };
      return change({ ...sending, method: "PATCH", path: sessionPath(id), body });
    },
    act: (id, action, sending) => change({ ...sending, method: "POST", path: `${sessionPath(id)}/${action}` }),
    cancel(id, force, sending) {
      const path = `${sessionPath(id)}/cancel`;
      return change({ ...sending, method: "POST", path, body: force ? { force } : undefined });
    },
    removeSession: (id, sending) => change({ ...sending, method: "DELETE", path: sessionPath(id) }, [204, 200, 404]),
  };
}

function sourceClient({ read, list }: PowerStoreRequests): SourceClient {
  return {
    async findRemoteSystem(idOrName, signal) {
      const [attribute, value] = idOrName.startsWith("name:")
        ? ["name", idOrName.slice("name:".length)]
        : ["id", idOrName];
      const query = `select=${remoteSystemSelect}&${attribute}=eq.${encodeURIComponent(value)}`;
      const attempted = `find remote system ${idOrName}`;
      return (await read(wireRemoteSystems, { path: "/remote_system", query, attempted, signal }))[0];
    },
    listRemoteSystems(signal) {
      const query = `select=${remoteSystemSelect}`;
      return list(wireRemoteSystems, { path: "/remote_system", query, attempted: "list remote systems", signal });
    },
    listSourceVolumes(kind, filter, signal) {
      const query = `select=${sourceSelect}&${filter}&order=id`;
      return read(wireSourceVolumes, { path: `/${kind}`, query, attempted: "find the source volume", signal });
    },
    async findSource(kind, id, signal) {
      const query = `select=id,importable_criteria&id=eq.${encodeURIComponent(id)}`;
      return (await read(wireSources, { path: `/${kind}`, query, attempted: `find source ${id}`, signal }))[0];
    },
    listSources(kind, signal) {
      const query = "select=id,importable_criteria";
      return list(wireSources, { path: `/${kind}`, query, attempted: "list sources", signal });
    },
  };
}

function roleClient({ read, list }: PowerStoreRequests): RoleClient {
  return {
    async readRoleIds(signal) {
      const query = "select=role_ids";
      const attempted = "read the user's roles";
      return (await read(wireLogins, { path: "/login_session", query, attempted, signal }))[0]?.role_ids ?? [];
    },
    listRoles: (signal) => list(wireRoles, { path: "/role", query: "select=id,name", attempted: "list roles", signal }),
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

function anyOf(values: readonly string[]): string {
  const [only = ""] = values;
  return values.length === 1 ? `eq.${encodeURIComponent(only)}` : `in.(${listed(values)})`;
}

function listed(values: readonly string[]): string {
  return values.map((value) => encodeURIComponent(value)).join(",");
}

function sessionPath(id: string): string {
  return `/import_session/${encodeURIComponent(id)}`;
}
