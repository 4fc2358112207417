import { saysAlreadySo } from "../../error-codes.ts";
import type { CommandKind, Job, JobFailure } from "../../job.ts";
import type { Failure } from "../plan/member.ts";

/** What a job that has ended says of one of its sessions. */
export type JobOutcome =
  | { readonly is: "done" }
  /** Somebody else's command, or an earlier one, has done it or is doing it. */
  | { readonly is: "already so" }
  | { readonly is: "failed"; readonly failure: Failure }
  /** Nothing: the session itself has to tell. If it shows nothing either, the command failed, for this reason. */
  | { readonly is: "untold"; readonly failure: Failure };

/**
 * Reads what became of a session. Which lists a job has is documented for a partial error only, and the form of their entries not at all: so a list that is
 * missing says nothing.
 *
 * @param alone whether the job is about this session only, so that what names no session is about it
 */
export function outcomeFor(id: number, job: Job, kind: CommandKind, alone: boolean): JobOutcome {
  const named = job.failures.find(({ sessionId }) => sessionId === id);
  if (named !== undefined) return failed(named, kind, job);
  if (job.status === "Success" || [...(job.succeeded ?? []), ...job.inProgress].includes(id)) return { is: "done" };
  const nameless = job.failures.filter(({ sessionId }) => sessionId === undefined);
  const [first] = nameless;
  if (alone && first !== undefined) return failed(first, kind, job);
  const failure = { message: [endText(job), ...nameless.map(({ message }) => message)].filter(Boolean).join(": ") };
  // What a canceled job had set going may still be carried out.
  const isTold = job.succeeded !== undefined && job.status !== "Canceled";
  return { is: isTold ? "failed" : "untold", failure };
}

function failed({ code, message }: JobFailure, kind: CommandKind, job: Job): JobOutcome {
  if (saysAlreadySo(kind, code)) return { is: "already so" };
  return { is: "failed", failure: { code, message: code === undefined && message === "" ? endText(job) : message } };
}

function endText(job: Job): string {
  return job.status === "Canceled" ? `job ${job.id} was canceled` : `job ${job.id} ended in ${job.status}`;
}
