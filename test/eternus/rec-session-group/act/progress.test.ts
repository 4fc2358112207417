import { expect, test } from "vitest";
import type { CopySession } from "../../../../provider/eternus/copy-session.ts";
import type { GroupTarget } from "../../../../provider/eternus/rec-session-group/plan/target.ts";
import { group, nowMs, read, recordedAfter, target, update } from "../sample-group.ts";
import { sampleSession } from "../sample-session.ts";

const one = sampleSession();
const two = sampleSession({ id: 2 });
const run = target({ copySessionIds: [1, 2] }, { isPreview: false });

function progress(about: GroupTarget, sessions: readonly CopySession[]) {
  const observed = read(about, sessions);
  const step = group.plan(about, observed, { nowMs, isNow: true });
  if (step.kind === "fork") throw new Error("a run does not fork");
  return group.progress(observed, step, about);
}

test("a wait shows how far the slowest copy is, and how long it will still take", () => {
  const { text, sample } = progress(run, [
    { ...one, phase: "Copying", progress: 40 },
    { ...two, phase: "Copying", progress: 60 },
  ]);
  const wait = "0/2 suspended: copy sessions 1, 2: still copying (at least 40% copied)";
  expect([text(undefined), text(5 * 60_000)]).toEqual([wait, `${wait}, ready in 5m`]);
  expect(sample).toEqual({ nowMs, percent: 40, reportedMs: undefined });
});

test("the array's own word on how long its suspends take counts once it is known of all of them", () => {
  const suspending = { isSuspending: true, suspendSecondsLeft: 30 };
  const sampled = (second: Partial<CopySession>) =>
    progress(run, [
      { ...one, ...suspending },
      { ...two, ...second },
    ]).sample?.reportedMs;
  expect(sampled({})).toBe(30_000);
  expect(sampled({ ...suspending, suspendSecondsLeft: 90 })).toBe(90_000);
  expect(sampled({ isSuspending: true })).toBeUndefined();
});

test("progress is made where anything that the array shows changes", () => {
  const marker = (changes: Partial<CopySession>) => progress(run, [one, { ...two, ...changes }]).marker;
  const still = marker({ phase: "Copying", progress: 40 });
  expect(still?.text).toBe("1 Active, Equivalent; 1 Active, Copying 40%");
  expect(marker({ phase: "Copying", progress: 40 })?.fingerprint).toBe(still?.fingerprint);
  expect(marker({ phase: "Copying", progress: 41 })?.fingerprint).not.toBe(still?.fingerprint);
});

test("a run that has settled reports which destinations are not usable, and what was suspended before", () => {
  const suspended = [one, two].map((session) => ({ ...session, status: "Suspend", phase: "Copying" }));
  expect(progress(run, suspended).warnings).toEqual([
    "copy session 1 is suspended, but its destination, volume 2000, lacks data and is not usable",
    "copy session 2 is suspended, but its destination, volume 2000, lacks data and is not usable",
    "copy sessions 1, 2 had been suspended before: a destroy leaves them suspended",
  ]);
  expect(progress({ ...run, isPreview: true }, suspended).warnings).toEqual([]);
});

test("a destroy reports what it leaves as it is", () => {
  const found = [one, { ...two, status: "Suspend" }, sampleSession({ id: 3 }), sampleSession({ id: 4 })];
  const all = target({ copySessionIds: [1, 2, 3, 4] });
  const state = recordedAfter(all, read(all, found));
  const destroy: GroupTarget = {
    ...update({ copySessionIds: [1, 2, 3, 4] }, state),
    operation: { kind: "delete" },
    isPreview: false,
  };
  const other = { ...sampleSession({ id: 4 }).pair, sourceVolume: 9 };
  const turned = { ...one.pair, sourceVolume: 2000, destinationVolume: 1000, isLocalSource: false };
  expect(
    progress(destroy, [{ ...one, status: "Halt", pair: turned }, two, sampleSession({ id: 4, pair: other })]).warnings,
  ).toEqual([
    "copy session 1 is not suspended, but in Halt, and was left so",
    "copy session 1 continues to copy in the reversed direction",
    "copy session 2 was found suspended, and stays Active: restoring suspends nothing",
    "copy session 3 does not exist any more: there was nothing to restore",
    "copy session 4 names another pair than it did, and was left alone",
  ]);
});
