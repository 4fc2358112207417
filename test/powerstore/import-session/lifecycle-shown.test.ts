import { describe, expect, test } from "vitest";
import { migration } from "./migration.ts";
import { simulatedSources } from "./samples.ts";

const { volume, agentlessVolume } = simulatedSources;
const toCompletion = { ...volume, targetState: "Import_Completed" } as const;
const hourMs = 3_600_000;

describe("what an array may show", () => {
  test("a state word nobody knows is waited for till the deadline, which names it", async () => {
    const it = await migration();
    it.after(60_000, () => it.array.disguise(it.array.sessions()[0]?.id ?? "", { state: "Half_Way_There" }));
    await expect(it.create(toCompletion, { timeoutMs: hourMs })).rejects.toMatchObject({
      kind: "timeout",
      message: expect.stringContaining('"Half_Way_There"'),
    });
    expect(it.recorded?.state.state).toBe("Half_Way_There");
    expect(it.sent()).toEqual(["create"]);
    it.array.disguise(it.recorded?.id ?? "", {});
    expect(await it.update(toCompletion)).toMatchObject({ state: "Import_Completed" });
  });

  test("and is not destroyed on a guess, not even with force", async () => {
    const it = await migration();
    const { sessionId } = await it.create(volume);
    it.array.disguise(sessionId, { state: "Half_Way_There" });
    await expect(it.destroy({ ...volume, forceCancel: true }, { timeoutMs: hourMs })).rejects.toMatchObject({
      kind: "timeout",
      message: expect.stringContaining('"Half_Way_There"'),
    });
    expect(it.sent()).toEqual(["create"]);
  });

  test("a live session that is not found once is looked for again and gone on with", async () => {
    const it = await migration();
    const { sessionId } = await it.create(agentlessVolume);
    const notFound = { kind: "status", status: 404, body: { messages: [] } } as const;
    it.array.faults.add({ when: { method: "GET", path: `/api/rest/import_session/${sessionId}` }, do: notFound });
    expect(await it.read(agentlessVolume)).toMatchObject({ sessionId });
    it.array.faults.add({ when: { method: "GET", path: `/api/rest/import_session/${sessionId}` }, do: notFound });
    expect(await it.update({ ...agentlessVolume, hostSteps: { sourceStopped: true } })).toMatchObject({
      state: "Ready_To_Start_Copy",
    });
  });

  test("a session that was removed is gone to a refresh, and an update says so", async () => {
    const it = await migration();
    const { sessionId } = await it.create(volume);
    it.array.setState(sessionId, "Cancelled");
    it.array.operator.remove(sessionId);
    expect(await it.read(volume)).toBeUndefined();
    await expect(it.update(toCompletion)).rejects.toMatchObject({
      kind: "stuck",
      message: expect.stringContaining("pulumi refresh"),
    });
    expect(it.sent()).toEqual(["create"]);
  });

  test("a refresh records what changed on the array and sends nothing", async () => {
    const it = await migration();
    const { sessionId, actions } = await it.create(volume);
    it.array.operator.cutover(sessionId);
    expect(await it.read(volume)).toMatchObject({ state: "Cutover_In_Progress", adopted: false, actions });
    expect(it.sent()).toEqual(["create"]);
  });

  test("keys nobody knows, and null for all that can be null", async () => {
    const it = await migration();
    const { sessionId } = await it.create(volume);
    const nothing = {
      progress_percentage: null,
      error: null,
      description: null,
      destination_resource_id: null,
      brand_new: { a: [1] },
    };
    it.array.disguise(sessionId, nothing);
    const state = await it.read(volume);
    expect(state).toMatchObject({ state: "Ready_For_Cutover" });
    expect(state?.progressPercentage).toBeUndefined();
  });
});
