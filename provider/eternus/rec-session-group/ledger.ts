import { saysSuspect } from "../error-codes.ts";
import { type CommandKind, commandOf, hasEnded, type Job, type JobCommand } from "../job.ts";
import { outcomeFor } from "./job-outcome.ts";
import { type Failure, type Member, type Sent, shows } from "./member.ts";

/** How long a session may take to show what became of a command that nothing else tells of, in milliseconds. */
export const graceMs = 60_000;

/** What a run has sent and what has come of it so far. Every change of it is a new one. */
export interface Ledger {
  /** By session: the last command, until the session shows that it is carried out. */
  readonly sent: ReadonlyMap<number, Sent>;
  /** By session: commands sent in this run. */
  readonly tries: ReadonlyMap<number, number>;
  /** By session: the job of the suspend that was sent for it, unless it failed. */
  readonly suspendJobs: ReadonlyMap<number, number>;
  /** Sessions whose destination lacks data: they were suspended by force, or the array does not vouch for them. */
  readonly suspect: ReadonlySet<number>;
  /** By id: jobs whose end has not been seen. */
  readonly openJobs: ReadonlyMap<number, OpenJob>;
  /** Jobs of this run, oldest first. */
  readonly jobIds: readonly number[];
  /** Whether the user's jobs have been looked through for some that were under way when the run began. */
  readonly isInformed: boolean;
  /** Commands whose answer was lost: the array may have taken them. */
  readonly lost: readonly JobCommand[];
}

type Seen = Pick<Member, "id" | "session" | "goal" | "found">;

export interface OpenJob extends JobCommand {
  /** This run's own; one an earlier run recorded; or one met among the user's jobs, which may be anybody's. */
  readonly origin: "run" | "record" | "list";
}

/** @param unfinished sessions whose suspend an earlier run started and did not see the end of, with its job */
export function openLedger(unfinished: readonly (readonly [sessionId: number, jobId: number])[]): Ledger {
  const empty: Ledger = {
    sent: new Map(),
    tries: new Map(),
    suspendJobs: new Map(),
    suspect: new Set(),
    openJobs: new Map(),
    jobIds: [],
    isInformed: false,
    lost: [],
  };
  const jobIds = new Set(unfinished.map(([, jobId]) => jobId));
  return [...jobIds].reduce((ledger, jobId) => {
    const ids = unfinished.filter(([, other]) => other === jobId).map(([sessionId]) => sessionId);
    return following(ledger, jobId, { kind: "suspend", ids, origin: "record" });
  }, empty);
}

/** Which of the user's jobs have to be looked through: those under way at the start of a run, all of them after an answer was lost. */
export function jobsWanted(ledger: Ledger): "under way" | "all" | "none" {
  if (ledger.lost.length > 0) return "all";
  return ledger.isInformed ? "none" : "under way";
}

/** The array took a command, or said that there is nothing left to do. */
export function afterAnswer(ledger: Ledger, command: JobCommand, answer: number | "already so", nowMs: number): Ledger {
  const counted = counting(ledger, command);
  if (answer !== "already so") return following(counted, answer, { ...command, origin: "run" });
  const unclear: Sent = { is: "unclear", kind: command.kind, untilMs: nowMs + graceMs };
  return { ...counted, sent: withAll(ledger.sent, command.ids, unclear) };
}

export function afterLostAnswer(ledger: Ledger, command: JobCommand): Ledger {
  return { ...ledger, lost: [...ledger.lost, command] };
}

/** The array refused a command outright. @param restMs how long it asked to be left alone, in milliseconds */
export function afterRefusal(ledger: Ledger, command: JobCommand, failure: Failure, nowMs: number, restMs = 0): Ledger {
  let changed = counting(ledger, command);
  for (const id of command.ids) changed = failing(changed, command.kind, id, failure, nowMs, restMs);
  return changed;
}

/** A forced suspend was sent for sessions whose data is not transferred. */
export function afterForce(ledger: Ledger, ids: readonly number[]): Ledger {
  return { ...ledger, suspect: new Set([...ledger.suspect, ...ids]) };
}

/** The user's jobs that are under way for these sessions are waited for, whoever started them. */
export function afterJobsUnderWay(ledger: Ledger, jobs: readonly Job[], sessionIds: readonly number[]): Ledger {
  let changed: Ledger = { ...ledger, isInformed: true };
  for (const job of jobs) {
    const command = commandOf(job.description);
    const ids = command?.ids.filter((id) => sessionIds.includes(id)) ?? [];
    if (command === undefined || ids.length === 0 || hasEnded(job) || changed.openJobs.has(job.id)) continue;
    changed = following(changed, job.id, { kind: command.kind, ids, origin: "list" });
  }
  return changed;
}

/** Commands whose answer was lost are recognized among the user's jobs by what they do; the newest is the likeliest. */
export function afterLostJobs(ledger: Ledger, jobs: readonly Job[]): Ledger {
  let changed: Ledger = { ...ledger, lost: [] };
  for (const lost of ledger.lost) {
    const found = jobs.findLast((job) => {
      const command = commandOf(job.description);
      return command !== undefined && isSameCommand(lost, command) && !changed.jobIds.includes(job.id);
    });
    if (found === undefined) continue;
    const followed = following(counting(changed, lost), found.id, { ...lost, origin: "list" });
    changed = { ...followed, jobIds: [...changed.jobIds, found.id] };
  }
  return changed;
}

/** A job as it is now; undefined when it is gone, which hands over to the sessions. */
export function afterJob(ledger: Ledger, jobId: number, job: Job | undefined, nowMs: number): Ledger {
  const command = ledger.openJobs.get(jobId);
  if (command === undefined || (job !== undefined && !hasEnded(job))) return ledger;
  let changed: Ledger = { ...ledger, openJobs: without(ledger.openJobs, jobId) };
  for (const id of command.ids) {
    const sent = changed.sent.get(id);
    if (sent?.is === "under way" && sent.jobId === jobId) changed = concluding(changed, command, id, job, nowMs);
  }
  return changed;
}

/** The sessions as they are now: what they show to be carried out needs no further thought. */
export function afterLook(ledger: Ledger, members: readonly Seen[], nowMs: number): Ledger {
  let changed = ledger;
  for (const member of members) {
    const sent = changed.sent.get(member.id);
    if (sent !== undefined) changed = afterLookAt(changed, member, sent, nowMs);
  }
  return changed;
}

/** The members with what has come so far of what was sent for them. */
export function withSent(ledger: Ledger, members: readonly Member[]): Member[] {
  return members.map((member) => ({
    ...member,
    sent: ledger.sent.get(member.id),
    tries: ledger.tries.get(member.id) ?? 0,
  }));
}

function afterLookAt(ledger: Ledger, member: Seen, sent: Sent, nowMs: number): Ledger {
  const isShown = shows(sent.kind, member);
  if (sent.is === "under way") {
    const { kind, jobId } = sent;
    const shown = isShown ? { shownMs: sent.shownMs ?? nowMs } : {};
    return sending(ledger, member.id, { is: "under way", kind, jobId, ...shown });
  }
  if (isShown) return { ...ledger, sent: without(ledger.sent, member.id) };
  const failure = sent.is === "done" && sent.kind === "suspend" ? suspendGivenUp(member) : undefined;
  return failure === undefined ? ledger : failing(ledger, "suspend", member.id, failure, nowMs);
}

function concluding(ledger: Ledger, command: OpenJob, id: number, job: Job | undefined, nowMs: number): Ledger {
  const { kind } = command;
  const untilMs = nowMs + graceMs;
  // The failures of an earlier attempt are history: the session shows whether there is anything left to do.
  if (job === undefined || command.origin !== "run") return sending(ledger, id, { is: "unclear", kind, untilMs });
  const outcome = outcomeFor(id, job, kind, command.ids.length === 1);
  switch (outcome.is) {
    case "done":
      return sending(ledger, id, { is: "done", kind });
    case "failed":
      return failing(ledger, kind, id, outcome.failure, nowMs);
    case "already so":
      return sending(withoutJob(ledger, id), id, { is: "unclear", kind, untilMs });
    case "untold":
      return sending(ledger, id, { is: "unclear", kind, untilMs, failure: outcome.failure });
  }
}

/** In Synchronous and Consistency mode a suspend goes on after its job's success, and may end without having suspended. */
function suspendGivenUp({ session }: Seen): Failure | undefined {
  const { isSuspending, suspendResult } = session ?? {};
  // The words for an end are not documented; a word that does not sound like a failure is none.
  if (isSuspending === true || !/err|fail|abort|cancel|time/i.test(suspendResult ?? "")) return undefined;
  return { message: `the array gave the suspend up (concurrent_suspend_result "${suspendResult}")` };
}

function following(ledger: Ledger, jobId: number, job: OpenJob): Ledger {
  const sent: Sent = { is: "under way", kind: job.kind, jobId };
  return {
    ...ledger,
    sent: withAll(ledger.sent, job.ids, sent),
    openJobs: new Map([...ledger.openJobs, [jobId, job]]),
    jobIds: job.origin === "run" ? [...ledger.jobIds, jobId] : ledger.jobIds,
    suspendJobs: job.kind === "suspend" ? withAll(ledger.suspendJobs, job.ids, jobId) : ledger.suspendJobs,
  };
}

function failing(ledger: Ledger, kind: CommandKind, id: number, failure: Failure, nowMs: number, restMs = 0): Ledger {
  const changed = kind === "suspend" ? withoutJob(ledger, id) : ledger;
  const pauseMs = Math.max(restMs, Math.min(1000 * 2 ** (changed.tries.get(id) ?? 0), graceMs));
  const suspect = saysSuspect(failure.code) ? new Set([...changed.suspect, id]) : changed.suspect;
  return sending({ ...changed, suspect }, id, { is: "failed", kind, failure, againMs: nowMs + pauseMs });
}

function counting(ledger: Ledger, { ids }: JobCommand): Ledger {
  return {
    ...ledger,
    tries: new Map([...ledger.tries, ...ids.map((id) => [id, (ledger.tries.get(id) ?? 0) + 1] as const)]),
  };
}

function sending(ledger: Ledger, id: number, sent: Sent): Ledger {
  return { ...ledger, sent: withAll(ledger.sent, [id], sent) };
}

function withoutJob(ledger: Ledger, id: number): Ledger {
  return { ...ledger, suspendJobs: without(ledger.suspendJobs, id) };
}

function withAll<Value>(map: ReadonlyMap<number, Value>, ids: readonly number[], value: Value): Map<number, Value> {
  return new Map([...map, ...ids.map((id) => [id, value] as const)]);
}

function without<Value>(map: ReadonlyMap<number, Value>, id: number): Map<number, Value> {
  return new Map([...map].filter(([key]) => key !== id));
}

function isSameCommand(one: JobCommand, other: JobCommand): boolean {
  const isSameSize = one.ids.length === other.ids.length;
  return one.kind === other.kind && isSameSize && one.ids.every((id) => other.ids.includes(id));
}
