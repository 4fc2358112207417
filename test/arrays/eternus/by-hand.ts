import { after, afterTrouble, rebased } from "./copy-flow.ts";
import { type CopyPair, type CopySession, type CopySessionSeed, newCopySession } from "./copy-session.ts";
import type { EternusArray } from "./eternus-array.ts";
import { hasEnded, type Job } from "./job.ts";
import type { SessionEvent } from "./session-table.ts";

/** What people do at the array's own console; it takes effect at once and leaves no job. What cannot be is a RangeError. */
export interface Operator {
  /** Suspends, by force if it must. */
  suspend(id: number): void;
  resume(id: number): void;
  delete(id: number): void;
  /** Creates a session, also one whose id was used before. @throws RangeError if the id is taken */
  add(seed: CopySessionSeed): void;
  /** Cancels a job that has not ended: suspends that were set going in Synchronous and Consistency mode go on. */
  cancelJob(jobId: number): void;
}

/** What fails, by itself or by hand. What cannot be is a RangeError. */
export interface Failures {
  /** Transfer stops, by an overloaded buffer or, with "path", because the path is down (then a resume is refused, too). */
  halt(id: number, cause?: "buffer" | "path"): void;
  /** What stopped the transfer is mended: a halted session goes on if its recovery mode is Automatic. */
  recover(id: number): void;
  /** The session fails. @default copyErrorCode "b1", status "Error" */
  breakSession(id: number, how?: { copyErrorCode?: string; status?: "Error" | "Error_Suspend" }): void;
  /** A suspend that is under way, even after its job's success, ends without suspending. */
  abandonSuspend(id: number): void;
  /** The id names another pair from now on. */
  reidentify(id: number, pair: Partial<CopyPair>): void;
  /** The next job of that kind fails for this session. Calls add up; any error code and text will do. */
  failNext(id: number, kind: "suspend" | "resume", errorCode: string, message: string): void;
  /** Raw attributes in every answer about the session, whatever its state: unknown words and keys. `undefined` ends it. */
  disguise(id: number, attributes: Readonly<Record<string, unknown>> | undefined): void;
  /** Anything else about a session. */
  change(id: number, changes: Omit<CopySessionSeed, "id">): void;
  /** The array restarts: all logins and jobs are gone, what had begun at the sessions goes on. */
  restart(): void;
  /** All ended jobs are gone, as if half an hour had passed. */
  reapJobs(): void;
}

/** `array()` gives the array, brought up to now. */
export function operatorOf(array: () => EternusArray): Operator {
  return {
    suspend: (id) => happen(array(), id, "suspended"),
    resume: (id) => happen(array(), id, "restarted"),
    delete: (id) => void array().sessions.delete(required(array(), id).id),
    add(seed) {
      const { sessions, nowMs } = array();
      if (sessions.has(seed.id)) throw new RangeError(`there is a copy session ${seed.id} already`);
      sessions.set(seed.id, newCopySession(seed, nowMs));
    },
    cancelJob(jobId) {
      const { jobs, nowMs } = array();
      const job = jobs.get(jobId);
      if (job === undefined || hasEnded(job)) throw new RangeError(`there is no job ${jobId} that could be canceled`);
      jobs.set(jobId, { ...job, status: "Canceled", modifiedMs: nowMs });
      abandonMembers(array(), job);
    },
  };
}

/** `array()` gives the array, brought up to now. */
export function failuresOf(array: () => EternusArray): Failures {
  return {
    halt(id, cause = "buffer") {
      happen(array(), id, "halted");
      change(array(), id, { pathLost: cause === "path" });
    },
    recover(id) {
      const { sessions, nowMs } = array();
      sessions.set(id, afterTrouble(rebased(required(array(), id), nowMs), nowMs));
    },
    breakSession(id, { copyErrorCode = "b1", status = "Error" } = {}) {
      happen(array(), id, status === "Error" ? "failed" : "failedSuspended");
      change(array(), id, { copyErrorCode, failedMs: array().nowMs });
    },
    abandonSuspend: (id) => change(array(), id, suspendGivenUp),
    reidentify: (id, pair) => change(array(), id, pair),
    failNext(id, kind, code, message) {
      array().scriptedFailures.push({ id: required(array(), id).id, kind, code, message });
    },
    disguise(id, attributes) {
      if (attributes === undefined) array().disguises.delete(id);
      else array().disguises.set(required(array(), id).id, attributes);
    },
    change: (id, changes) => change(array(), id, changes),
    restart() {
      const restarted = array();
      restarted.logins.clear();
      restarted.jobs.clear();
    },
    reapJobs() {
      const { jobs } = array();
      for (const job of jobs.values()) if (hasEnded(job)) jobs.delete(job.id);
    },
  };
}

const suspendGivenUp = { suspending: undefined, suspendResult: "givenUp" } as const;

/** A canceled job no longer suspends what it would have suspended at its end. */
function abandonMembers(array: EternusArray, job: Job): void {
  if (job.command.kind !== "suspend") return;
  for (const { id, failure, outlivesJob } of job.members) {
    if (failure === undefined && !outlivesJob && array.sessions.has(id)) change(array, id, suspendGivenUp);
  }
}

function happen(array: EternusArray, id: number, event: SessionEvent): void {
  const session = required(array, id);
  const moved = after(session, event, array.nowMs);
  if (moved === session) throw new RangeError(`copy session ${id} cannot be ${event}: it is ${session.status}`);
  array.sessions.set(id, moved);
}

function change(array: EternusArray, id: number, changes: Partial<CopySession>): void {
  array.sessions.set(id, { ...rebased(required(array, id), array.nowMs), ...changes });
}

function required(array: EternusArray, id: number): CopySession {
  const session = array.sessions.get(id);
  if (session === undefined) throw new RangeError(`there is no copy session ${id}`);
  return session;
}
