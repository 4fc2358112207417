import { failureMessage } from "./array-refusal.ts";
import { after } from "./copy-flow.ts";
import type { CopySession } from "./copy-session.ts";
import type { ErrorCode } from "./error-codes.ts";
import type { EternusArray } from "./eternus-array.ts";
import type { Job, JobCommand, JobMember, JobStatus, ModeChange } from "./job.ts";
import { refusals, suspendOutlivesJob } from "./session-table.ts";

/** The job as it runs: each member is judged by the state it is in now, and set going. */
export function startJob(array: EternusArray, job: Job, atMs: number): Job {
  // Judged before any of this job's own members starts: those do not stand in each other's way.
  const refused = new Map(job.command.ids.map((id) => [id, refusalNow(array, job.command, id)]));
  const members = job.command.ids.map((id): JobMember => {
    const failure = scriptedFailure(array, job.command, id) ?? asFailure(refused.get(id), id);
    if (failure !== undefined) return { id, failure, outlivesJob: false };
    return { id, failure: undefined, outlivesJob: job.command.kind === "suspend" && beginSuspend(array, job, id) };
  });
  return { ...job, status: "Running", modifiedMs: atMs, members };
}

/** The job as it ended: what had to wait for its end is done, and what came between is a failure. */
export function finishJob(array: EternusArray, job: Job, atMs: number): Job {
  const members = job.members.map((member): JobMember => {
    if (member.failure !== undefined) return member;
    const failure = asFailure(complete(array, job.command, member.id, atMs), member.id);
    return failure === undefined ? member : { ...member, failure, outlivesJob: false };
  });
  return { ...job, members, status: endStatus(members), modifiedMs: atMs };
}

/** Why a command would be refused to a session now; `undefined` if it would run. */
export function refusalNow(array: EternusArray, command: JobCommand, id: number): ErrorCode | undefined {
  const session = array.sessions.get(id);
  if (session === undefined) return "0110";
  const { settings } = array;
  const situation = {
    type: session.type,
    status: session.status,
    phase: session.phase,
    transferMode: session.transferMode,
    suspending: session.suspending !== undefined,
    concurrentSuspend: [...array.sessions.values()].some((other) => other.suspending?.concurrent === true),
    force: command.kind === "suspend" && command.force,
    forceLiftsStackRule: settings.forceLiftsStackRule,
    pathLost: session.pathLost,
    reverseBuffers: settings.reverseBuffers,
    notEquivalentCode: settings.notEquivalentCode,
  };
  return refusals[command.kind].find(([applies]) => applies(situation))?.[1](situation);
}

function asFailure(code: ErrorCode | undefined, id: number): JobMember["failure"] {
  return code === undefined ? undefined : { code, message: failureMessage(code, `copysession ${id}`) };
}

function scriptedFailure(array: EternusArray, command: JobCommand, id: number): JobMember["failure"] {
  const index = array.scriptedFailures.findIndex((scripted) => scripted.id === id && scripted.kind === command.kind);
  return index === -1 ? undefined : array.scriptedFailures.splice(index, 1)[0];
}

/** Sets a suspend going; whether it will outlive its job. A halted session has nothing to drain. */
function beginSuspend(array: EternusArray, job: Job, id: number): boolean {
  const session = array.sessions.get(id);
  if (session === undefined || job.command.kind !== "suspend") return false;
  const outlives = session.status === "Active" && suspendOutlivesJob[session.transferMode];
  const endsMs = job.endsMs + (outlives ? array.settings.suspendDrainMs : 0);
  array.sessions.set(id, { ...session, suspending: { endsMs, concurrent: job.command.concurrent } });
  return outlives;
}

/** Does at a job's end what could not be done before; the code of what prevents it. */
function complete(array: EternusArray, command: JobCommand, id: number, atMs: number): ErrorCode | undefined {
  const session = array.sessions.get(id);
  if (session === undefined) return "0110";
  if (command.kind === "suspend") {
    return session.suspending !== undefined || session.status === "Suspend" ? undefined : "5321";
  }
  const refused = refusalNow(array, command, id);
  if (refused !== undefined) return refused;
  array.sessions.set(id, completed(session, command, atMs));
  return undefined;
}

function completed(session: CopySession, command: Exclude<JobCommand, { kind: "suspend" }>, atMs: number): CopySession {
  switch (command.kind) {
    case "resume":
      return after(session, "restarted", atMs);
    case "reverse":
      return { ...session, isLocalSource: !session.isLocalSource };
    case "modify":
      return modified(session, command.modes);
  }
}

/** From Synchronous to another mode the split mode becomes Manual, and stays so (RESTful API reference, Modifying REC Session). */
function modified(session: CopySession, modes: ModeChange): CopySession {
  const transferMode = modes.transferMode ?? session.transferMode;
  const splitMode = transferMode === "Synchronous" ? (modes.splitMode ?? session.splitMode) : "Manual";
  return { ...session, transferMode, splitMode, recoveryMode: modes.recoveryMode ?? session.recoveryMode };
}

function endStatus(members: readonly JobMember[]): JobStatus {
  const failed = members.filter((member) => member.failure !== undefined).length;
  if (failed === 0) return "Success";
  return failed === members.length ? "Error" : "Partial_Error";
}
