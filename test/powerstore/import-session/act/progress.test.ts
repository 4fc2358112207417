import { expect, test } from "vitest";
import { stageOf } from "../../../../provider/core/reconcile/step.ts";
import { cancelText, copySample, progressText } from "../../../../provider/powerstore/import-session/act/progress.ts";
import { planStep } from "../../../../provider/powerstore/import-session/plan/plan.ts";
import { sampleGoal, sampleObserved, sampleSession } from "../samples.ts";

const nowMs = Date.UTC(2030, 0, 1);
const after = (minutes: number) => new Date(nowMs + minutes * 60_000).toISOString();
const shown = (changes: object, leftMinutes?: number, state = "Copy_In_Progress") => {
  const observed = sampleObserved(sampleSession(state, changes));
  const leftMs = leftMinutes === undefined ? undefined : leftMinutes * 60_000;
  return progressText(observed, { kind: "wait", reason: "copying" }, "Ready_For_Cutover", leftMs);
};

test("a copy shows percent, rate and time left", () => {
  const session = { progress_percentage: 42, current_transfer_rate: 418_000_000 };
  expect(shown(session, 135)).toBe("copying 42%, 418 MB/s, ready in 2h15m");
});

test.each([
  [{}, undefined, "copying"],
  [{ progress_percentage: 0 }, undefined, "copying 0%"],
  [{ current_transfer_rate: 0 }, undefined, "copying, 0 MB/s"],
  [{ current_transfer_rate: 1_250_000_000 }, undefined, "copying, 1.3 GB/s"],
  [{ current_transfer_rate: 999_999_999 }, undefined, "copying, 1000 MB/s"],
  [{}, 60, "copying, ready in 1h00m"],
  [{}, 59.5, "copying, ready in 1h00m"],
  [{}, 0.2, "copying, ready in 1m"],
  [{}, 0, "copying, ready in less than a minute"],
])("a copy of which the array says %j and that is forecast to last %j minutes shows %j", (session, left, expected) => {
  expect(shown(session, left)).toBe(expected);
});

test("a session that does not copy shows what is waited for and nothing left over from its copy", () => {
  expect(shown({ progress_percentage: 100, current_transfer_rate: 7 }, undefined, "Ready_For_Cutover")).toBe("copying");
});

test("where there is no session yet, the step is shown", () => {
  const step = { kind: "act", actions: [], reason: "creating the session" } as const;
  expect(progressText(sampleObserved(undefined), step, "Ready_For_Cutover", undefined)).toBe("creating the session");
});

const group = (state: string, ...members: readonly (readonly [state: string, changes?: object])[]) =>
  sampleObserved(
    sampleSession(state, { destination_resource_type: "volume_group" }),
    members.map(([word, changes], index) => sampleSession(word, { id: `m${index}`, ...changes })),
    { atMs: nowMs },
  );
const copy = (percent: number, rate: number) =>
  ["Copy_In_Progress", { progress_percentage: percent, current_transfer_rate: rate }] as const;

test.each([
  [
    group("In_Progress", ["Ready_For_Cutover"], copy(43, 400e6), copy(71, 412e6)),
    "copying 43% at least: 1/3 ready for cutover, 2 copying, 812 MB/s, ready in 12m",
  ],
  [group("In_Progress", ["In_Progress"], ["Queued"]), "setting up: 0/2 ready for cutover, 1 setting up, 1 queued"],
  [
    group("In_Progress", ["Failed"], copy(5, 1e9)),
    "member m0 is Failed 5%: 0/2 ready for cutover, 1 failed, 1 copying, 1.0 GB/s, ready in 12m",
  ],
  [
    group("Cutover_In_Progress", ["Import_Completed"], ["Cutover_In_Progress"]),
    "cutting over: 1/2 imported, 1 cutting over",
  ],
])("a group shows how many of its members are where", (observed, expected) => {
  const targetState = "Import_Completed";
  const step = planStep(sampleGoal({ targetState }), observed);
  expect(progressText(observed, step, targetState, 12 * 60_000)).toBe(expected);
});

test("a count that changes is no new stage", () => {
  const stages = [
    group("In_Progress", copy(1, 0), copy(2, 0)),
    group("In_Progress", copy(3, 0), ["Ready_For_Cutover"]),
  ].map((observed) => stageOf(planStep(sampleGoal(), observed)));
  expect(stages).toEqual(["copying", "copying"]);
});

test("a group that is cancelled shows how many of its members are over", () => {
  const observed = group("Cancel_In_Progress", ["Cancelled"], ["Cancelled"], ["Cancel_In_Progress"]);
  expect(cancelText(observed, { kind: "wait", reason: "cancelling" })).toBe("cancelling: 2/3 members over");
});

test.each([
  [undefined, undefined],
  ["", undefined],
  ["soon", undefined],
  [after(1), 60_000],
  [after(-1), 0],
])("of an estimate %j, %j ms are left", (estimate, left) => {
  const session = sampleSession("Copy_In_Progress", { estimated_completion_timestamp: estimate });
  expect(copySample(sampleObserved(session, [], { atMs: nowMs })).reportedMs).toBe(left);
});

test("a group is forecast by the member that takes longest", () => {
  const copying = (minutes: number) =>
    ["Copy_In_Progress", { estimated_completion_timestamp: after(minutes), progress_percentage: minutes }] as const;
  expect(copySample(group("In_Progress", copying(12), copying(90)))).toEqual({
    nowMs,
    reportedMs: 90 * 60_000,
    percent: 12,
  });
});
