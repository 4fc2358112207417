import { errorBody } from "./array-refusal.ts";
import { hasEnded, type Job, type JobMember } from "./job.ts";
import type { EternusSettings } from "./settings.ts";
import { href, isoTime, type WireObject, withoutAbsent } from "./wire-format.ts";

/** All attributes of a job (RESTful API reference, Viewing Jobs; the last three from Suspending Multiple REC Sessions). */
export const jobAttributes: readonly string[] = [
  "job_id",
  "job_href",
  "description",
  "status",
  "created_time",
  "modified_time",
  "resource_href_list",
  "operation_list",
  "progress_href_list",
  "succeeded_resource_href_list",
  "failed_resource_info_list",
];

/** A job as it is answered. Lists appear once they have something to say. */
export function jobWire(job: Job, settings: EternusSettings): WireObject {
  const failed = job.members.filter((member) => member.failure !== undefined);
  const succeeded = job.members.filter((member) => member.failure === undefined);
  const going = succeeded.filter((member) => member.outlivesJob);
  return withoutAbsent({
    job_id: job.id,
    job_href: href("job", job.id),
    description: job.description,
    status: job.status,
    created_time: isoTime(job.createdMs),
    modified_time: isoTime(job.modifiedMs),
    ...(hasEnded(job) && job.status !== "Canceled"
      ? {
          resource_href_list: job.command.ids.map((id) => href("copysession", id)),
          operation_list: job.members.map((member) => operation(job, member)),
          progress_href_list: unlessEmpty(going.map(({ id }) => href("copysession", id))),
          // The page speaks of this list for a partial error only, so a success does not have it.
          succeeded_resource_href_list:
            job.status === "Partial_Error" ? succeeded.map(({ id }) => href("copysession", id)) : undefined,
          failed_resource_info_list:
            settings.failureShape === "absent" ? undefined : unlessEmpty(failed.map((one) => failure(one, settings))),
        }
      : {}),
  });
}

function operation(job: Job, member: JobMember): WireObject {
  return {
    result: member.failure === undefined ? "Succeeded" : "Failed",
    operation: `${job.command.kind} copy-session -session-id ${member.id}`,
  };
}

function failure(member: JobMember, settings: EternusSettings): unknown {
  const link = href("copysession", member.id);
  const { code, message } = member.failure ?? { code: "0021", message: "" };
  const error = errorBody(code, message, settings.errorCodeType);
  switch (settings.failureShape) {
    case "flat":
      return { resource_href: link, ...error };
    case "nested":
      return { href: link, error_info: error };
    case "named":
      return { copysession_id: member.id, copysession_href: link, error_code: error.error_code, message };
    case "href":
    case "absent":
      return link;
  }
}

function unlessEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
