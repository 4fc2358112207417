import type { SessionAction } from "./import-acts.ts";
import type { Refusal } from "./refusal.ts";
import { timestamp } from "./resource.ts";

/** What a change is called in jobs and audit events. */
export type ChangeName = SessionAction | "create" | "modify" | "delete" | "discover";

export type JobPhase = "Waiting_Approval" | "In_Progress" | "Completed" | "Failed";

/** What the array remembers of one change. */
export interface Job {
  readonly id: string;
  readonly change: ChangeName;
  readonly resourceType: "import_session" | "remote_system";
  /** Of a create: known when it is done. */
  resourceId: string | undefined;
  readonly resourceName: string | undefined;
  readonly user: string;
  readonly startMs: number;
  phase: JobPhase;
  endMs: number | undefined;
  /** As the HTTP answer would have been. */
  result: { readonly status: number; readonly refusal?: Refusal } | undefined;
  decision: Decision | undefined;
}

/** What somebody decided about a job that waited for an approval. */
export interface Decision {
  readonly decision: "Approved" | "Rejected";
  readonly atMs: number;
  readonly reason: string;
}

/** One line of the array's own log of who did what. */
export interface AuditEvent {
  readonly id: string;
  readonly type: "Authentication" | "Authorization" | "Config" | "Logout";
  readonly atMs: number;
  readonly user: string;
  readonly isSuccessful: boolean;
  readonly job: Job | undefined;
  readonly message: string;
}

/** The jobs and audit events of an array, oldest first. */
export interface JobBook {
  readonly jobs: readonly Job[];
  readonly events: readonly AuditEvent[];
  open(job: Pick<Job, "change" | "resourceType" | "resourceId" | "resourceName" | "user" | "startMs" | "phase">): Job;
  /** The job has ended, as this answer would have said. */
  end(job: Job, nowMs: number, result: NonNullable<Job["result"]>): void;
  /** It was none: only the audit tells of it. */
  drop(job: Job, nowMs: number, refusal: Refusal): void;
  log(event: Omit<AuditEvent, "id">): void;
}

/** An empty book. */
export function jobBook(): JobBook {
  const jobs: Job[] = [];
  const events: AuditEvent[] = [];
  let count = 0;
  const log: JobBook["log"] = (event) => void events.push({ id: `${10_000 + events.length}`, ...event });
  return {
    jobs,
    events,
    log,
    open(opened) {
      count += 1;
      const id = `5b1c${count.toString(16).padStart(4, "0")}-7d10-4c52-9f3e-0a4e6c2b9d11`;
      const job: Job = { ...opened, id, endMs: undefined, result: undefined, decision: undefined };
      jobs.push(job);
      return job;
    },
    drop(job, nowMs, refusal) {
      jobs.splice(jobs.indexOf(job), 1);
      log({
        type: "Config",
        atMs: nowMs,
        user: job.user,
        isSuccessful: false,
        job: undefined,
        message: refusal.message,
      });
    },
    end(job, nowMs, result) {
      job.phase = result.refusal === undefined ? "Completed" : "Failed";
      job.endMs = nowMs;
      job.result = result;
      const { user, resourceName } = job;
      const outcome = result.refusal === undefined ? "succeeded" : `failed: ${result.refusal.message}`;
      const message = `${titleOf(job.change)} ${job.resourceType} ${resourceName ?? job.resourceId ?? ""} ${outcome}`;
      log({ type: "Config", atMs: nowMs, user, isSuccessful: result.refusal === undefined, job, message });
    },
  };
}

/** `start_copy` as a heading: `Start copy`. */
export function titleOf(change: ChangeName): string {
  const words = change.replaceAll("_", " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** A time as the array writes it; null for one that has not come. */
export function timeOrNull(ms: number | undefined): string | null {
  return ms === undefined ? null : timestamp(ms);
}
