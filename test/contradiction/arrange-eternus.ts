import { type CopySession, newCopySession } from "../arrays/eternus/copy-session.ts";
import type { Job } from "../arrays/eternus/job.ts";
import { finishJob, startJob } from "../arrays/eternus/job-run.ts";
import {
  type CopyPhase,
  type SessionStatus,
  type Switch,
  sessionStatuses,
  type TransferMode,
} from "../arrays/eternus/session-table.ts";
import type { EternusSimulation } from "../arrays/eternus/simulation.ts";

/** A REC copy session as it is to be found. */
export interface ArrangedCopySession {
  readonly id: number;
  /** A word that is none of the array's own stands for a state that nobody knows: it does not change, and takes no command. */
  readonly status: string;
  readonly phase: CopyPhase;
  /** @default "Synchronous" */
  readonly transferMode?: TransferMode;
  /** @default "Automatic" in Synchronous mode, else "Manual", which is all there can be */
  readonly splitMode?: Switch;
  /** @default "Automatic" */
  readonly recoveryMode?: Switch;
  /** Copies from the other array to this one. @default false */
  readonly isTurned?: boolean;
  /** A suspend of somebody else goes on, of which this user sees no job. @default false */
  readonly isSuspending?: boolean;
  /** Whether what it copies comes to an end: in Stack mode nothing promises that. @default true */
  readonly becomesEquivalent?: boolean;
  /** What stops the transfer of a halted session; with "path" a resume is refused. @default "buffer" */
  readonly trouble?: "buffer" | "path";
  /** When that passes, from now; `Infinity` for never. @default 60000 */
  readonly troubleEndsAfterMs?: number;
  /** When a session begins that has not begun, from now. @default Infinity: the array's documents promise nothing */
  readonly startsAfterMs?: number;
}

/** Puts copy sessions into states, as if they had come there by themselves. From there they go on: by time, by commands, by failures. */
export function arrangeCopySessions(array: EternusSimulation, arranged: readonly ArrangedCopySession[]): void {
  const { sessions, disguises, nowMs, settings } = array.model();
  for (const one of arranged) {
    const session = sessionOf(one, nowMs);
    const endsMs = nowMs + settings.jobRunningMs + settings.suspendDrainMs;
    const suspending = one.isSuspending === true ? { endsMs, concurrent: true } : undefined;
    sessions.set(one.id, { ...session, suspending });
    if (session.status === one.status) disguises.delete(one.id);
    else disguises.set(one.id, { status: one.status });
  }
}

/**
 * Lets this user's suspend of sessions that are there be under way, without a request in the log.
 *
 * @param job how far its job has come: a suspend in Synchronous or Consistency mode goes on after its job's success
 * @returns the job's id
 * @throws RangeError if the array would have refused it, or it would have ended with its job
 */
export function arrangeSuspend(
  array: EternusSimulation,
  ids: readonly number[],
  job: "Queued" | "Running" | "Success",
  force = false,
): number {
  const model = array.model();
  const { settings, nowMs, jobs } = model;
  const { jobQueuedMs, jobRunningMs } = settings;
  const startsMs = job === "Queued" ? nowMs + jobQueuedMs : nowMs;
  const queued: Job = {
    id: model.nextJobId,
    owner: array.username,
    description: `POST /copysession/suspend ${JSON.stringify({ copysession_id_list: ids, force })}`,
    command: { kind: "suspend", ids, force, concurrent: true },
    status: "Queued",
    createdMs: nowMs,
    modifiedMs: nowMs,
    startsMs,
    endsMs: job === "Success" ? nowMs : startsMs + jobRunningMs,
    members: [],
  };
  model.nextJobId += 1;
  jobs.set(queued.id, queued);
  if (job === "Queued") return queued.id;
  const running = startJob(model, queued, nowMs);
  const refused = running.members.find(({ failure, outlivesJob }) => {
    return failure !== undefined || (job === "Success" && !outlivesJob);
  });
  if (refused !== undefined)
    throw new RangeError(`a suspend of copy session ${refused.id} cannot be under way: ${refused.failure?.message}`);
  jobs.set(queued.id, job === "Running" ? running : finishJob(model, running, nowMs));
  return queued.id;
}

function sessionOf(one: ArrangedCopySession, nowMs: number): CopySession {
  const { id, phase, transferMode = "Synchronous", recoveryMode = "Automatic" } = one;
  const status = knownStatus(one.status) ?? "Reserved";
  const hasFailed = status === "Error" || status === "Error_Suspend";
  const seeded = newCopySession(
    {
      id,
      status,
      phase,
      transferMode,
      splitMode: one.splitMode ?? (transferMode === "Synchronous" ? "Automatic" : "Manual"),
      recoveryMode,
      isLocalSource: one.isTurned !== true,
      becomesEquivalent: one.becomesEquivalent ?? true,
      pathLost: status === "Halt" && one.trouble === "path",
      copyErrorCode: hasFailed ? "b1" : "00",
      startedMs: nowMs - 86_400_000,
      suspendedMs: status === "Suspend" ? nowMs - 3_600_000 : undefined,
      failedMs: hasFailed ? nowMs - 3_600_000 : undefined,
    },
    nowMs,
  );
  return { ...seeded, coming: comingTo(one, status, nowMs) };
}

function comingTo(
  { troubleEndsAfterMs = 60_000, startsAfterMs = Number.POSITIVE_INFINITY }: ArrangedCopySession,
  status: SessionStatus,
  nowMs: number,
): CopySession["coming"] {
  if (status === "Halt") return { what: "end of trouble", atMs: nowMs + troubleEndsAfterMs };
  if (status === "Idle" || status === "Reserved") return { what: "start", atMs: nowMs + startsAfterMs };
  return undefined;
}

function knownStatus(word: string): SessionStatus | undefined {
  return sessionStatuses.find((status) => status === word);
}
