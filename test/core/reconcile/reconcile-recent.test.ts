import { expect, test } from "vitest";
import { reconcile } from "../../../provider/core/reconcile/reconcile.ts";
import { virtualClock } from "../virtual-clock.ts";
import { failure, runOn, scripted } from "./scripted-reconciler.ts";

const graceMs = 30_000;

test("an action that an earlier run sent is not sent again while it may still show", async () => {
  const clock = virtualClock({ startMs: 10_000 });
  const recent = [{ dedupeKey: "go", atMs: 5000 }];
  const { reconciler, sent } = scripted(clock, { reads: ["ready go", "ready go", "copying", "done"] }, { recent });
  expect(await reconcile(reconciler, runOn(clock))).toMatchObject({ kind: "settled" });
  expect(sent).toEqual([]);
});

test("an action that an earlier run sent is sent again once the opportunity has outlasted the grace since then", async () => {
  const clock = virtualClock({ startMs: 10_000 });
  const recent = [{ dedupeKey: "go", atMs: 5000 }];
  const { reconciler, sent } = scripted(clock, { reads: [...Array(20).fill("ready go"), "done"] }, { recent });
  await reconcile(reconciler, runOn(clock));
  expect(sent).toEqual([{ action: "go", atMs: 5000 + graceMs + 1000 }]);
});

test("an action of an earlier run whose clock was ahead is not waited for longer than the grace from now", async () => {
  const clock = virtualClock({ startMs: 0 });
  const recent = [{ dedupeKey: "go", atMs: 24 * 3_600_000 }];
  const { reconciler, sent } = scripted(clock, { reads: [...Array(20).fill("ready go"), "done"] }, { recent });
  await reconcile(reconciler, runOn(clock));
  expect(sent).toEqual([{ action: "go", atMs: graceMs }]);
});

test("an opportunity that the array worked on since an earlier run is a new one", async () => {
  const clock = virtualClock({ startMs: 0 });
  const recent = [{ dedupeKey: "go", atMs: 0 }];
  const { reconciler, sent } = scripted(clock, { reads: ["copying", "ready go", "done"] }, { recent });
  await reconcile(reconciler, runOn(clock));
  expect(sent).toEqual([{ action: "go", atMs: 2000 }]);
});

test("a rejection of what was sent again after a lost answer is no failure when the first shows after all", async () => {
  const clock = virtualClock({ startMs: 0 });
  const reads = [...Array(20).fill("ready go"), "copying", "done"];
  const { reconciler, sent } = scripted(clock, { reads, answers: [failure("lost"), failure("refused")] });
  expect(await reconcile(reconciler, runOn(clock))).toMatchObject({ kind: "settled" });
  expect(sent).toHaveLength(2);
});

test("a rejection of what was sent again after a lost answer ends the run when the grace is over", async () => {
  const clock = virtualClock({ startMs: 0 });
  const rejection = failure("refused");
  const { reconciler, sent } = scripted(clock, { reads: ["ready go"], answers: [failure("lost"), rejection] });
  await expect(reconcile(reconciler, runOn(clock))).rejects.toBe(rejection);
  expect([sent.length, clock.nowMs()]).toEqual([2, 2 * graceMs]);
});
