import { expect, test } from "vitest";
import { graceMs, type Job } from "../../../../provider/eternus/job.ts";
import {
  afterAnswer,
  afterLostAnswer,
  openCommandLog,
} from "../../../../provider/eternus/rec-session-group/commands/command-log.ts";
import {
  afterFirstJobs,
  afterJob,
  afterLostJobs,
  jobsWanted,
} from "../../../../provider/eternus/rec-session-group/commands/follow-jobs.ts";
import { outcomeFor } from "../../../../provider/eternus/rec-session-group/commands/job-outcome.ts";

const job = (more: Partial<Job>): Job => ({
  id: 7,
  status: "Partial_Error",
  description: undefined,
  inProgress: [],
  succeeded: undefined,
  failures: [],
  ...more,
});
const suspend = { kind: "suspend", ids: [0, 1], force: false } as const;
const described = 'POST /copysession/suspend {"copysession_id_list":[0,1],"force":false}';
const sent = (log: ReturnType<typeof openCommandLog>) => Object.fromEntries(log.sent);

test.each<[string, Partial<Job>, object]>([
  ["a success", { status: "Success" }, { kind: "done" }],
  ["a list of what succeeded", { succeeded: [1] }, { kind: "done" }],
  ["a list of what goes on", { inProgress: [1] }, { kind: "done" }],
  [
    "a failure of its own",
    { failures: [{ sessionId: 1, code: "5300", message: "M" }] },
    { kind: "failed", failure: { code: "5300", message: "M" } },
  ],
  [
    "a failure without a reason",
    { failures: [{ sessionId: 1, code: undefined, message: "" }] },
    { kind: "failed", failure: { message: "job 7 ended in Partial_Error" } },
  ],
  ["that it is so already", { failures: [{ sessionId: 1, code: "5344", message: "M" }] }, { kind: "already so" }],
  [
    "a list of what succeeded without it",
    { succeeded: [0] },
    { kind: "failed", failure: { message: "job 7 ended in Partial_Error" } },
  ],
  ["the failure of another", { failures: [{ sessionId: 0, code: "5300", message: "M" }] }, { kind: "not reported" }],
  [
    "a failure of nobody in particular",
    { status: "Error", failures: [{ sessionId: undefined, code: "0020", message: "M" }] },
    { kind: "not reported", failure: { message: "job 7 ended in Error: M" } },
  ],
  ["nothing", { status: "Error" }, { kind: "not reported", failure: { message: "job 7 ended in Error" } }],
  [
    "a cancellation",
    { status: "Canceled", succeeded: [] },
    { kind: "not reported", failure: { message: "job 7 was canceled" } },
  ],
])("a job that reports %s", (_, reported, outcome) => {
  expect(outcomeFor(1, job(reported), "suspend", false)).toMatchObject(outcome);
});

test("what a job about one session reports of nobody in particular is about that session", () => {
  const reported = job({ status: "Error", failures: [{ sessionId: undefined, code: "5300", message: "M" }] });
  expect(outcomeFor(1, reported, "resume", true)).toEqual({ kind: "failed", failure: { code: "5300", message: "M" } });
});

test("a command that was taken is followed by its job until the job ends", () => {
  const taken = afterAnswer(openCommandLog([]), suspend, 7, 0);
  expect([taken.jobIds, [...taken.openJobs.keys()], sent(taken)]).toMatchObject([
    [7],
    [7],
    { 0: { kind: "under way" } },
  ]);
  expect(afterJob(taken, 7, job({ status: "Running" }), 0)).toBe(taken);
  expect(afterJob(taken, 7, job({ status: "Pondering" }), 0)).toBe(taken);
  const ended = afterJob(taken, 7, job({ status: "Success" }), 0);
  expect([[...ended.openJobs.keys()], sent(ended)]).toMatchObject([[], { 0: { kind: "done" }, 1: { kind: "done" } }]);
});

test("a job that is gone leaves it to the sessions", () => {
  const gone = afterJob(afterAnswer(openCommandLog([]), suspend, 7, 0), 7, undefined, 100);
  expect(sent(gone)[0]).toEqual({ kind: "unclear", command: "suspend", untilMs: 100 + graceMs });
});

test("a job of an earlier run is waited for, and its failures are history", () => {
  const inherited = openCommandLog([
    [0, 7],
    [1, 7],
  ]);
  expect([inherited.jobIds, sent(inherited)]).toMatchObject([[], { 0: { kind: "under way", jobId: 7 } }]);
  const failed = job({ failures: [{ sessionId: 0, code: "5300", message: "M" }] });
  expect(sent(afterJob(inherited, 7, failed, 0))).toMatchObject({ 1: { kind: "unclear" } });
  expect(sent(afterJob(inherited, 7, failed, 0))).not.toHaveProperty("0");
});

test("the user's jobs that are under way for these sessions are waited for", () => {
  expect(jobsWanted(openCommandLog([]))).toBe("under way");
  const jobs = [
    job({ id: 5, status: "Running", description: "POST /copysession/1/resume" }),
    job({ id: 6, status: "Running", description: "POST /copysession/9/resume" }),
    job({ id: 7, status: "Success", description: described }),
  ];
  const log = afterFirstJobs(openCommandLog([]), jobs, [0, 1]);
  expect([log.jobIds, sent(log)]).toEqual([[], { 1: { kind: "under way", command: "resume", jobId: 5 } }]);
  expect(jobsWanted(log)).toBe("none");
});

test("a new group searches all jobs for the suspend that a killed run has left", () => {
  expect(jobsWanted(openCommandLog([], true))).toBe("all");
  const resume = job({ id: 8, status: "Success", description: "POST /copysession/1/resume" });
  const found = (...jobs: Job[]) => [...afterFirstJobs(openCommandLog([], true), jobs, [0, 1]).openJobs.keys()];
  const suspended = job({ status: "Success", description: described });
  expect(found(suspended)).toEqual([7]);
  expect(found({ ...suspended, status: "Partial_Error" })).toEqual([7]);
  expect(found({ ...suspended, status: "Error" })).toEqual([]);
  expect(found(suspended, resume)).toEqual([]);
  expect(found({ ...suspended, description: described.replace("[0,1]", "[0]") })).toEqual([]);
  expect(found({ ...suspended, description: described.replace("[0,1]", "[0,1,2]") })).toEqual([]);
  expect([...afterFirstJobs(openCommandLog([]), [suspended], [0, 1]).openJobs.keys()]).toEqual([]);
});

test("of what a killed run has left, only sessions that it did suspend count as found active", () => {
  const partial = job({
    description: described,
    failures: [{ sessionId: 0, code: "5344", message: "M" }],
    succeeded: [1],
  });
  const ended = afterJob(afterFirstJobs(openCommandLog([], true), [partial], [0, 1]), 7, partial, 0);
  expect([[...ended.orphans], [...ended.suspendJobs]]).toEqual([[1], [[1, 7]]]);
});

test("a job met among the user's jobs is anybody's, so it is no job of the group that has suspended a session", () => {
  const running = job({ status: "Running", description: described });
  const met = afterFirstJobs(openCommandLog([]), [running], [0, 1]);
  for (const ended of [{ ...running, status: "Success" }, { ...running, status: "Partial_Error" }, undefined]) {
    expect(afterJob(met, 7, ended, 0).suspendJobs).toEqual(new Map());
  }
});

test("a job that does what a command with a lost answer would have done has suspended the sessions of which it says so", () => {
  const sent = afterLostAnswer({ ...openCommandLog([]), isInformed: true }, suspend);
  const partial = job({ status: "Partial_Error", description: described, inProgress: [1] });
  expect(afterJob(afterLostJobs(sent, [partial]), 7, partial, 0).suspendJobs).toEqual(new Map([[1, 7]]));
});

test("a forced suspend of another run makes its sessions suspect", () => {
  const forced = job({ status: "Running", description: described.replace("false", "true") });
  expect([...afterFirstJobs(openCommandLog([]), [forced], [1]).suspect]).toEqual([1]);
});

test("a lost command is not taken for one with another force", () => {
  const forced = job({ description: described.replace("false", "true") });
  expect(afterLostJobs(afterLostAnswer(openCommandLog([]), suspend), [forced]).jobIds).toEqual([]);
});

test("a command whose answer was lost is recognized by what it does", () => {
  const started = afterAnswer(afterFirstJobs(openCommandLog([]), [], [0, 1]), suspend, 6, 0);
  const lost = afterLostAnswer(started, suspend);
  expect(jobsWanted(lost)).toBe("all");
  const jobs = [
    job({ id: 6, description: described }),
    job({ id: 7, status: "Success", description: described }),
    job({ id: 8, status: "Running", description: "POST /copysession/1/resume" }),
  ];
  const found = afterLostJobs(lost, jobs);
  expect([found.jobIds, sent(found)]).toMatchObject([[6, 7], { 0: { kind: "under way", jobId: 7 } }]);
  expect(jobsWanted(found)).toBe("none");
  expect(afterLostJobs(lost, jobs.slice(2)).jobIds).toEqual([6]);
});

test("a longer wait follows each failure, up to a minute, and never less than the array asks for", () => {
  const failed = job({ failures: [{ sessionId: 0, code: "5322", message: "M" }] });
  let log = openCommandLog([]);
  const waitsMs = Array.from({ length: 8 }, (_, round) => {
    log = afterJob(afterAnswer(log, { kind: "suspend", ids: [0] }, round, 0), round, { ...failed, id: round }, 0);
    const now = log.sent.get(0);
    return now?.kind === "failed" ? now.againMs : undefined;
  });
  expect(waitsMs).toEqual([2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});
