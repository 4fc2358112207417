import { saysSuspect } from "../../error-codes.ts";
import type { CommandKind, JobCommand } from "../../job.ts";
import type { Failure, Sent } from "../plan/member.ts";

/** How long a session may take to show what became of a command that nothing else tells of, in milliseconds. */
export const graceMs = 60_000;

/** What a run has sent and what has come of it so far. Every change of it is a new one. */
export interface CommandLog {
  /** By session: the last command, until the session shows that it is carried out. */
  readonly sent: ReadonlyMap<number, Sent>;
  /** By session: commands sent in this run. */
  readonly tries: ReadonlyMap<number, number>;
  /** By session: the job of the suspend that was sent for it, unless it failed. */
  readonly suspendJobs: ReadonlyMap<number, number>;
  /** Sessions whose destination lacks data: they were suspended by force, or the array does not vouch for them. */
  readonly suspect: ReadonlySet<number>;
  /** Sessions that were suspended by an earlier run of which nothing is recorded: they were active before. */
  readonly orphans: ReadonlySet<number>;
  /** By id: jobs whose end has not been seen. */
  readonly openJobs: ReadonlyMap<number, OpenJob>;
  /** Jobs of this run, oldest first. */
  readonly jobIds: readonly number[];
  /** Whether the user's jobs have been looked through for those that concern these sessions. */
  readonly isInformed: boolean;
  /** Whether nothing is recorded of the group: a run that was killed may have begun it. */
  readonly isNew: boolean;
  /** Commands whose answer was lost: the array may have taken them. */
  readonly lost: readonly JobCommand[];
}

export interface OpenJob extends JobCommand {
  /**
   * This run's own; one an earlier run recorded; one met among the user's jobs, which may be anybody's; or one met there that does exactly what a run that was
   * killed would have done.
   */
  readonly origin: "run" | "record" | "list" | "orphan";
}

/** Whether the job is this group's for certain. */
export function isOurs(origin: OpenJob["origin"] | undefined): boolean {
  return origin === "run" || origin === "record";
}

/**
 * @param unfinished sessions whose suspend an earlier run started and did not see the end of, with its job
 * @param isNew whether nothing is recorded of the group
 */
export function openCommandLog(
  unfinished: readonly (readonly [sessionId: number, jobId: number])[],
  isNew = false,
): CommandLog {
  const empty: CommandLog = {
    sent: new Map(),
    tries: new Map(),
    suspendJobs: new Map(),
    suspect: new Set(),
    orphans: new Set(),
    openJobs: new Map(),
    jobIds: [],
    isInformed: false,
    isNew,
    lost: [],
  };
  const jobIds = new Set(unfinished.map(([, jobId]) => jobId));
  return [...jobIds].reduce((ledger, jobId) => {
    const ids = unfinished.filter(([, other]) => other === jobId).map(([sessionId]) => sessionId);
    return following(ledger, jobId, { kind: "suspend", ids, origin: "record" });
  }, empty);
}

/** A job was started, or is met: its sessions are waited for. */
export function following(ledger: CommandLog, jobId: number, job: OpenJob): CommandLog {
  const sent: Sent = { is: "under way", kind: job.kind, jobId };
  return {
    ...ledger,
    sent: withAll(ledger.sent, job.ids, sent),
    openJobs: new Map([...ledger.openJobs, [jobId, job]]),
    jobIds: job.origin === "run" ? [...ledger.jobIds, jobId] : ledger.jobIds,
    suspendJobs: job.kind === "suspend" ? withAll(ledger.suspendJobs, job.ids, jobId) : ledger.suspendJobs,
  };
}

/** A command failed for one session. @param restMs how long the array asked to be left alone, in milliseconds */
export function failing(
  ledger: CommandLog,
  kind: CommandKind,
  id: number,
  failure: Failure,
  nowMs: number,
  restMs = 0,
): CommandLog {
  const changed = withoutJob(ledger, kind, id);
  const pauseMs = Math.max(restMs, Math.min(1000 * 2 ** (changed.tries.get(id) ?? 0), graceMs));
  const suspect = saysSuspect(failure.code) ? new Set([...changed.suspect, id]) : changed.suspect;
  return sending({ ...changed, suspect }, id, { is: "failed", kind, failure, againMs: nowMs + pauseMs });
}

export function counting(ledger: CommandLog, { ids }: JobCommand): CommandLog {
  return {
    ...ledger,
    tries: new Map([...ledger.tries, ...ids.map((id) => [id, (ledger.tries.get(id) ?? 0) + 1] as const)]),
  };
}

export function sending(ledger: CommandLog, id: number, sent: Sent): CommandLog {
  return { ...ledger, sent: withAll(ledger.sent, [id], sent) };
}

/** The command is not what has suspended the session. */
export function withoutJob(ledger: CommandLog, kind: CommandKind, id: number): CommandLog {
  return kind === "suspend" ? { ...ledger, suspendJobs: without(ledger.suspendJobs, id) } : ledger;
}

export function withAll<Value>(
  map: ReadonlyMap<number, Value>,
  ids: readonly number[],
  value: Value,
): Map<number, Value> {
  return new Map([...map, ...ids.map((id) => [id, value] as const)]);
}

export function without<Value>(map: ReadonlyMap<number, Value>, id: number): Map<number, Value> {
  return new Map([...map].filter(([key]) => key !== id));
}
