import { type CommandKind, commandOf, hasEnded, type Job, type JobCommand } from "../job.ts";
import { type JobOutcome, outcomeFor } from "./job-outcome.ts";
import {
  counting,
  failing,
  following,
  graceMs,
  type Ledger,
  type OpenJob,
  sending,
  without,
  withoutJob,
} from "./ledger.ts";

/** Which of the user's jobs have to be looked through: those under way at the start of a run, all of them after an answer was lost. */
export function jobsWanted(ledger: Ledger): "under way" | "all" | "none" {
  if (ledger.lost.length > 0) return "all";
  return ledger.isInformed ? "none" : "under way";
}

/** The user's jobs that are under way for these sessions are waited for, whoever started them. */
export function afterJobsUnderWay(ledger: Ledger, jobs: readonly Job[], sessionIds: readonly number[]): Ledger {
  let changed: Ledger = { ...ledger, isInformed: true };
  for (const job of jobs) {
    const command = commandOf(job.description);
    const ids = command?.ids.filter((id) => sessionIds.includes(id)) ?? [];
    if (command === undefined || ids.length === 0 || hasEnded(job) || changed.openJobs.has(job.id)) continue;
    changed = following(changed, job.id, { kind: command.kind, ids, origin: "list" });
  }
  return changed;
}

/** Commands whose answer was lost are recognized among the user's jobs by what they do; the newest is the likeliest. */
export function afterLostJobs(ledger: Ledger, jobs: readonly Job[]): Ledger {
  let changed: Ledger = { ...ledger, lost: [] };
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
export function afterJob(ledger: Ledger, jobId: number, job: Job | undefined, nowMs: number): Ledger {
  const command = ledger.openJobs.get(jobId);
  if (command === undefined || (job !== undefined && !hasEnded(job))) return ledger;
  let changed: Ledger = { ...ledger, openJobs: without(ledger.openJobs, jobId) };
  for (const id of command.ids) {
    const sent = changed.sent.get(id);
    if (sent?.is === "under way" && sent.jobId === jobId) changed = concluding(changed, command, id, job, nowMs);
  }
  return changed;
}

function concluding(ledger: Ledger, command: OpenJob, id: number, job: Job | undefined, nowMs: number): Ledger {
  const { kind } = command;
  const untilMs = nowMs + graceMs;
  if (job === undefined) return sending(ledger, id, { is: "unclear", kind, untilMs });
  const outcome = outcomeFor(id, job, kind, command.ids.length === 1);
  if (command.origin !== "run") return recalling(ledger, kind, id, outcome, untilMs);
  switch (outcome.is) {
    case "done":
      return sending(ledger, id, { is: "done", kind });
    case "failed":
      return failing(ledger, kind, id, outcome.failure, nowMs);
    case "already so":
      return sending(withoutJob(ledger, id), id, { is: "unclear", kind, untilMs });
    case "untold":
      return sending(ledger, id, { is: "unclear", kind, untilMs, failure: outcome.failure });
  }
}

/** The failure of an earlier attempt is history: this run makes another. Whatever else became of it, the session has to show. */
function recalling(ledger: Ledger, kind: CommandKind, id: number, outcome: JobOutcome, untilMs: number): Ledger {
  if (outcome.is !== "failed") return sending(ledger, id, { is: "unclear", kind, untilMs });
  return { ...withoutJob(ledger, id), sent: without(ledger.sent, id) };
}

function isSameCommand(one: JobCommand, other: JobCommand): boolean {
  const isSameSize = one.ids.length === other.ids.length;
  return one.kind === other.kind && isSameSize && one.ids.every((id) => other.ids.includes(id));
}
