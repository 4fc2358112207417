import type { AuthenticatedHttp } from "../core/array/login.ts";
import type { Clock } from "../core/async/clock.ts";
import { absentWhenNotFound } from "../core/errors.ts";
import type { Confirm, HttpRequest } from "../core/http/exchange.ts";
import { type PowerStoreRequests, powerStoreRequests } from "./requests.ts";
import {
  type WireSession,
  wireCluster,
  wireCreated,
  wireLogin,
  wireRemoteSystem,
  wireRole,
  wireSession,
  wireSource,
  wireSourceVolume,
} from "./wire.ts";

export type PowerStoreClient = ReturnType<typeof powerStoreClient>;

/** The import part of PowerStore's REST interface, call by call. */
export function powerStoreClient(http: AuthenticatedHttp, clock: Clock) {
  const requests = powerStoreRequests(http, clock);
  return { ...sessionReads(requests), ...sessionActions(requests), ...sourceReads(requests), ...roleReads(requests) };
}

function sessionReads({ read, list }: PowerStoreRequests) {
  const getSession = (id: string, signal: AbortSignal) =>
    read(wireSession, { path: sessionPath(id), attempted: `read import session ${id}`, signal });
  /** @param filter PowerStore's own filter syntax, encoded by the caller: `name=eq.erp`; all sessions if it is empty */
  const listSessions = (filter: string, signal: AbortSignal) =>
    list(wireSession, { path: "/import_session", filter, attempted: "list import sessions", signal });
  return {
    getSession,
    listSessions,
    /** Sessions by their ids; ids the array does not have are left out. */
    async readSessions(ids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, WireSession>> {
      const [only = ""] = ids;
      const found =
        ids.length === 1
          ? [await getSession(only, signal).catch(absentWhenNotFound)]
          : await listSessions(idFilter(ids), signal);
      return new Map(found.flatMap((session) => (session === undefined ? [] : [[session.id, session]])));
    },
    /** The sessions of the members of consistency groups, by the id of the group's session. */
    async readMembers(
      parentIds: readonly string[],
      signal: AbortSignal,
    ): Promise<ReadonlyMap<string, readonly WireSession[]>> {
      return sessionsByParent(await listSessions(`parent_session_id=${anyOf(parentIds)}`, signal), parentIds);
    },
    /** Sessions that are nobody's members, by their names; names compare exactly. */
    async readNamed(names: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, WireSession>> {
      const found = await listSessions(`name=${anyOf(names)}&parent_session_id=is.null`, signal);
      return sessionsByName(found, names);
    },
    /** Sessions by the ids of their sources; those of the members of consistency groups too. */
    async readOfSources(
      sourceIds: readonly string[],
      signal: AbortSignal,
    ): Promise<ReadonlyMap<string, readonly WireSession[]>> {
      return sessionsBySource(await listSessions(`source_resource_id=${anyOf(sourceIds)}`, signal), sourceIds);
    },
  };
}

export function sessionsById(sessions: readonly WireSession[], ids: readonly string[]): Map<string, WireSession> {
  return new Map(sessions.filter(({ id }) => ids.includes(id)).map((session) => [session.id, session]));
}

/** Sessions that are nobody's members. Names compare exactly, though the array compares them without regard to case. */
export function sessionsByName(sessions: readonly WireSession[], names: readonly string[]): Map<string, WireSession> {
  const found = sessions.filter(
    ({ name = "", parent_session_id: parentId }) => parentId === undefined && names.includes(name),
  );
  return new Map(found.map((session) => [session.name ?? "", session]));
}

export function sessionsByParent(
  sessions: readonly WireSession[],
  parentIds: readonly string[],
): Map<string, WireSession[]> {
  const members = sessions.filter(({ parent_session_id: parentId = "" }) => parentIds.includes(parentId));
  return Map.groupBy(members, ({ parent_session_id: parentId = "" }) => parentId);
}

export function sessionsBySource(
  sessions: readonly WireSession[],
  sourceIds: readonly string[],
): Map<string, WireSession[]> {
  const those = sessions.filter(({ source_resource_id: sourceId = "" }) => sourceIds.includes(sourceId));
  return Map.groupBy(those, ({ source_resource_id: sourceId = "" }) => sourceId);
}

/** The actions of an import session that take no body. */
export type SessionAction = "pause" | "resume" | "enable_destination_volume" | "start_copy" | "cutover" | "cleanup";

/** How errors name it, `cut over import session 7`, and what is called right before it leaves. */
type Sending = Pick<HttpRequest, "attempted" | "confirm">;

function sessionActions({ send, parse }: PowerStoreRequests) {
  const change = async (request: Omit<HttpRequest, "signal">, expected = [204, 200]): Promise<undefined> => {
    await send(request, expected);
  };
  return {
    /** @returns the new session's id */
    async createSession(body: { readonly name: string; readonly [key: string]: unknown }, confirm?: Confirm) {
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
    reschedule: (id: string, scheduledTimestamp: string, sending: Sending) =>
      change({ ...sending, method: "PATCH", path: sessionPath(id), body: { scheduled_timestamp: scheduledTimestamp } }),
    act: (id: string, action: SessionAction, sending: Sending) =>
      change({ ...sending, method: "POST", path: `${sessionPath(id)}/${action}` }),
    /** @param force ends the import even if source or hosts cannot be reached, without a rollback */
    cancel: (id: string, force: boolean, sending: Sending) =>
      change({ ...sending, method: "POST", path: `${sessionPath(id)}/cancel`, body: force ? { force } : undefined }),
    /** Removes the record of a session that is over; the destination volume stays. */
    removeSession: (id: string, sending: Sending) =>
      change({ ...sending, method: "DELETE", path: sessionPath(id) }, [204, 200, 404]),
  };
}

/** `kind` is the resource of a make, such as `import_unity_volume` or `import_unity_consistency_group`. */
function sourceReads({ page, list }: PowerStoreRequests) {
  return {
    /** @param idOrName an id, or `name:<name>` */
    async findRemoteSystem(idOrName: string, signal: AbortSignal) {
      const [attribute, value] = idOrName.startsWith("name:")
        ? ["name", idOrName.slice("name:".length)]
        : ["id", idOrName];
      const filter = `${attribute}=eq.${encodeURIComponent(value)}`;
      const attempted = `find remote system ${idOrName}`;
      return (await page(wireRemoteSystem, { path: "/remote_system", filter, attempted, signal }))[0];
    },
    listRemoteSystems: (signal: AbortSignal) =>
      list(wireRemoteSystem, { path: "/remote_system", attempted: "list remote systems", signal }),
    /** Volumes discovered on remote systems. */
    listSourceVolumes(kind: string, filter: string, signal: AbortSignal) {
      const attempted = "find the source volume";
      return page(wireSourceVolume, { path: `/${kind}`, filter: `${filter}&order=id`, attempted, signal });
    },
    /** A discovered volume or group. */
    async findSource(kind: string, id: string, signal: AbortSignal) {
      const filter = `id=eq.${encodeURIComponent(id)}`;
      return (await page(wireSource, { path: `/${kind}`, filter, attempted: `find source ${id}`, signal }))[0];
    },
    /** All volumes or groups discovered on remote systems of a make. */
    listSources: (kind: string, signal: AbortSignal) =>
      list(wireSource, { path: `/${kind}`, attempted: "list sources", signal }),
  };
}

function roleReads({ page, list }: PowerStoreRequests) {
  return {
    /** The ids of the roles of the user who is logged in. */
    async readRoleIds(signal: AbortSignal) {
      const [login] = await page(wireLogin, { path: "/login_session", attempted: "read the user's roles", signal });
      return login?.role_ids ?? [];
    },
    /** The array's own identity, which stays when its address changes. */
    async readIdentity(signal: AbortSignal) {
      const [cluster] = await page(wireCluster, { path: "/cluster", attempted: "read the array's identity", signal });
      return cluster?.global_id;
    },
    listRoles: (signal: AbortSignal) => list(wireRole, { path: "/role", attempted: "list roles", signal }),
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
