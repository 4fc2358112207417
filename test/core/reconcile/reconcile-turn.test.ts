import { expect, test } from "vitest";
import { openSemaphore } from "../../../provider/core/async/semaphore.ts";
import { reconcile } from "../../../provider/core/reconcile/reconcile.ts";
import { virtualClock } from "../virtual-clock.ts";
import { failure, type Read, runOn, scripted } from "./scripted-reconciler.ts";

const never = new AbortController().signal;

/** A run that finds its only turn taken for a minute. */
async function afterAWait(reads: readonly Read[]) {
  const clock = virtualClock();
  const semaphore = openSemaphore(1);
  const release = await semaphore.acquire(never);
  const play = scripted(clock, { reads }, { semaphore });
  const run = reconcile(play.reconciler, runOn(clock));
  await clock.sleep(60_000, never);
  release?.();
  const { kind } = await run;
  return {
    kind,
    sent: play.sent.map(({ action }) => action),
    readsAtMs: play.readsAtMs.map((ms) => ms - Date.UTC(2030, 0, 1)),
  };
}

test("what has waited for its turn is sent after another read that still allows it", async () => {
  const { sent, readsAtMs } = await afterAWait(["ready go", "ready go", "done"]);
  expect(sent).toEqual(["go"]);
  expect(readsAtMs.slice(0, 2)).toEqual([0, 60_000]);
});

test.each([
  ["its gate has been shut meanwhile", ["ready go", "held"], "held"],
  ["somebody else has done it meanwhile", ["ready go", "done"], "settled"],
] as const)("what has waited for its turn is not sent if %s", async (_, reads, kind) => {
  expect(await afterAWait(reads)).toMatchObject({ kind, sent: [] });
});

test.each(["lost", "unreachable"] as const)(
  "a read that fails after the wait (%s) sends nothing, and is no lost answer",
  async (kind) => {
    const { sent, readsAtMs } = await afterAWait(["ready go", failure(kind), "ready go", "done"]);
    expect(sent).toEqual(["go"]);
    // Within the pause between two reads, not after the time that a lost answer has to show.
    expect(readsAtMs[2]).toBeLessThan(70_000);
  },
);

test("what does not wait for its turn is sent on the read that planned it", async () => {
  const clock = virtualClock();
  const { reconciler, readsAtMs } = scripted(clock, { reads: ["ready go", "done"] });
  await reconcile(reconciler, runOn(clock));
  expect(readsAtMs).toHaveLength(2);
});
