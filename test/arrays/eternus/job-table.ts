import type { ArrayAnswer, ArrayRequest } from "../exchange.ts";
import { ArrayRefusal } from "./array-refusal.ts";
import type { EternusArray } from "./eternus-array.ts";
import type { Job, JobCommand } from "./job.ts";
import type { Login } from "./login-table.ts";
import { apiRoot, href } from "./wire-format.ts";

/** Registers a job and answers 202 with its link. @throws ArrayRefusal 503 when the job table is full */
export function registerJob(
  array: EternusArray,
  login: Login,
  command: JobCommand,
  request: ArrayRequest,
): ArrayAnswer {
  const { jobTableSize, jobQueuedMs, jobRunningMs } = array.settings;
  if (array.jobs.size >= jobTableSize) throw new ArrayRefusal(503, "0072", "job");
  const id = array.nextJobId;
  const job: Job = {
    id,
    owner: login.account.username,
    description: describe(request),
    command,
    status: "Queued",
    createdMs: array.nowMs,
    modifiedMs: array.nowMs,
    startsMs: array.nowMs + jobQueuedMs,
    endsMs: array.nowMs + jobQueuedMs + jobRunningMs,
    members: [],
  };
  array.nextJobId += 1;
  array.jobs.set(id, job);
  return { status: 202, body: { job_id: id, job_href: href("job", id) } };
}

/** Method, path and body, as the reference shows it. */
function describe({ method, path, body }: ArrayRequest): string {
  const call = `${method} ${path.slice(apiRoot.length)}`;
  return body === undefined ? call : `${call} ${JSON.stringify(body)}`;
}
