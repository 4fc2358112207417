import { saysSuspect } from "../../error-codes.ts";
import { type CommandKind, graceMs, type JobCommand } from "../../job.ts";
import type { Accepted } from "../../requests.ts";

/** What has come, so far, of the last command for a session. */
export type Sent =
  /** Its job is queued or running. `shownMs`: since when the session shows it to be carried out all the same. */
  | {
      readonly kind: "under way";
      readonly command: CommandKind;
      /** Of a suspend. @default false */
      readonly force?: boolean | undefined;
      readonly jobId: number;
      readonly shownMs?: number | undefined;
    }
  /** The array reports that it is done, or that the rest happens automatically; the session will show it. */
  | { readonly kind: "done"; readonly command: CommandKind }
  /** The job is gone or reports nothing: the session shows it by then, or it was not done. `failure`: why; without one it may be sent again. */
  | {
      readonly kind: "unclear";
      readonly command: CommandKind;
      readonly untilMs: number;
      readonly failure?: Failure | undefined;
    }
  /** The array rejected it, or it failed. `againMs`: when it may be tried again, where its code leaves room for that. */
  | { readonly kind: "failed"; readonly command: CommandKind; readonly failure: Failure; readonly againMs: number };

export interface Failure {
  /** The array's message number. */
  readonly code?: string | undefined;
  readonly message: string;
  /** The array was occupied and did not take the command, whatever code it gave. */
  readonly isPassing?: boolean;
  /** How long it asked to be left alone, in milliseconds. @default no time */
  readonly restMs?: number | undefined;
}

/** What a run has sent and what has come of it so far. Every change of it is a new one. */
export interface CommandLog {
  /** By session: the last command, until the session shows that it is carried out. */
  readonly sent: ReadonlyMap<number, Sent>;
  /** By session: commands sent in this run. */
  readonly tries: ReadonlyMap<number, number>;
  /** By session: the job of the suspend that this group has sent for it, unless it failed. */
  readonly suspendJobs: ReadonlyMap<number, number>;
  /** Sessions whose destination lacks data: they were suspended by force, or the array does not vouch for them. */
  readonly suspect: ReadonlySet<number>;
  /** Sessions that were suspended by an earlier run of which nothing is recorded: they were active before. */
  readonly orphans: ReadonlySet<number>;
  /** By id: jobs whose end has not been seen. */
  readonly openJobs: ReadonlyMap<number, OpenJob>;
  /** Jobs of this run, oldest first. */
  readonly jobIds: readonly number[];
  /** Whether the user's jobs have been searched for those that concern these sessions. */
  readonly isInformed: boolean;
  /** Whether nothing is recorded of the group: a run that was killed may have begun it. */
  readonly isNew: boolean;
  /** Commands whose answer was lost: the array may have taken them. */
  readonly lost: readonly JobCommand[];
}

export interface OpenJob extends JobCommand {
  /**
   * This run's own; one an earlier run recorded; one met among the user's jobs, which may be anybody's; or one met there that does exactly what a command
   * whose answer was lost, or a run that was killed, would have done.
   */
  readonly origin: "run" | "record" | "list" | "lost" | "orphan";
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
  let log: CommandLog = {
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
  for (const [jobId, sessions] of Map.groupBy(unfinished, ([, id]) => id)) {
    log = following(log, jobId, { kind: "suspend", ids: sessions.map(([id]) => id), origin: "record" });
  }
  return log;
}

/** A job was started, or is met: its sessions are waited for. */
export function following(log: CommandLog, jobId: number, job: OpenJob): CommandLog {
  const sent: Sent = { kind: "under way", command: job.kind, force: job.force, jobId };
  return {
    ...log,
    sent: withAll(log.sent, job.ids, sent),
    openJobs: new Map([...log.openJobs, [jobId, job]]),
    jobIds: job.origin === "run" ? [...log.jobIds, jobId] : log.jobIds,
    suspendJobs:
      job.kind === "suspend" && job.origin !== "list" ? withAll(log.suspendJobs, job.ids, jobId) : log.suspendJobs,
  };
}

/** A command failed for one session. */
export function failing(
  log: CommandLog,
  command: CommandKind,
  id: number,
  failure: Failure,
  nowMs: number,
): CommandLog {
  const changed = withoutJob(log, command, id);
  const pauseMs = Math.max(failure.restMs ?? 0, Math.min(1000 * 2 ** (changed.tries.get(id) ?? 0), graceMs));
  const failed: Sent = { kind: "failed", command, failure, againMs: nowMs + pauseMs };
  return sending(saysSuspect(failure.code) ? suspecting(changed, [id]) : changed, id, failed);
}

/** The array took a command, or answered that nothing is left to do. */
export function afterAnswer(log: CommandLog, command: JobCommand, answer: Accepted, nowMs: number): CommandLog {
  const counted = counting(log, command);
  if (answer !== "already so") return following(counted, answer, { ...command, origin: "run" });
  const unclear: Sent = { kind: "unclear", command: command.kind, untilMs: nowMs + graceMs };
  return { ...counted, sent: withAll(log.sent, command.ids, unclear) };
}

export function afterLostAnswer(log: CommandLog, command: JobCommand): CommandLog {
  return { ...log, lost: [...log.lost, command] };
}

/** The array rejected a command outright. */
export function afterRejection(log: CommandLog, command: JobCommand, failure: Failure, nowMs: number): CommandLog {
  const { ids, kind } = command;
  return ids.reduce((changed, id) => failing(changed, kind, id, failure, nowMs), counting(log, command));
}

export function counting(log: CommandLog, { ids }: JobCommand): CommandLog {
  const counted = ids.map((id) => [id, (log.tries.get(id) ?? 0) + 1] as const);
  return { ...log, tries: new Map([...log.tries, ...counted]) };
}

export function sending(log: CommandLog, id: number, sent: Sent): CommandLog {
  return { ...log, sent: withAll(log.sent, [id], sent) };
}

/** The destinations of these sessions lack data. */
export function suspecting(log: CommandLog, ids: readonly number[]): CommandLog {
  return { ...log, suspect: new Set([...log.suspect, ...ids]) };
}

/** The command is not what has suspended the session. */
export function withoutJob(log: CommandLog, command: CommandKind, id: number): CommandLog {
  return command === "suspend" ? { ...log, suspendJobs: without(log.suspendJobs, id) } : log;
}

function withAll<Value>(map: ReadonlyMap<number, Value>, ids: readonly number[], value: Value): Map<number, Value> {
  return new Map([...map, ...ids.map((id) => [id, value] as const)]);
}

export function without<Value>(map: ReadonlyMap<number, Value>, id: number): Map<number, Value> {
  return new Map([...map].filter(([key]) => key !== id));
}
