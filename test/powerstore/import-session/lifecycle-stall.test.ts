import { describe, expect, test } from "vitest";
import { migration } from "./migration.ts";
import { simulatedSources } from "./samples.ts";

const { volume, group, agentlessVolume } = simulatedSources;
const minuteMs = 60_000;

/** A migration whose copies stand still a minute after they have begun, for an hour. */
async function stalled() {
  const it = await migration();
  const rates = (rate: number) => {
    for (const { id } of it.array.sessions()) it.array.setRate(id, rate);
  };
  it.after(minuteMs, () => rates(0));
  it.after(61 * minuteMs, () => rates(2 ** 30));
  return it;
}
const warningsOf = (said: readonly string[]) => said.filter((text) => text.startsWith("warning: "));

describe("a copy that stands still", () => {
  test("is warned of once, with what the array shows, and waited for", async () => {
    const it = await stalled();
    expect(await it.create(volume)).toMatchObject({ state: "Ready_For_Cutover" });
    expect(warningsOf(it.said)).toEqual([
      expect.stringMatching(
        /^warning: bring import session \S+ to Ready_For_Cutover: nothing has moved for 3\dm, since 2030-01-01T00:0\d:\d\dZ; the array shows Copy_In_Progress, \d+%, 0 MB\/s$/,
      ),
    ]);
  });

  test("fails the run where that is asked for, stays recorded, and the next up goes on", async () => {
    const it = await migration({}, { stallFailureMs: 60 * minuteMs });
    it.after(minuteMs, () => it.array.setRate(it.array.sessions()[0]?.id ?? "", 0));
    await expect(it.create(volume)).rejects.toMatchObject({ kind: "stalled" });
    expect(it.recorded?.state.state).toBe("Copy_In_Progress");
    for (const { id } of it.array.sessions()) it.array.setRate(id, 2 ** 30);
    expect(await it.update(volume)).toMatchObject({ state: "Ready_For_Cutover" });
    expect(it.sent()).toEqual(["create"]);
  });

  test("is no failure at the first look after an hour in which the array could not be asked", async () => {
    const it = await migration({}, { stallFailureMs: 60 * minuteMs });
    const rate = (now: number) => it.array.setRate(it.array.sessions()[0]?.id ?? "", now);
    const startMs = it.clock.nowMs();
    it.after(minuteMs, () => rate(0));
    it.after(10 * minuteMs, () => {
      it.array.faults.add({ when: { method: "GET" }, times: 68, do: { kind: "status", status: 503 } });
    });
    it.after(90 * minuteMs, () => rate(2 ** 30));
    expect(await it.create(volume)).toMatchObject({ state: "Ready_For_Cutover" });
    const lastFailedMs = it.array.requests.findLast(({ status }) => status === 503)?.atMs ?? 0;
    expect(lastFailedMs - startMs).toBeGreaterThan(70 * minuteMs);
  });

  test("of a group is told with its members", async () => {
    const it = await stalled();
    await it.create(group);
    expect(warningsOf(it.said).join()).toMatch(/the array shows In_Progress.*, members: 2 Copy_In_Progress/);
  });

  test("is no standstill while it is paused, held at a gate, or waits for its start", async () => {
    const it = await migration({}, { stallFailureMs: minuteMs });
    const inThreeHours = it.clock.nowMs() + 180 * minuteMs;
    expect(await it.create({ ...volume, scheduledTimestamp: inThreeHours })).toMatchObject({
      state: "Ready_For_Cutover",
    });
    const other = await migration({}, { stallFailureMs: 5 * minuteMs });
    expect(await other.create(agentlessVolume)).toMatchObject({ state: "Mirror_Enabled", held: expect.anything() });
    expect([...it.said, ...other.said].join()).not.toContain("nothing has moved");
  });
});

test("a cancel that never ends is a standstill too", async () => {
  const it = await migration({}, { stallFailureMs: 45 * minuteMs });
  const { sessionId } = await it.create(volume);
  it.array.disguise(sessionId, { state: "Cancel_In_Progress" });
  await expect(it.destroy(volume, { timeoutMs: 240 * minuteMs })).rejects.toMatchObject({
    kind: "stalled",
    message: expect.stringContaining("the array shows Cancel_In_Progress"),
  });
  it.array.disguise(sessionId, {});
});
