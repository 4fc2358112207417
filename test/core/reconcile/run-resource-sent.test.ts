import { expect, test } from "vitest";
import type { ObservedVolume } from "../pulumi/volume.ts";
import { taken } from "../pulumi/volume-resource.ts";
import { failure } from "./scripted-reconciler.ts";
import { creating, growing, seen, startRuns } from "./volume-run.ts";

test("actions that are sent together each add to what is observed", async () => {
  const { apply, play } = startRuns();
  play.settings = { actsInFlight: 2 };
  const isDone = ({ label, size }: ObservedVolume) => label === "made" && size === 20;
  play.plan = (_target, observed) =>
    isDone(observed)
      ? { kind: "settled", reason: "done" }
      : {
          kind: "act",
          actions: [
            { kind: "make", size: 1 },
            { kind: "grow", size: 20 },
          ],
          reason: "due",
        };
  play.send = async (action) => ({
    after: (observed) => (action.kind === "make" ? { ...observed, id: "7", label: "made" } : { ...observed, size: 20 }),
  });
  expect(await apply(creating)).toMatchObject({
    kind: "done",
    recorded: { state: { label: "made", sizeNow: 20, actions: [{ act: "make, grow" }] } },
  });
});

test("what comes of an action is recorded at once, with the audit log, before the array is read again", async () => {
  const { apply, play } = startRuns();
  await apply(growing);
  expect(play.records.map(({ observed, entries }) => [observed.size, entries.map(({ act }) => act)])).toEqual([
    [10, []],
    [20, ["grow"]],
    [20, ["grow"]],
  ]);
});

test("what is sent after one read, and what is sent after the next, are entries of their own", async () => {
  const { apply, play } = startRuns();
  play.send = async (action, _observed, target) =>
    action.kind === "make" ? { after: () => seen({ size: 5 }) } : taken(action, target);
  expect(await apply(creating)).toMatchObject({
    recorded: {
      state: {
        actions: [
          { act: "make", reason: "0, wanted 10" },
          { act: "grow", reason: "5, wanted 10" },
        ],
      },
    },
  });
});

test("an action whose answer was lost is recorded as that, and stays recorded when the run fails", async () => {
  const { apply, play } = startRuns();
  const { observe } = play;
  play.send = async (action, _observed, target) => ({
    ...taken(action, target),
    outcome: "lost",
    error: failure("lost"),
  });
  play.observe = async (target, before) => {
    if (before !== undefined) throw failure("permission");
    return observe(target, before);
  };
  expect(await apply(creating)).toMatchObject({
    kind: "failed",
    error: { kind: "permission" },
    recorded: { id: "7", state: { sizeNow: 10, actions: [{ act: "make", outcome: "lost" }] } },
  });
});

test("an action whose answer was lost is sent again only when the array has kept showing the opportunity for its grace", async () => {
  const { apply, play, clock } = startRuns();
  const sentAtMs: number[] = [];
  play.send = async (action, _observed, target) => {
    sentAtMs.push(clock.nowMs());
    const isFirst = sentAtMs.length === 1;
    if (!isFirst) return taken(action, target);
    return { outcome: "lost", error: failure("lost"), after: (observed) => observed };
  };
  expect(await apply(growing)).toMatchObject({
    kind: "done",
    recorded: { state: { actions: [{ act: "grow", outcome: "lost" }, { act: "grow" }] } },
  });
  expect(sentAtMs[0]).toBe(0);
  expect(sentAtMs[1]).toBeGreaterThanOrEqual(30_000);
});

test("an action that an earlier run has sent is not sent again within its grace", async () => {
  const { apply, play, clock } = startRuns();
  play.recent = ({ urn }) => [{ dedupeKey: urn === "urn:v" ? "grow" : "", atMs: 0 }];
  await apply(growing);
  expect(play.sent).toHaveLength(1);
  expect(clock.nowMs()).toBeGreaterThanOrEqual(30_000);
});

test("a rejection that the plan answers is no failure of the run", async () => {
  const { apply, play } = startRuns();
  play.plan = (_target, { label }) =>
    label === "rejected"
      ? { kind: "settled", reason: "it is as it may be" }
      : { kind: "act", actions: [{ kind: "grow", size: 20 }], reason: "due" };
  play.send = async () => ({
    outcome: "rejected",
    after: (observed) => ({ ...observed, label: "rejected" }),
  });
  expect(await apply(growing)).toMatchObject({
    kind: "done",
    recorded: { state: { label: "rejected", actions: [{ act: "grow", outcome: "rejected" }] } },
  });
});

test("a rejection that the plan does not answer ends the run, recorded", async () => {
  const { apply, play } = startRuns();
  const rejection = failure("refused");
  play.send = async () => ({ outcome: "rejected", error: rejection, after: (observed) => observed });
  expect(await apply(growing)).toMatchObject({
    kind: "failed",
    error: rejection,
    recorded: { state: { sizeNow: 10, actions: [{ act: "grow", outcome: "rejected" }] } },
  });
});

test("an action that was held back because the time is over is not in the audit log", async () => {
  const { apply, play, clock } = startRuns({ timeoutMs: 60_000 });
  play.send = async (action, _observed, target, { confirm }) => {
    await clock.sleep(120_000, new AbortController().signal);
    confirm();
    return taken(action, target);
  };
  expect(await apply(growing)).toMatchObject({
    kind: "failed",
    error: { kind: "timeout" },
    recorded: { state: { sizeNow: 10, actions: [] } },
  });
});
