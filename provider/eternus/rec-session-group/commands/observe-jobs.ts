import { mapBounded } from "../../../core/async/map-bounded.ts";
import { MigrationError } from "../../../core/errors.ts";
import type { Reading } from "../../../core/resource.ts";
import type { EternusClient } from "../../client.ts";
import { hasEnded, type Job } from "../../job.ts";
import { maxRequestsAtOnce, unlessRefused } from "../../requests.ts";
import { type CommandLog, isOurs } from "./command-log.ts";
import { afterFirstJobs, afterJob, afterLostJobs, jobsWanted } from "./follow-jobs.ts";

/**
 * Reads what is known to be under way, and what else this user has under way for these sessions. Changes nothing. Jobs of other users cannot be seen: where one of them
 * is at work, a command may be rejected as being in progress.
 */
export async function observeJobs(
  client: EternusClient,
  log: CommandLog,
  sessionIds: readonly number[],
  { signal, nowMs }: Reading,
): Promise<{ readonly log: CommandLog; readonly ended: readonly Job[] }> {
  let listed = log;
  const wanted = jobsWanted(log);
  if (wanted !== "none") {
    const filter = wanted === "all" ? {} : { statuses: ["Queued", "Running"] };
    const all = await client.listJobs(filter, signal).catch(unlessRefused<Job[]>([]));
    listed = log.isInformed ? afterLostJobs(log, all) : afterFirstJobs(log, all, sessionIds);
  }
  const jobs = await readDueJobs(client, [...listed.openJobs.keys()], signal);
  const ours = jobs.flatMap(({ id, job }) => (isOurs(listed.openJobs.get(id)?.origin) ? (job ?? []) : []));
  return {
    log: jobs.reduce((changed, { id, job }) => afterJob(changed, id, job, nowMs), listed),
    ended: ours.filter(hasEnded),
  };
}

/** What became of each session stands only in the job itself; and only a read of the job itself shows that it is gone: it is undefined then. */
async function readDueJobs(client: EternusClient, open: readonly number[], signal: AbortSignal) {
  if (open.length === 0) return [];
  const shown = await client.readJobs(open, signal).catch(unlessRefused(new Map<number, Job>()));
  const due = open.filter((id) => {
    const job = shown.get(id);
    return job === undefined || hasEnded(job);
  });
  return mapBounded(due, maxRequestsAtOnce, async (id) => ({ id, job: await client.getJob(id, signal) }));
}

/** Deletes this group's jobs that have ended. The array's table holds 512, ended ones for half an hour, so it is no matter where that fails. */
export async function tidyUp(client: EternusClient, ended: readonly Job[], signal: AbortSignal): Promise<void> {
  await mapBounded(ended, maxRequestsAtOnce, async ({ id }) => {
    await client.deleteJob(id, signal).catch((error: unknown) => {
      if (!(error instanceof MigrationError)) throw error;
    });
  });
}
