import type { Switch, TransferMode } from "./session-table.ts";

/** Status words of a job (RESTful API reference, Viewing Jobs). */
export const jobStatuses = ["Queued", "Running", "Success", "Error", "Partial_Error", "Canceled"] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** What a job does, and to which sessions. */
export type JobCommand =
  | { readonly kind: "suspend"; readonly ids: readonly number[]; readonly force: boolean; readonly concurrent: boolean }
  | { readonly kind: "resume" | "reverse"; readonly ids: readonly number[] }
  | { readonly kind: "modify"; readonly ids: readonly number[]; readonly modes: ModeChange };

/** The body of a mode change: what is absent stays. */
export interface ModeChange {
  readonly transferMode?: TransferMode | undefined;
  readonly splitMode?: Switch | undefined;
  readonly recoveryMode?: Switch | undefined;
}

/** How one session fares within a job. */
export interface JobMember {
  readonly id: number;
  /** `undefined` unless it failed. */
  readonly failure: { readonly code: string; readonly message: string } | undefined;
  /** Its suspend goes on after the job's end. */
  readonly outlivesJob: boolean;
}

/** One registered job. */
export interface Job {
  readonly id: number;
  /** The user who started it: nobody else sees it. */
  readonly owner: string;
  readonly description: string;
  readonly command: JobCommand;
  readonly status: JobStatus;
  readonly createdMs: number;
  readonly modifiedMs: number;
  /** When it starts and ends, as planned. */
  readonly startsMs: number;
  readonly endsMs: number;
  /** Empty until it starts. */
  readonly members: readonly JobMember[];
}

/** Whether a job is over. */
export function hasEnded(job: Job): boolean {
  return job.status !== "Queued" && job.status !== "Running";
}
