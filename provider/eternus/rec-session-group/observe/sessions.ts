import { mapBounded } from "../../../core/async/map-bounded.ts";
import { MigrationError } from "../../../core/errors.ts";
import type { EternusClient } from "../../client.ts";
import type { CopySession } from "../../copy-session.ts";
import { hasEnded, type Job } from "../../job.ts";
import { type CommandLog, isOurs, type OpenJob } from "../commands/command-log.ts";
import { afterFirstJobs, afterJob, afterLostJobs, jobsWanted } from "../commands/follow-jobs.ts";

// Of the array's few slots for requests, one resource takes no more.
const requestsAtOnce = 4;

/**
 * Sessions by id. One that the list leaves out is asked for by itself before it counts as gone; and where the array refuses the list of these, only the list of
 * all tells what is gone: an array that is just starting refuses whatever it is asked.
 */
export async function observeSessions(
  client: EternusClient,
  ids: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, CopySession>> {
  const listed = await client.readSessions(ids, signal).catch(unlessRefused(undefined));
  const shown = await mapBounded(ids, requestsAtOnce, async (id) => listed?.get(id) ?? client.getSession(id, signal));
  const isTold = listed !== undefined || !shown.includes(undefined);
  const sessions = isTold ? shown : await client.listSessions(undefined, signal);
  return new Map(
    sessions.flatMap((session) => (session === undefined || !ids.includes(session.id) ? [] : [[session.id, session]])),
  );
}

/** Looks at what is known to be under way, and tidies up behind it. */
export async function observeJobs(
  client: EternusClient,
  ledger: CommandLog,
  sessionIds: readonly number[],
  signal: AbortSignal,
  clock: { nowMs(): number },
): Promise<CommandLog> {
  const listed = await afterJobList(client, ledger, sessionIds, signal);
  const open = [...listed.openJobs.keys()];
  if (open.length === 0) return listed;
  const shown = await client.readJobs(open, signal).catch(unlessRefused(new Map<number, Job>()));
  // What became of each session stands only in the job itself; and only the job itself says that it is gone.
  const due = open.filter((id) => {
    const job = shown.get(id);
    return job === undefined || hasEnded(job);
  });
  const jobs = await mapBounded(due, requestsAtOnce, async (id) => ({ id, job: await client.getJob(id, signal) }));
  await mapBounded(jobs, requestsAtOnce, ({ id, job }) => tidyUp(client, job, listed.openJobs.get(id)?.origin, signal));
  return jobs.reduce((changed, { id, job }) => afterJob(changed, id, job, clock.nowMs()), listed);
}

async function afterJobList(
  client: EternusClient,
  ledger: CommandLog,
  sessionIds: readonly number[],
  signal: AbortSignal,
): Promise<CommandLog> {
  const wanted = jobsWanted(ledger);
  if (wanted === "none") return ledger;
  const filter = wanted === "all" ? {} : { statuses: ["Queued", "Running"] };
  const jobs = await client.listJobs(filter, signal).catch(unlessRefused<Job[]>([]));
  return ledger.isInformed ? afterLostJobs(ledger, jobs) : afterFirstJobs(ledger, jobs, sessionIds);
}

/** The array's table holds 512 jobs, ended ones for half an hour. Best effort: they go by themselves in the end. Jobs that may be others' are let be. */
async function tidyUp(
  client: EternusClient,
  job: Job | undefined,
  origin: OpenJob["origin"] | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (job !== undefined && hasEnded(job) && isOurs(origin))
    await client.deleteJob(job.id, signal).catch(noneWhenFailed);
}

// An array that refuses a list has to be asked one by one.
function unlessRefused<None>(none: None): (error: unknown) => None {
  return (error) => {
    if (error instanceof MigrationError && (error.kind === "refused" || error.kind === "notFound")) return none;
    throw error;
  };
}

function noneWhenFailed(error: unknown): never[] {
  if (error instanceof MigrationError) return [];
  throw error;
}
