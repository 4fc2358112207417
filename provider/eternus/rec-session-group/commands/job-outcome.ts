import { saysAlreadySo } from "../../error-codes.ts";
import type { CommandKind, Job, JobFailure } from "../../job.ts";
import type { Failure } from "./command-log.ts";

/** What a job that has ended reports of one of its sessions. */
export type JobOutcome =
  | { readonly kind: "done" }
  /** Somebody else's command, or an earlier one, has done it or is doing it. */
  | { readonly kind: "already so" }
  | { readonly kind: "failed"; readonly failure: Failure }
  /** Nothing: the session itself has to show it. If it shows nothing either, the command failed, for this reason. */
  | { readonly kind: "not reported"; readonly failure: Failure };

/**
 * Reads what became of a session. Which lists a job has is documented for a partial error only, and the form of their entries not at all: so a list that is
 * missing means nothing.
 *
 * @param alone whether the job is about this session only, so that what names no session is about it
 */
export function outcomeFor(id: number, job: Job, command: CommandKind, alone: boolean): JobOutcome {
  const named = job.failures.find(({ sessionId }) => sessionId === id);
  if (named !== undefined) return failed(named, command, job);
  if (job.status === "Success" || [...(job.succeeded ?? []), ...job.inProgress].includes(id)) return { kind: "done" };
  const nameless = job.failures.filter(({ sessionId }) => sessionId === undefined);
  const [first] = nameless;
  if (alone && first !== undefined) return failed(first, command, job);
  const failure = { message: [endText(job), ...nameless.map(({ message }) => message)].filter(Boolean).join(": ") };
  // What a canceled job had started may still be carried out.
  const isReported = job.succeeded !== undefined && job.status !== "Canceled";
  return { kind: isReported ? "failed" : "not reported", failure };
}

function failed({ code, message }: JobFailure, command: CommandKind, job: Job): JobOutcome {
  if (saysAlreadySo(command, code)) return { kind: "already so" };
  return { kind: "failed", failure: { code, message: code === undefined && message === "" ? endText(job) : message } };
}

function endText(job: Job): string {
  return job.status === "Canceled" ? `job ${job.id} was canceled` : `job ${job.id} ended in ${job.status}`;
}
