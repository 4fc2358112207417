import { expect, test } from "vitest";
import { openSemaphore } from "../../../provider/core/async/semaphore.ts";
import { MigrationError } from "../../../provider/core/errors.ts";
import { reconcile } from "../../../provider/core/reconcile/reconcile.ts";
import { virtualClock } from "../virtual-clock.ts";
import { failure, runOn, scripted } from "./scripted-reconciler.ts";

const graceMs = 30_000;
const manyTimes = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);

test("an act is sent once although the array shows the same opportunity for a long time", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { settling, sent } = scripted(clock, { looks: [...manyTimes(100, "ready go"), "done"] });
  await reconcile(settling, runOn(clock));
  expect(sent).toEqual([{ act: "go", atMs: 0 }]);
});

test("an act that the array took is not sent again when its deadline passes", async () => {
  const clock = virtualClock();
  const { settling, sent } = scripted(clock, { looks: ["ready go"] });
  await expect(reconcile(settling, runOn(clock))).rejects.toMatchObject({ kind: "timeout" });
  expect(sent).toHaveLength(1);
});

test("an opportunity that comes back after the array worked on it is a new one", async () => {
  const clock = virtualClock();
  const { settling, sent } = scripted(clock, { looks: ["ready go", "copying", "ready go", "done"] });
  await reconcile(settling, runOn(clock));
  expect(sent.map(({ act }) => act)).toEqual(["go", "go"]);
});

test("each act of a plan is sent once, in order, and those that follow when their turn comes", async () => {
  const clock = virtualClock();
  const { settling, sent } = scripted(clock, { looks: ["ready a b", "ready b c", "ready c", "copying", "done"] });
  await reconcile(settling, runOn(clock));
  expect(sent.map(({ act }) => act)).toEqual(["a", "b", "c"]);
});

test.each([1, 3])("no more than %i acts are under way at once", async (atOnce) => {
  const clock = virtualClock();
  let underWay = 0;
  let most = 0;
  const act = async () => {
    most = Math.max(most, ++underWay);
    await clock.sleep(100, new AbortController().signal);
    underWay -= 1;
  };
  const { settling } = scripted(
    clock,
    { looks: ["ready a b c d e f", "done"] },
    { send: act, semaphore: openSemaphore(atOnce) },
  );
  await reconcile(settling, runOn(clock));
  expect(most).toBe(atOnce);
});

test("after a defect nothing more is sent", async () => {
  const clock = virtualClock();
  const { settling, sent } = scripted(clock, {
    looks: ["ready a b c d"],
    answers: ["taken", new TypeError("a defect")],
  });
  await expect(reconcile(settling, runOn(clock))).rejects.toThrow("a defect");
  expect(sent.map(({ act }) => act)).toEqual(["a", "b"]);
});

test.each(["lost", "failing", "contract"] as const)(
  "an act that was answered with nothing useful (%s) but is then seen as done is not sent again",
  async (kind) => {
    const clock = virtualClock();
    const { settling, sent } = scripted(clock, { looks: ["ready go", "copying", "done"], answers: [failure(kind)] });
    expect(await reconcile(settling, runOn(clock))).toMatchObject({ kind: "settled" });
    expect(sent).toHaveLength(1);
  },
);

test("an act whose answer was lost is not sent again within the grace", async () => {
  const clock = virtualClock({ startMs: 0 });
  const looks = [...manyTimes(15, "ready go"), "done"];
  const { settling, sent, looksAtMs } = scripted(clock, { looks, answers: [failure("lost")] });
  await reconcile(settling, runOn(clock));
  expect([sent.length, looksAtMs.at(-1)]).toEqual([1, graceMs]);
});

test("an act whose answer was lost is sent again once the opportunity has outlasted the grace", async () => {
  const clock = virtualClock({ startMs: 0 });
  const looks = [...manyTimes(40, "ready go"), "done"];
  const { settling, sent } = scripted(clock, { looks, answers: [failure("lost"), "taken"] });
  await reconcile(settling, runOn(clock));
  expect(sent).toEqual([
    { act: "go", atMs: 0 },
    { act: "go", atMs: graceMs },
  ]);
});

test("each lost answer begins a new grace", async () => {
  const clock = virtualClock({ startMs: 0 });
  const { settling, sent } = scripted(clock, {
    looks: [...manyTimes(46, "ready go"), "done"],
    answers: [failure("lost")],
  });
  await reconcile(settling, runOn(clock));
  expect(sent.map(({ atMs }) => atMs)).toEqual([0, graceMs, 2 * graceMs, 3 * graceMs]);
});

test.each(["unreachable", "busy"] as const)("an act that the array did not take (%s) is sent again", async (kind) => {
  const clock = virtualClock();
  const looks = ["ready go", "ready go", "ready go", "done"];
  const { settling, sent } = scripted(clock, { looks, answers: [failure(kind), "taken"] });
  await reconcile(settling, runOn(clock));
  expect(sent).toHaveLength(2);
});

test("W13: an act that a busy array did not take waits as long as the array asks", async () => {
  const clock = virtualClock({ startMs: 0 });
  const looks = ["ready go", "ready go", "done"];
  const { settling, sent } = scripted(clock, { looks, answers: [failure("busy", 90_000), "taken"] });
  await reconcile(settling, runOn(clock));
  expect(sent[1]?.atMs).toBeGreaterThanOrEqual(90_000);
});

test("W6: an act that the array keeps not taking is repeated ever less often", async () => {
  const clock = virtualClock({ startMs: 0 });
  const paceMs = (_observed: string, looks: number) => Math.min(2000 * 1.5 ** looks, 60_000);
  const { settling, sent } = scripted(
    clock,
    { looks: ["ready go"], answers: [failure("busy")] },
    { pollIntervalMs: paceMs },
  );
  await expect(reconcile(settling, runOn(clock))).rejects.toMatchObject({ kind: "timeout" });
  expect(sent.length).toBeLessThan(100);
});

test("an act that was refused but is then seen as done is a success", async () => {
  const clock = virtualClock();
  const { settling, sent } = scripted(clock, { looks: ["ready go", "done"], answers: [failure("refused")] });
  expect(await reconcile(settling, runOn(clock))).toMatchObject({ kind: "settled" });
  expect(sent).toHaveLength(1);
});

test("an act that was refused and is planned again ends the run with the refusal", async () => {
  const clock = virtualClock({ startMs: 0 });
  const refusal = failure("refused");
  const { settling, sent } = scripted(clock, { looks: ["ready go", "ready go"], answers: [refusal] });
  await expect(reconcile(settling, runOn(clock))).rejects.toBe(refusal);
  expect([sent.length, clock.nowMs()]).toEqual([1, 2000]);
});

test("a refused act does not keep the others of its plan from being sent", async () => {
  const clock = virtualClock();
  const looks = ["ready a b c", "ready a"];
  const { settling, sent } = scripted(clock, { looks, answers: [failure("refused"), "taken"] });
  await expect(reconcile(settling, runOn(clock))).rejects.toMatchObject({ kind: "refused" });
  expect(sent.map(({ act }) => act)).toEqual(["a", "b", "c"]);
});

test("W15: an act refused for its login or its rights is not tried again", async () => {
  const clock = virtualClock();
  for (const kind of ["authentication", "permission"] as const) {
    const { settling, sent } = scripted(clock, { looks: ["ready go"], answers: [failure(kind)] });
    await expect(reconcile(settling, runOn(clock))).rejects.toMatchObject({ kind });
    expect(sent).toHaveLength(1);
  }
});

test("what an act throws by mistake ends the run, but not before the acts under way have their answers", async () => {
  const clock = virtualClock();
  const finished: string[] = [];
  const act = async (name: string) => {
    if (name === "a") throw new TypeError("a defect");
    await clock.sleep(1000, new AbortController().signal);
    finished.push(name);
  };
  const { settling } = scripted(clock, { looks: ["ready a b c d"] }, { send: act, semaphore: openSemaphore(2) });
  await expect(reconcile(settling, runOn(clock))).rejects.toThrow(TypeError);
  const finishedAtTheEnd = [...finished];
  await clock.sleep(10_000, new AbortController().signal);
  expect(finished).toEqual(finishedAtTheEnd);
});

test("W11, W17: after an act, whatever came of it, the array is looked at before the next one", async () => {
  const clock = virtualClock();
  for (const answer of ["taken", failure("lost"), failure("busy"), failure("refused")] as const) {
    const order: string[] = [];
    const { settling } = scripted(clock, { looks: ["ready a", "ready b", "done"], answers: [answer, "taken"] });
    const onStep = (observed: string) => order.push(`look: ${observed}`);
    const act = async (name: string, observed: string, confirm: () => void) => {
      order.push(`act: ${name}`);
      await settling.send(name, observed, confirm);
    };
    await reconcile({ ...settling, onStep, send: act }, runOn(clock));
    expect(order).toEqual(["look: ready a", "act: a", "look: ready b", "act: b", "look: done"]);
  }
});

test("a refusal keeps what the array said about it", async () => {
  const clock = virtualClock();
  const report = {
    attempted: "cut over session 7",
    on: "the array",
    answered: "422 0xE0",
    next: "Look.",
    code: "0xE0",
  };
  const refusal = new MigrationError({ kind: "refused", ...report });
  const { settling } = scripted(clock, { looks: ["ready go"], answers: [refusal] });
  await expect(reconcile(settling, runOn(clock))).rejects.toMatchObject({ code: "0xE0", message: refusal.message });
});
