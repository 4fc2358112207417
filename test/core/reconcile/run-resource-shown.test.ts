import { expect, test } from "vitest";
import { taken } from "../pulumi/volume-resource.ts";
import { creating, growing, seen, startRuns } from "./volume-run.ts";

test("what an action puts at stake is warned of before it is sent", async () => {
  const { apply, play, warnings, said } = startRuns();
  let warnedBefore: readonly string[] = [];
  play.send = async (action, _observed, target) => {
    warnedBefore = warnings();
    said.push("sent");
    return taken(action, target);
  };
  await apply(growing);
  expect(warnedBefore).toEqual(["warning: it cannot shrink again"]);
  expect(said).toContain("sent");
});

test("while sending, an action can warn on the row of its resource", async () => {
  const { apply, play, warnings } = startRuns();
  play.send = async (action, _observed, target, { warn }) => {
    warn("it takes the slow way");
    return taken(action, target);
  };
  await apply(growing);
  expect(warnings()).toContain("warning: it takes the slow way");
});

test("what somebody should know who sees a read is warned of", async () => {
  const { apply, play, warnings } = startRuns();
  play.progress = () => ({ warnings: ["it is shared"] });
  await apply({ ...growing, inputs: { size: 10 } });
  expect(warnings()).toEqual(["warning: it is shared"]);
});

test("a hold is a success with a warning, and is recorded", async () => {
  const { apply, warnings } = startRuns();
  expect(await apply({ ...growing, inputs: { size: 20, grace: 300_000 } })).toMatchObject({
    kind: "done",
    recorded: { id: "7", state: { sizeNow: 10 } },
  });
  expect(warnings()).toEqual(["warning: held: its grace is not over"]);
});

test("an error names what was attempted, with the id of what this run has made, and the array", async () => {
  const { apply, play } = startRuns({ timeoutMs: 60_000 });
  play.plan = (_target, { id }) =>
    id === undefined
      ? { kind: "act", actions: [{ kind: "make", size: 5 }], reason: "there is none" }
      : { kind: "wait", reason: "copying" };
  expect(await apply(creating)).toMatchObject({
    kind: "failed",
    error: {
      kind: "timeout",
      message: expect.stringMatching(
        /^Array default \(https:\/\/default\): could not bring volume 7 to size 10: timed out while copying\./,
      ),
    },
  });
});

test("the row shows the progress of every read, with what is left of the wait", async () => {
  const { apply, play, said, clock } = startRuns();
  const reads = [seen({ size: 20, isBusy: true }), seen({ size: 20, isBusy: true }), seen({ size: 20 })];
  play.observe = async () => reads.shift() ?? seen({ size: 20 });
  const nowMs = () => clock.nowMs();
  play.progress = ({ isBusy }) => ({
    text: (leftMs) => (isBusy ? `copying, ${leftMs} ms left` : "done"),
    sample: isBusy ? { nowMs: nowMs(), reportedMs: 100_000 - nowMs() } : undefined,
  });
  await apply(growing);
  const rows = said.filter((text) => !text.startsWith("plan: "));
  // Most of the rest is waited, up to a minute.
  expect(rows).toEqual(["copying, 100000 ms left", "copying, 40000 ms left", "done"]);
});

test("a read that shows nothing of the rest of the wait is followed by others ever less often", async () => {
  const { apply, play, clock } = startRuns({ timeoutMs: 60_000 });
  const readsAtMs: number[] = [];
  play.settings = { pollMinimumMs: 2000, pollMaximumMs: 6000 };
  play.observe = async () => {
    readsAtMs.push(clock.nowMs());
    return seen({ isBusy: true });
  };
  await apply(growing);
  const pauses = readsAtMs.slice(1).map((atMs, index) => atMs - (readsAtMs[index] ?? 0));
  expect(pauses.slice(0, 5)).toEqual([2000, 3000, 4500, 6000, 6000]);
});

test("a wait without progress is warned of, and ends the run, as the settings of the array say", async () => {
  const { apply, play, clock, warnings } = startRuns({ timeoutMs: 24 * 3_600_000 });
  const polls = { pollMinimumMs: 60_000, pollMaximumMs: 60_000 };
  play.settings = { ...polls, stallWarningMs: 600_000, stallFailureMs: 1_200_000 };
  play.observe = async () => seen({ isBusy: true });
  play.progress = () => ({ marker: { fingerprint: "43%", text: "43%" }, patienceMs: 600_000 });
  expect(await apply(growing)).toMatchObject({
    kind: "failed",
    error: { kind: "stalled", message: expect.stringContaining("no progress for 30m") },
    recorded: { id: "7" },
  });
  expect(warnings()).toEqual([
    expect.stringMatching(/^warning: bring volume 7 to size 20: no progress for 10m .*; the array reports 43%$/),
  ]);
  expect(clock.nowMs()).toBe(1_800_000);
});

test("debug output says what is planned on which read, in the words of the preview", async () => {
  const { apply, said } = startRuns();
  await apply(growing);
  expect(said.filter((text) => text.startsWith("plan: "))).toEqual([
    "plan: act grow volume 7 to 20 (volume 7): its size is 10",
    "plan: settled (volume 7): its size is 20",
  ]);
});
