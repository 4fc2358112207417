import { expect, test } from "vitest";
import type { Clock } from "../../../provider/core/async/clock.ts";
import { reconcile } from "../../../provider/core/reconcile/reconcile.ts";
import { virtualClock } from "../virtual-clock.ts";
import { runOn, scripted } from "./scripted-reconciler.ts";

/** An action that has to log in first, which takes a minute; then it asks whether it may still leave. */
function slowLogin(clock: Clock, meanwhile: () => void = () => {}) {
  const left: string[] = [];
  const answer = async (confirm: () => void) => {
    meanwhile();
    await clock.sleep(60_000, new AbortController().signal);
    confirm();
    left.push("go");
  };
  return { left, script: { reads: ["ready go"], answers: [answer] } };
}

test("an action that is ready to leave within the time leaves", async () => {
  const clock = virtualClock();
  const { left, script } = slowLogin(clock);
  await reconcile(scripted(clock, { ...script, reads: ["ready go", "done"] }).reconciler, runOn(clock));
  expect(left).toEqual(["go"]);
});

test("an action that is ready to leave after the interruption does not leave", async () => {
  const clock = virtualClock();
  const interrupt = new AbortController();
  const { left, script } = slowLogin(clock, () => interrupt.abort());
  const run = reconcile(scripted(clock, script).reconciler, runOn(clock, { signal: interrupt.signal }));
  await expect(run).rejects.toMatchObject({ kind: "cancelled" });
  expect(left).toEqual([]);
});

test("an action that is ready to leave after the deadline does not leave, and that is reported once", async () => {
  const clock = virtualClock();
  const { left, script } = slowLogin(clock);
  const run = reconcile(scripted(clock, script).reconciler, runOn(clock, { timeoutMs: 30_000 }));
  await expect(run).rejects.toMatchObject({
    kind: "timeout",
    message: expect.not.stringMatching(/timed out.*timed out/),
  });
  expect(left).toEqual([]);
});
