import { expect, test } from "vitest";
import { noVolume } from "../pulumi/volume.ts";
import { fork } from "./fork.ts";
import { failure } from "./scripted-reconciler.ts";
import { creating, growing, seen, seven, startRuns } from "./volume-run.ts";

test("a run observes, plans, sends and observes until the plan settles, and records where it ends", async () => {
  const { apply, play } = startRuns();
  const recorded = {
    id: "7",
    state: {
      label: "vol-7",
      isLabelChosen: true,
      sizeNow: 10,
      error: undefined,
      actions: [{ act: "make", at: "1970-01-01T00:00:00.000Z", reason: "0, wanted 10" }],
    },
  };
  expect(await apply(creating)).toEqual({ kind: "done", recorded });
  expect([play.sent, play.reads.length]).toEqual([[{ kind: "make", size: 10 }], 2]);
});

test("each read continues from what was observed last, with what was sent since", async () => {
  const { apply, play } = startRuns();
  await apply(growing);
  expect(play.reads.map(({ before }) => before)).toEqual([undefined, seen({ size: 20 })]);
});

test("a plan that forks in a run takes the careful way", async () => {
  const { apply, play, warnings } = startRuns();
  const grow = { kind: "act", actions: [{ kind: "grow", size: 20 }], reason: "due" } as const;
  play.plan = () => fork("nobody knows", grow, { kind: "held", reason: "held: to be careful" });
  expect(await apply(growing)).toMatchObject({ kind: "done" });
  expect([play.sent, warnings()]).toEqual([[], ["warning: held: to be careful"]]);
});

test("every read of a run is planned for the time of the read", async () => {
  const { apply, play } = startRuns();
  const moments: unknown[] = [];
  const { plan } = play;
  play.plan = (target, observed, moment) => {
    moments.push(moment);
    return plan(target, observed, moment);
  };
  await apply(growing);
  expect(moments).toEqual([
    { nowMs: 0, isNow: true },
    { nowMs: 1000, isNow: true },
  ]);
});

test("a run that fails before anything exists has nothing recorded", async () => {
  const { apply, play } = startRuns();
  const error = failure("permission");
  play.observe = () => Promise.reject(error);
  expect(await apply(creating)).toEqual({ kind: "failed", error, recorded: undefined });
});

test("an update that fails before the array was read keeps what was recorded", async () => {
  const { apply, play } = startRuns();
  const error = failure("permission");
  play.observe = () => Promise.reject(error);
  expect(await apply(growing)).toEqual({ kind: "failed", error, recorded: seven });
});

test("what was read last stays recorded when the object vanishes", async () => {
  const { apply, play } = startRuns();
  const reads = [seen({ isBusy: true }), noVolume];
  play.observe = async () => reads.shift() ?? noVolume;
  play.plan = (_target, { id }) =>
    id === undefined
      ? { kind: "stuck", reason: "it is gone", next: "Find it.", as: "notFound" }
      : { kind: "wait", reason: "copying" };
  expect(await apply(growing)).toMatchObject({
    kind: "failed",
    error: { kind: "notFound" },
    recorded: { id: "7", state: { sizeNow: 10 } },
  });
});

test("a plan that settles with nothing to record is a defect", async () => {
  const { apply, play } = startRuns();
  play.plan = () => ({ kind: "settled", reason: "done" });
  expect(await apply(creating)).toMatchObject({
    kind: "failed",
    error: { message: "settled with nothing to record" },
    recorded: undefined,
  });
});

test("a defect in the middle of a run keeps what was recorded", async () => {
  const { apply, play } = startRuns();
  play.send = () => Promise.reject(new TypeError("x is undefined"));
  const applied = await apply(growing);
  expect(applied).toMatchObject({ kind: "failed", recorded: { id: "7" } });
  expect(applied).toHaveProperty("error", expect.any(TypeError));
});
