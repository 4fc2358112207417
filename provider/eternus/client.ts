import type { AuthenticatedHttp } from "../core/array/login.ts";
import type { Clock } from "../core/async/clock.ts";
import type { Confirm } from "../core/http/exchange.ts";
import type { CopySession } from "./copy-session.ts";
import type { Job } from "./job.ts";
import { eternusRequests, type Requests } from "./requests.ts";
import { copySession, copySessionPage, job, jobPage, sessionFields } from "./wire.ts";

/** Modes of a REC session; what is absent stays as it is. */
export interface Modes {
  readonly transferMode?: string | undefined;
  /** For Synchronous mode only. */
  readonly splitMode?: string | undefined;
  readonly recoveryMode?: string | undefined;
}

export type EternusClient = ReturnType<typeof eternusClient>;

/** The copy session part of the ETERNUS RESTful API, call by call. */
export function eternusClient(session: AuthenticatedHttp, clock: Clock) {
  const requests = eternusRequests(session, clock);
  return { ...reads(requests), ...commands(requests) };
}

/** `copy session 7`, `copy sessions 7, 8`; of many the first few. */
export function sessionsText(ids: readonly number[]): string {
  return `copy session${ids.length === 1 ? "" : "s"} ${idsText(ids, ids.length > mostNamed ? mostNamed - 1 : mostNamed)}`;
}

/** `7, 8`; of many the first: `7, 8 and 3 more`. */
export function idsText(ids: readonly number[], max = mostNamed): string {
  const more = ids.length > max ? ` and ${ids.length - max} more` : "";
  return `${ids.slice(0, max).join(", ")}${more}`;
}

const mostNamed = 16;

function reads(requests: Requests) {
  const listSessions = async (ids: readonly number[] | undefined, signal: AbortSignal): Promise<CopySession[]> => {
    const attempted = ids === undefined ? "list copy sessions" : `read ${sessionsText(ids)}`;
    const sessions: CopySession[] = [];
    for (const filter of idFilters("copysession_id", ids)) {
      const reading = { path: "/copysession", attempted, signal };
      const ask = (fields: readonly string[]) => requests.list(copySessionPage, reading, [...fields, ...filter]);
      sessions.push(...(await requests.choosing(sessionFields, ask)));
    }
    return sessions;
  };
  const listJobs = async (
    { ids, statuses }: { readonly ids?: readonly number[]; readonly statuses?: readonly string[] },
    signal: AbortSignal,
  ): Promise<Job[]> => {
    const jobs: Job[] = [];
    const status = statuses === undefined ? [] : [`status=${statuses.join(",")}`];
    for (const filter of idFilters("job_id", ids)) {
      const filters = ["fields=status,description", ...filter, ...status];
      jobs.push(...(await requests.list(jobPage, { path: "/job", attempted: "list jobs", signal }, filters)));
    }
    return jobs;
  };
  return {
    /** Sessions by id, or all of them; ids the array does not have are left out. Ascending by id. */
    listSessions,
    /** The same, by their ids. */
    readSessions: async (ids: readonly number[], signal: AbortSignal) => byId(await listSessions(ids, signal)),
    /** @returns undefined when the array has no such session */
    getSession(id: number, signal: AbortSignal): Promise<CopySession | undefined> {
      const reading = { path: `/copysession/${id}`, attempted: `read ${sessionsText([id])}`, signal };
      return requests.choosing(sessionFields, ([query]) => requests.find(copySession, { ...reading, query }));
    },
    /** Jobs of this user, without what became of each session; ids the array does not have are left out. Ascending by id. */
    listJobs,
    /** The same, by their ids. */
    readJobs: async (ids: readonly number[], signal: AbortSignal) => byId(await listJobs({ ids }, signal)),
    /** @returns undefined when the job is gone: half an hour after its end, deleted, or another user's */
    getJob: (id: number, signal: AbortSignal): Promise<Job | undefined> =>
      requests.find(job, { path: `/job/${id}`, attempted: `read job ${id}`, signal }),
    /** Makes room in the array's table of 512 jobs. */
    async deleteJob(id: number, signal: AbortSignal): Promise<void> {
      await requests.send({ method: "DELETE", path: `/job/${id}`, attempted: `delete job ${id}`, signal });
    },
  };
}

function commands(requests: Requests) {
  const single = (kind: "resume" | "reverse") => (id: number, confirm?: Confirm) => {
    const attempted = `${kind} ${sessionsText([id])}`;
    return requests.command(kind, { method: "POST", path: `/copysession/${id}/${kind}`, attempted, confirm });
  };
  return {
    /** One command for all of them, so that they are suspended at one moment. */
    suspend: (ids: readonly number[], force: boolean, confirm?: Confirm) =>
      requests.command("suspend", {
        method: "POST",
        path: "/copysession/suspend",
        body: { copysession_id_list: ids, force },
        attempted: `suspend ${sessionsText(ids)}${force ? " by force" : ""}`,
        confirm,
      }),
    resume: single("resume"),
    reverse: single("reverse"),
    modify: (id: number, { transferMode, splitMode, recoveryMode }: Modes, confirm?: Confirm) =>
      requests.command("modify", {
        method: "PATCH",
        path: `/copysession/${id}`,
        body: { transfer_mode: transferMode, split_mode: splitMode, recovery_mode: recoveryMode },
        attempted: `change the modes of ${sessionsText([id])}`,
        confirm,
      }),
  };
}

function byId<Item extends { readonly id: number }>(items: readonly Item[]): ReadonlyMap<number, Item> {
  return new Map(items.map((item) => [item.id, item]));
}

/** Keeps the request line far below any limit an array may have. */
export const idsPerRequest = 100;

/** The query parts that pick so many ids at a time; commas stay raw (RESTful API reference, URI). Without ids one that picks all. */
function idFilters(name: string, ids: readonly number[] | undefined): string[][] {
  if (ids === undefined) return [[]];
  const ascending = [...ids].sort((one, other) => one - other);
  return Array.from({ length: Math.ceil(ascending.length / idsPerRequest) }, (_, index) => [
    `${name}=${ascending.slice(index * idsPerRequest, (index + 1) * idsPerRequest).join(",")}`,
  ]);
}
