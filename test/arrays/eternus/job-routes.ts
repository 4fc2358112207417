import { ArrayRefusal } from "./array-refusal.ts";
import { hasEnded, type Job, jobStatuses } from "./job.ts";
import { jobAttributes, jobWire } from "./job-wire.ts";
import { listAnswer, listParameters, oneAnswer } from "./listing.ts";
import { idsIn, wordsIn } from "./query.ts";
import type { Route, UserCall } from "./route.ts";

/** Jobs: everyone sees and deletes only their own. */
export const jobRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/job",
    needs: "display",
    query: [...listParameters, "job_id", "status"],
    handle({ array, query, login }) {
      const ids = idsIn(query, "job_id");
      const statuses = wordsIn(query, "status", jobStatuses);
      const rows = [...array.jobs.values()]
        .filter((job) => job.owner === login.account.username)
        .filter((job) => (ids?.has(job.id) ?? true) && (statuses?.includes(job.status) ?? true))
        .map((job) => ({ id: job.id, wire: () => jobWire(job, array.settings) }));
      const listing = { resource: "job", attributes: jobAttributes, rows, pageSize: array.settings.pageSize } as const;
      return { status: 200, body: listAnswer(listing, query) };
    },
  },
  {
    method: "GET",
    path: "/job/{id}",
    needs: "display",
    query: ["fields"],
    handle(call) {
      const wire = jobWire(ownJob(call), call.array.settings);
      return { status: 200, body: oneAnswer("job", jobAttributes, wire, call.query) };
    },
  },
  {
    // The reference names the call but not its path; this one is inferred.
    method: "DELETE",
    path: "/job/{id}",
    needs: "display",
    handle(call) {
      const job = ownJob(call);
      if (!hasEnded(job)) throw new ArrayRefusal(409, "0006", call.request.path);
      call.array.jobs.delete(job.id);
      return { status: 200 };
    },
  },
];

/** Another user's job does not exist, as far as the array tells (RESTful API reference, Viewing a Job). */
function ownJob({ array, id, login, request }: UserCall): Job {
  const job = array.jobs.get(id);
  if (job?.owner === login.account.username) return job;
  throw new ArrayRefusal(404, "0110", request.path);
}
