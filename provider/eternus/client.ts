import type { z } from "zod";
import type { Clock } from "../core/clock.ts";
import { MigrationError } from "../core/errors.ts";
import type { HttpAnswer, HttpRequest } from "../core/http.ts";
import { parseAnswer } from "../core/json.ts";
import type { Session } from "../core/login.ts";
import { refusalError } from "../core/refusal.ts";
import type { CopySession } from "./copy-session.ts";
import { saysAlreadySo } from "./error-codes.ts";
import type { CommandKind, Job } from "./job.ts";
import { refusal } from "./refusal.ts";
import { accepted, copySession, copySessionPage, job, jobPage, sessionFields } from "./wire.ts";

/** Modes of a REC session; what is absent stays as it is. */
export interface Modes {
  readonly transferMode?: string | undefined;
  /** For Synchronous mode only. */
  readonly splitMode?: string | undefined;
  readonly recoveryMode?: string | undefined;
}

/** The id of the job that an accepted command became, or that the array says it is so already. */
export type Accepted = number | "already so";

/** The copy session part of the ETERNUS RESTful API, call by call. */
export interface EternusClient {
  /** Sessions by id, or all of them; ids the array does not have are left out. Ascending by id. */
  listSessions(ids: readonly number[] | undefined, signal: AbortSignal): Promise<CopySession[]>;
  /** @returns undefined when the array has no such session */
  getSession(id: number, signal: AbortSignal): Promise<CopySession | undefined>;
  /** One command for all of them, so that they are suspended at one moment. */
  suspend(ids: readonly number[], force: boolean): Promise<Accepted>;
  resume(id: number): Promise<Accepted>;
  reverse(id: number): Promise<Accepted>;
  modify(id: number, modes: Modes): Promise<Accepted>;
  /** The jobs this user has started, by id or all of them, without what became of each session. */
  listJobs(ids: readonly number[] | undefined, signal: AbortSignal): Promise<Job[]>;
  /** @returns undefined when the job is gone: half an hour after its end, deleted, or another user's */
  getJob(id: number, signal: AbortSignal): Promise<Job | undefined>;
  /** Makes room in the array's table of 512 jobs. */
  deleteJob(id: number): Promise<void>;
}

// Keeps the request line far below any limit an array may have.
const idsPerRequest = 100;

export function eternusClient(session: Session, clock: Clock): EternusClient {
  const send = async (request: HttpRequest): Promise<HttpAnswer> => {
    const answer = await session.send({ ...request, path: `/api/v1${request.path}` });
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw refusalError(answer, { attempted: request.attempted, on: session.arrayName, clock }, refusal(answer));
  };
  const get = async <Value>(schema: z.ZodType<Value>, request: Omit<HttpRequest, "method">): Promise<Value> => {
    const answer = await send({ ...request, method: "GET" });
    return parseAnswer(schema, answer, { attempted: request.attempted, on: session.arrayName });
  };
  const getOrAbsent = <Value>(schema: z.ZodType<Value>, request: Omit<HttpRequest, "method">) =>
    get(schema, request).catch(absentWhenNotFound);
  let isChoosy = true;
  /** Asks for the attributes needed, or for all from an array that refuses to be asked for one it does not have. */
  const choosy = async <Value>(
    fields: string,
    ask: (selection: readonly string[]) => Promise<Value>,
  ): Promise<Value> => {
    if (!isChoosy) return ask([]);
    try {
      return await ask([`fields=${fields}`]);
    } catch (error) {
      if (!(error instanceof MigrationError) || error.kind !== "refused") throw error;
      const whole = await ask([]);
      isChoosy = false;
      return whole;
    }
  };
  const list = async <Item extends { readonly id: number }>(
    schema: z.ZodType<Page<Item>>,
    request: Omit<HttpRequest, "method" | "query"> & { readonly filters: readonly string[] },
  ): Promise<Item[]> => {
    const items: Item[] = [];
    for (;;) {
      const last = items.at(-1)?.id;
      const query = [...request.filters, ...(last === undefined ? [] : [`last_get_id=${last}`])].join("&");
      const page = await get(schema, { ...request, query: query === "" ? undefined : query });
      const fresh = page.items.filter(({ id }) => last === undefined || id > last);
      items.push(...fresh);
      // Lists ascend by id, so a page without a higher one ends it, whatever link it carries.
      if (!page.hasMore || fresh.length === 0) return items;
    }
  };
  const listByIds = async <Item extends { readonly id: number }>(
    schema: z.ZodType<Page<Item>>,
    request: Omit<HttpRequest, "method" | "query"> & { readonly fields: string; readonly idName: string },
    ids: readonly number[] | undefined,
  ): Promise<Item[]> => {
    const filters = ids === undefined ? [[]] : chunks(ids).map((chunk) => [`${request.idName}=${chunk.join(",")}`]);
    const pages: Item[] = [];
    for (const filter of filters) {
      const read = (selection: readonly string[]) => list(schema, { ...request, filters: [...selection, ...filter] });
      pages.push(...(await choosy(request.fields, read)));
    }
    return pages;
  };
  const command = async (
    kind: CommandKind,
    attempted: string,
    request: Pick<HttpRequest, "method" | "path" | "body">,
  ): Promise<Accepted> => {
    try {
      return parseAnswer(accepted, await send({ ...request, attempted }), { attempted, on: session.arrayName });
    } catch (error) {
      if (error instanceof MigrationError && saysAlreadySo(kind, error.code)) return "already so";
      throw error;
    }
  };

  return {
    async listSessions(ids, signal) {
      const attempted = ids === undefined ? "list copy sessions" : `read ${sessionsText(ids)}`;
      const request = { path: "/copysession", fields: sessionFields, idName: "copysession_id", attempted, signal };
      const sessions = await listByIds(copySessionPage, request, ids);
      return sessions.sort((one, other) => one.id - other.id);
    },
    getSession(id, signal) {
      const attempted = `read ${sessionsText([id])}`;
      const request = { path: sessionPath(id), attempted, signal };
      return choosy(sessionFields, ([query]) => getOrAbsent(copySession, { ...request, query }));
    },
    suspend: (ids, force) =>
      command("suspend", `suspend ${sessionsText(ids)}${force ? " by force" : ""}`, {
        method: "POST",
        path: "/copysession/suspend",
        body: { copysession_id_list: ids, force },
      }),
    resume: (id) =>
      command("resume", `resume ${sessionsText([id])}`, { method: "POST", path: `${sessionPath(id)}/resume` }),
    reverse: (id) =>
      command("reverse", `reverse ${sessionsText([id])}`, { method: "POST", path: `${sessionPath(id)}/reverse` }),
    modify: (id, modes) =>
      command("modify", `change the modes of ${sessionsText([id])}`, {
        method: "PATCH",
        path: sessionPath(id),
        body: {
          transfer_mode: modes.transferMode,
          split_mode: modes.splitMode,
          recovery_mode: modes.recoveryMode,
        },
      }),
    listJobs: (ids, signal) =>
      listByIds(
        jobPage,
        { path: "/job", fields: "status,description", idName: "job_id", attempted: "list jobs", signal },
        ids,
      ),
    getJob: (id, signal) => getOrAbsent(job, { path: `/job/${id}`, attempted: `read job ${id}`, signal }),
    async deleteJob(id) {
      await send({ method: "DELETE", path: `/job/${id}`, attempted: `delete job ${id}` });
    },
  };
}

/** `copy session 7`, `copy sessions 7, 8`. */
export function sessionsText(ids: readonly number[]): string {
  return `copy session${ids.length === 1 ? "" : "s"} ${ids.join(", ")}`;
}

interface Page<Item> {
  readonly items: Item[];
  readonly hasMore: boolean;
}

function sessionPath(id: number): string {
  return `/copysession/${id}`;
}

function chunks(ids: readonly number[]): number[][] {
  const ascending = [...ids].sort((one, other) => one - other);
  return Array.from({ length: Math.ceil(ascending.length / idsPerRequest) }, (_, index) =>
    ascending.slice(index * idsPerRequest, (index + 1) * idsPerRequest),
  );
}

function absentWhenNotFound(error: unknown): undefined {
  if (error instanceof MigrationError && error.kind === "notFound") return undefined;
  throw error;
}
