import { describe, expect, test } from "vitest";
import { oneImport } from "../one-import.ts";
import { simulatedSources } from "./samples.ts";

const { volume, group, agentlessVolume } = simulatedSources;
const minuteMs = 60_000;
const ready = { error: undefined, state: { state: "Ready_For_Cutover" } };
const failingAfter = (minutes: number) => ({ stallFailureMinutes: `${minutes}` });

/** An import whose copies stand still a minute after they have begun, for an hour. */
async function stalled() {
  const it = await oneImport();
  const rates = (rate: number) => {
    for (const { id } of it.array.sessions()) it.array.setRate(id, rate);
  };
  it.later(minuteMs, () => rates(0));
  it.later(61 * minuteMs, () => rates(2 ** 30));
  return it;
}

describe("a stalled copy", () => {
  test("is warned of once, with what the array reports, and waited for", async () => {
    const { up } = await stalled();
    const { warnings, ...told } = await up(volume);
    expect(told).toMatchObject(ready);
    expect(warnings).toEqual([
      expect.stringMatching(
        /bring import session \S+ to Ready_For_Cutover: no progress for 3\dm \(since 2030-01-01T00:0\d:\d\dZ\); the array reports Copy_In_Progress, \d+%, 0 MB\/s$/,
      ),
    ]);
  });

  test("fails the run where that is asked for, stays recorded, and the next up continues", async () => {
    const { array, up, later, sent } = await oneImport({}, failingAfter(60));
    later(minuteMs, () => array.setRate(array.sessions()[0]?.id ?? "", 0));
    expect(await up(volume)).toMatchObject({
      error: expect.stringMatching(/no progress for 1h.*resumes from here/),
      state: { state: "Copy_In_Progress" },
    });
    for (const { id } of array.sessions()) array.setRate(id, 2 ** 30);
    expect(await up(volume)).toMatchObject({ did: "update", ...ready });
    expect(sent()).toEqual(["create"]);
  });

  test("is no failure at the first read after an hour in which the array could not be read", async () => {
    const { array, clock, up, later } = await oneImport({}, failingAfter(60));
    const rate = (now: number) => array.setRate(array.sessions()[0]?.id ?? "", now);
    const startMs = clock.nowMs();
    later(minuteMs, () => rate(0));
    later(10 * minuteMs, () => {
      array.faults.add({ when: { method: "GET" }, times: 68, do: { kind: "status", status: 503 } });
    });
    later(90 * minuteMs, () => rate(2 ** 30));
    expect(await up(volume)).toMatchObject(ready);
    const lastFailedMs = array.requests.findLast(({ status }) => status === 503)?.atMs ?? 0;
    expect(lastFailedMs - startMs).toBeGreaterThan(70 * minuteMs);
  });

  test("of a group is reported with its members", async () => {
    const { up } = await stalled();
    const { warnings } = await up(group);
    expect(warnings.join()).toMatch(/the array reports In_Progress.*, members: 2 Copy_In_Progress/);
  });
});

test("a session that waits for its start is not stalled", async () => {
  const { clock, up, said } = await oneImport({}, failingAfter(1));
  const inThreeHours = new Date(clock.nowMs() + 180 * minuteMs).toISOString();
  expect(await up({ ...volume, scheduledTimestamp: inThreeHours })).toMatchObject(ready);
  expect(said().join()).not.toContain("no progress");
});

test("a session that is held at a gate, or paused, is not stalled", async () => {
  const { up, said } = await oneImport({}, failingAfter(5));
  expect(await up(agentlessVolume)).toMatchObject({ state: { state: "Mirror_Enabled", held: expect.anything() } });
  const other = await oneImport({}, failingAfter(5));
  expect(await other.up({ ...volume, paused: true })).toMatchObject({ state: { state: "Paused" } });
  expect([...said(), ...other.said()].join()).not.toContain("no progress");
});

test("a cancel that never ends is stalled, too", async () => {
  const { array, up, destroy, recorded } = await oneImport({}, failingAfter(45));
  await up({ ...volume, timeouts: { delete: "4h" } });
  array.disguise(recorded()?.id ?? "", { state: "Cancel_In_Progress" });
  expect((await destroy()).error).toMatch(/no progress for 4\dm.*the array reports Cancel_In_Progress/);
  array.disguise(recorded()?.id ?? "", {});
});
