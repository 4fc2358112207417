import { describe, expect, test } from "vitest";
import { oneImport } from "../one-import.ts";
import { left } from "./left.ts";
import { simulatedSources } from "./samples.ts";

const { volume } = simulatedSources;

describe("a scheduled import", () => {
  const hourMs = 3_600_000;
  const soon = { timeouts: { create: "1h", update: "1h" } };
  const startingAt = (ms: number) => ({ ...volume, scheduledTimestamp: new Date(ms).toISOString() });

  test("is waited for until it starts, and then until its target", async () => {
    const { clock, up, sent } = await oneImport();
    const startMs = clock.nowMs() + 5 * hourMs;
    expect(left(await up(startingAt(startMs)))).toEqual({ state: "Ready_For_Cutover" });
    expect(clock.nowMs()).toBeGreaterThan(startMs);
    expect(sent()).toEqual(["create"]);
  });

  test("is moved in place when its start changes, once", async () => {
    const { array, clock, up, state, sent } = await oneImport();
    const startMs = clock.nowMs() + 5 * hourMs;
    const early = await up({ ...startingAt(startMs), ...soon });
    expect(early).toMatchObject({
      error: expect.stringContaining("timed out while scheduled"),
      state: { state: "Scheduled" },
    });
    const moved = startingAt(startMs + 2 * hourMs);
    expect((await up({ ...moved, ...soon })).error).toContain("timed out while scheduled");
    expect(sent()).toEqual(["create", "reschedule"]);
    expect(array.session(state()?.sessionId ?? "").scheduled_timestamp).toMatch(/^2030-01-01T07:00:00/);
    expect(left(await up(moved))).toEqual({ state: "Ready_For_Cutover" });
    expect(clock.nowMs()).toBeGreaterThan(startMs + 2 * hourMs);
    expect(sent()).toEqual(["create", "reschedule"]);
  });

  test("is not moved back once its start has passed: one that was put off by hand keeps its new start", async () => {
    const { array, clock, up, state, sent } = await oneImport();
    const startMs = clock.nowMs() + 2 * hourMs;
    await up({ ...startingAt(startMs), ...soon });
    array.operator.reschedule(state()?.sessionId ?? "", new Date(startMs + 5 * hourMs).toISOString());
    await clock.advance(2 * hourMs);
    expect(left(await up(startingAt(startMs)))).toEqual({ state: "Ready_For_Cutover" });
    expect(clock.nowMs()).toBeGreaterThan(startMs + 5 * hourMs);
    expect(sent()).toEqual(["create"]);
  });

  test("is not moved once it has started", async () => {
    const { clock, up, sent } = await oneImport();
    await up(volume);
    await up(startingAt(clock.nowMs() + hourMs));
    expect(sent()).toEqual(["create"]);
  });

  test("whose start has passed when it is created again starts at once", async () => {
    const { array, clock, up, recorded, sent } = await oneImport();
    const startMs = clock.nowMs() + hourMs;
    await up(startingAt(startMs));
    array.setState(recorded()?.id ?? "", "Cancelled", { stays: true });
    array.operator.remove(recorded()?.id ?? "");
    const again = await up(startingAt(startMs));
    expect([again.did, left(again)]).toEqual(["replace", { state: "Ready_For_Cutover" }]);
    expect(sent()).toEqual(["create", "create"]);
  });
});
