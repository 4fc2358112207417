import { openShown, type Shown } from "../temperament/shown.ts";
import { temperOf } from "../temperament/temperament.ts";
import { changeAt, nextChangeMs } from "./copy-flow.ts";
import { type CopySession, type CopySessionSeed, newCopySession } from "./copy-session.ts";
import { hasEnded, type Job } from "./job.ts";
import { finishJob, startJob } from "./job-run.ts";
import type { Account, Login } from "./login-table.ts";
import type { EternusSettings } from "./settings.ts";
import type { WireObject } from "./wire-format.ts";

/** Everything a simulated array holds. Plain functions in this folder work on it; nothing in it has a timer. */
export interface EternusArray {
  readonly settings: EternusSettings;
  /** By id. */
  readonly sessions: Map<number, CopySession>;
  /** By id, oldest first. */
  readonly jobs: Map<number, Job>;
  readonly accounts: readonly Account[];
  /** By id, oldest first. */
  readonly logins: Map<number, Login>;
  /** Failures scripted for the next jobs that touch a session, in their order. */
  readonly scriptedFailures: ScriptedFailure[];
  /** Raw attributes that replace or join those of a session in answers: words and keys this model does not know. */
  readonly disguises: Map<number, Readonly<Record<string, unknown>>>;
  /** Mutating calls, oldest first. */
  readonly acts: EternusAct[];
  /** Logins refused for their credentials: a real array locks accounts. */
  refusedLogins: number;
  nextJobId: number;
  nextLoginId: number;
  /** What is shown of the sessions, where that is not what is. */
  readonly shown: Shown<WireObject>;
  /** Is told after each thing that has happened. */
  happened: () => void;
  /** How far time has come. */
  nowMs: number;
}

/** That one session fails inside its next job of a kind. */
export interface ScriptedFailure {
  readonly id: number;
  readonly kind: "suspend" | "resume";
  readonly code: string;
  readonly message: string;
}

/** A call that would change something on the array; logins, logouts and the clearing of jobs are none. */
export interface EternusAct {
  readonly method: string;
  /** With `/api/v1`, as on the wire. */
  readonly path: string;
  readonly body: unknown;
  readonly atMs: number;
  /** The job it became; `undefined` if it was refused. */
  readonly jobId: number | undefined;
}

/** A new array with these sessions. The first ids are those of the manual's examples. @throws RangeError for ids that repeat */
export function newEternusArray(
  settings: EternusSettings,
  accounts: readonly Account[],
  seeds: readonly CopySessionSeed[],
  nowMs: number,
  shown: Shown<WireObject> = openShown(temperOf("ETERNUS", "calm", nowMs)),
): EternusArray {
  const sessions = new Map(seeds.map((seed) => [seed.id, newCopySession(seed, nowMs)]));
  if (sessions.size < seeds.length) throw new RangeError("the ids of copy sessions must differ");
  return {
    settings,
    sessions,
    jobs: new Map(),
    accounts,
    logins: new Map(),
    scriptedFailures: [],
    disguises: new Map(),
    acts: [],
    refusedLogins: 0,
    nextJobId: 8192001,
    nextLoginId: 100001,
    shown,
    happened: () => {},
    nowMs,
  };
}

/** Lets everything happen that is due by then, in the order of its times. An earlier time than the last changes nothing. */
export function advanceTo(array: EternusArray, nowMs: number): void {
  for (let dueMs = nextDueMs(array); dueMs <= nowMs; dueMs = nextDueMs(array)) {
    array.nowMs = Math.max(array.nowMs, dueMs);
    // Sessions first: a Stack suspend that ends with its job has ended when the job says so.
    for (const session of array.sessions.values()) {
      if (nextChangeMs(session) <= dueMs) array.sessions.set(session.id, changeAt(session, dueMs));
    }
    for (const job of array.jobs.values()) advanceJob(array, job, dueMs);
    array.happened();
  }
  array.nowMs = Math.max(array.nowMs, nowMs);
}

function advanceJob(array: EternusArray, job: Job, dueMs: number): void {
  if (jobDueMs(array, job) > dueMs) return;
  if (hasEnded(job)) array.jobs.delete(job.id);
  else array.jobs.set(job.id, job.status === "Queued" ? startJob(array, job, dueMs) : finishJob(array, job, dueMs));
}

function nextDueMs(array: EternusArray): number {
  let dueMs = Number.POSITIVE_INFINITY;
  for (const session of array.sessions.values()) dueMs = Math.min(dueMs, nextChangeMs(session));
  for (const job of array.jobs.values()) dueMs = Math.min(dueMs, jobDueMs(array, job));
  return dueMs;
}

function jobDueMs(array: EternusArray, job: Job): number {
  switch (job.status) {
    case "Queued":
      return job.startsMs;
    case "Running":
      return job.endsMs;
    case "Success":
    case "Error":
    case "Partial_Error":
    case "Canceled":
      return job.modifiedMs + array.settings.jobRetentionMs;
  }
}
