import { commandOf, hasEnded, type Job, type JobCommand } from "../../job.ts";
import type { Sent } from "../plan/member.ts";
import {
  type CommandLog,
  counting,
  failing,
  following,
  graceMs,
  isOurs,
  type OpenJob,
  sending,
  without,
  withoutJob,
} from "./command-log.ts";
import { afterForce } from "./enter-answer.ts";
import { type JobOutcome, outcomeFor } from "./job-outcome.ts";

/** Which of the user's jobs have to be looked through: those under way at the start of a run, all of them for a new group and after an answer was lost. */
export function jobsWanted(ledger: CommandLog): "under way" | "all" | "none" {
  if (ledger.lost.length > 0) return "all";
  if (ledger.isInformed) return "none";
  return ledger.isNew ? "all" : "under way";
}

/** The user's jobs that are under way for these sessions are waited for, whoever started them; and so is the end of what a killed run has started. */
export function afterFirstJobs(ledger: CommandLog, jobs: readonly Job[], sessionIds: readonly number[]): CommandLog {
  const orphan = ledger.isNew ? orphanedSuspend(jobs, sessionIds) : undefined;
  let changed: CommandLog = { ...ledger, isInformed: true };
  for (const job of jobs) {
    const command = commandOf(job.description);
    const ids = command?.ids.filter((id) => sessionIds.includes(id)) ?? [];
    if (command === undefined || ids.length === 0 || changed.openJobs.has(job.id)) continue;
    if (hasEnded(job) && job !== orphan) continue;
    const origin = job === orphan ? "orphan" : "list";
    changed = following(changed, job.id, { kind: command.kind, ids, origin });
    // Nobody saw what its sessions lacked when it was sent.
    if (command.force === true) changed = afterForce(changed, ids);
  }
  return changed;
}

/** The suspend of these very sessions that may have done something, if nothing was suspended or resumed after it. */
function orphanedSuspend(jobs: readonly Job[], sessionIds: readonly number[]): Job | undefined {
  const newest = jobs.findLast((job) => {
    const command = commandOf(job.description);
    const isMoving = command?.kind === "suspend" || command?.kind === "resume";
    return isMoving && command.ids.some((id) => sessionIds.includes(id));
  });
  const command = commandOf(newest?.description);
  if (newest === undefined || command?.kind !== "suspend" || !isSameSet(command.ids, sessionIds)) return undefined;
  return newest.status === "Error" || newest.status === "Canceled" ? undefined : newest;
}

/** Commands whose answer was lost are recognized among the user's jobs by what they do; the newest is the likeliest. */
export function afterLostJobs(ledger: CommandLog, jobs: readonly Job[]): CommandLog {
  let changed: CommandLog = { ...ledger, lost: [] };
  for (const lost of ledger.lost) {
    const found = jobs.findLast((job) => {
      const command = commandOf(job.description);
      return command !== undefined && isSameCommand(lost, command) && !changed.jobIds.includes(job.id);
    });
    if (found === undefined) continue;
    const followed = following(counting(changed, lost), found.id, { ...lost, origin: "list" });
    changed = { ...followed, jobIds: [...changed.jobIds, found.id] };
  }
  return changed;
}

/** A job as it is now; undefined when it is gone, which hands over to the sessions. */
export function afterJob(ledger: CommandLog, jobId: number, job: Job | undefined, nowMs: number): CommandLog {
  const command = ledger.openJobs.get(jobId);
  if (command === undefined || (job !== undefined && !hasEnded(job))) return ledger;
  let changed: CommandLog = { ...ledger, openJobs: without(ledger.openJobs, jobId) };
  for (const id of command.ids) {
    // Also of a session for which another command has been sent since.
    if (command.origin === "orphan" && wasDone(command, id, job)) changed = withOrphan(changed, id);
    const sent = changed.sent.get(id);
    if (sent?.is === "under way" && sent.jobId === jobId) changed = concluding(changed, command, id, job, nowMs);
  }
  return changed;
}

function concluding(ledger: CommandLog, command: OpenJob, id: number, job: Job | undefined, nowMs: number): CommandLog {
  const { kind, origin } = command;
  const untilMs = nowMs + graceMs;
  if (job === undefined) {
    const known = isOurs(origin) ? ledger : withoutJob(ledger, kind, id);
    return sending(known, id, { is: "unclear", kind, untilMs });
  }
  const outcome = outcomeFor(id, job, kind, command.ids.length === 1);
  if (origin !== "run") return recalling(ledger, command, id, outcome, untilMs);
  switch (outcome.is) {
    case "done":
      return sending(ledger, id, { is: "done", kind });
    case "failed":
      return failing(ledger, kind, id, outcome.failure, nowMs);
    case "already so":
      return sending(withoutJob(ledger, kind, id), id, { is: "unclear", kind, untilMs });
    case "untold":
      return sending(ledger, id, { is: "unclear", kind, untilMs, failure: outcome.failure });
  }
}

/** The failure of an earlier attempt is history: this run makes another. Whatever else became of it, the session has to show. */
function recalling(
  ledger: CommandLog,
  { kind, origin }: OpenJob,
  id: number,
  outcome: JobOutcome,
  untilMs: number,
): CommandLog {
  const unclear: Sent = { is: "unclear", kind, untilMs };
  switch (outcome.is) {
    case "done":
      return sending(ledger, id, unclear);
    case "failed":
      return { ...withoutJob(ledger, kind, id), sent: without(ledger.sent, id) };
    case "already so":
      return sending(withoutJob(ledger, kind, id), id, unclear);
    case "untold":
      return sending(isOurs(origin) ? ledger : withoutJob(ledger, kind, id), id, unclear);
  }
}

function wasDone({ kind, ids }: OpenJob, id: number, job: Job | undefined): boolean {
  return job !== undefined && outcomeFor(id, job, kind, ids.length === 1).is === "done";
}

function withOrphan(ledger: CommandLog, id: number): CommandLog {
  return { ...ledger, orphans: new Set([...ledger.orphans, id]) };
}

function isSameCommand(one: JobCommand, other: JobCommand): boolean {
  const isSameForce = (one.force ?? false) === (other.force ?? false);
  return one.kind === other.kind && isSameForce && isSameSet(one.ids, other.ids);
}

function isSameSet(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}
