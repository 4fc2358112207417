import { commandOf, graceMs, hasEnded, type Job } from "../../job.ts";
import {
  type CommandLog,
  counting,
  failing,
  following,
  isOurs,
  type OpenJob,
  sending,
  suspecting,
  without,
  withoutJob,
} from "./command-log.ts";
import { type JobOutcome, outcomeFor } from "./job-outcome.ts";

/** Which of the user's jobs have to be searched: those under way at the start of a run, all of them for a new group and after an answer was lost. */
export function jobsWanted(log: CommandLog): "under way" | "all" | "none" {
  if (log.lost.length > 0) return "all";
  if (log.isInformed) return "none";
  return log.isNew ? "all" : "under way";
}

/** The user's jobs that are under way for these sessions are waited for, whoever started them; and so is the end of what a killed run has started. */
export function afterFirstJobs(log: CommandLog, jobs: readonly Job[], sessionIds: readonly number[]): CommandLog {
  const orphan = log.isNew ? orphanedSuspend(jobs, sessionIds) : undefined;
  let changed: CommandLog = { ...log, isInformed: true };
  for (const job of jobs) {
    const command = commandOf(job.description);
    const ids = command?.ids.filter((id) => sessionIds.includes(id)) ?? [];
    if (command === undefined || ids.length === 0 || changed.openJobs.has(job.id)) continue;
    if (hasEnded(job) && job !== orphan) continue;
    const origin = job === orphan ? "orphan" : "list";
    changed = following(changed, job.id, { ...command, ids, origin });
    // Nobody saw what its sessions lacked when it was sent.
    if (command.force === true) changed = suspecting(changed, ids);
  }
  return changed;
}

/** The suspend of these very sessions that may have done something, if nothing was suspended, resumed or reversed after it. */
function orphanedSuspend(jobs: readonly Job[], sessionIds: readonly number[]): Job | undefined {
  const newest = jobs.findLast((job) => {
    const command = commandOf(job.description);
    return command !== undefined && command.kind !== "modify" && command.ids.some((id) => sessionIds.includes(id));
  });
  const command = commandOf(newest?.description);
  const isWanted = command?.kind === "suspend" && isSameSet(command.ids, sessionIds);
  return isWanted && newest?.status !== "Error" && newest?.status !== "Canceled" ? newest : undefined;
}

/** Commands whose answer was lost are recognized among the user's jobs by what they do; the newest is the likeliest. */
export function afterLostJobs(log: CommandLog, jobs: readonly Job[]): CommandLog {
  let changed: CommandLog = { ...log, lost: [] };
  for (const lost of log.lost) {
    const match = jobs.findLast((job) => {
      const command = commandOf(job.description);
      if (command?.kind !== lost.kind || (command.force ?? false) !== (lost.force ?? false)) return false;
      return isSameSet(lost.ids, command.ids) && !changed.jobIds.includes(job.id);
    });
    if (match === undefined) continue;
    const followed = following(counting(changed, lost), match.id, { ...lost, origin: "lost" });
    changed = { ...followed, jobIds: [...changed.jobIds, match.id] };
  }
  return changed;
}

/** A job as it is now; undefined when it is gone: then only the sessions show what came of it. */
export function afterJob(log: CommandLog, jobId: number, job: Job | undefined, nowMs: number): CommandLog {
  const command = log.openJobs.get(jobId);
  if (command === undefined || (job !== undefined && !hasEnded(job))) return log;
  let changed: CommandLog = { ...log, openJobs: without(log.openJobs, jobId) };
  for (const id of command.ids) {
    const outcome = job && outcomeFor(id, job, command.kind, command.ids.length === 1);
    // Also of a session for which another command has been sent since.
    const isOrphan = command.origin === "orphan" && outcome?.kind === "done";
    if (isOrphan) changed = { ...changed, orphans: new Set([...changed.orphans, id]) };
    const sent = changed.sent.get(id);
    if (sent?.kind === "under way" && sent.jobId === jobId) changed = concluding(changed, command, id, outcome, nowMs);
  }
  return changed;
}

/** What the end of a job leaves to be known of a session. The failure of an earlier attempt is history: this run makes another. */
function concluding(
  log: CommandLog,
  { kind: command, origin }: OpenJob,
  id: number,
  outcome: JobOutcome | undefined,
  nowMs: number,
): CommandLog {
  const isOfThisRun = origin === "run";
  const isReported = outcome !== undefined && outcome.kind !== "not reported";
  if (isOfThisRun && outcome?.kind === "failed") return failing(log, command, id, outcome.failure, nowMs);
  if (isOfThisRun && outcome?.kind === "done") return sending(log, id, { kind: "done", command });
  // Whether this job may be what suspended the session.
  const mayHaveDone = isReported ? outcome.kind === "done" : isOurs(origin);
  const known = mayHaveDone ? log : withoutJob(log, command, id);
  if (outcome?.kind === "failed") return { ...known, sent: without(known.sent, id) };
  const failure = isOfThisRun && outcome?.kind === "not reported" ? outcome.failure : undefined;
  return sending(known, id, { kind: "unclear", command, untilMs: nowMs + graceMs, failure });
}

function isSameSet(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}
