import { describe, expect, test } from "vitest";
import { ownershipMark } from "../../../provider/powerstore/import-session/naming.ts";
import { migration } from "./migration.ts";
import { sampleUrn, simulatedSources } from "./samples.ts";

const { volume, agentlessVolume } = simulatedSources;
const hostSteps = { sourceStopped: true, destinationStarted: true };

describe("creating a session", () => {
  test.each([
    { inputs: volume, targetState: "Mirror_Enabled", acts: ["create"], ends: "Mirror_Enabled" },
    { inputs: volume, targetState: "Ready_To_Start_Copy", acts: ["create"], ends: "Ready_To_Start_Copy" },
    { inputs: volume, targetState: "Ready_For_Cutover", acts: ["create"], ends: "Ready_For_Cutover" },
    { inputs: volume, targetState: "Import_Completed", acts: ["create", "cutover"], ends: "Import_Completed" },
    { inputs: agentlessVolume, targetState: "Mirror_Enabled", acts: ["create"], ends: "Mirror_Enabled" },
    {
      inputs: agentlessVolume,
      targetState: "Ready_To_Start_Copy",
      acts: ["create", "enable_destination_volume"],
      ends: "Ready_To_Start_Copy",
    },
    {
      inputs: agentlessVolume,
      targetState: "Ready_For_Cutover",
      acts: ["create", "enable_destination_volume", "start_copy"],
      ends: "Ready_For_Cutover",
    },
    {
      inputs: agentlessVolume,
      targetState: "Import_Completed",
      acts: ["create", "enable_destination_volume", "start_copy", "cutover"],
      ends: "Import_Completed",
    },
  ] as const)(
    "$inputs.type to $targetState sends $acts and returns when the array is there",
    async ({ inputs, targetState, acts, ends }) => {
      const { create, array, sent } = await migration();
      const state = await create({ ...inputs, ...(inputs.type === "Agentless" ? { hostSteps } : {}), targetState });
      expect(sent()).toEqual(acts);
      // A volume that passes its gates by itself may be seen a step further than it was wanted.
      expect(array.session(state.sessionId).state).toBe(state.state);
      expect([ends, "Ready_To_Start_Copy", "Copy_In_Progress"]).toContain(state.state);
      if (inputs.type === "Agentless" || !/Mirror|Start_Copy/.test(targetState)) expect(state.state).toBe(ends);
    },
  );

  test("goes to Ready_For_Cutover when the program says nothing else, and records what it saw and sent", async () => {
    const { create, array } = await migration();
    const state = await create(volume);
    expect(state).toMatchObject({
      sessionId: array.sessions()[0]?.id,
      state: "Ready_For_Cutover",
      adopted: false,
      progressPercentage: 100,
      destinationResourceType: "volume",
      sessionType: "Non_Disruptive",
      actions: [{ act: "create", at: "2030-01-01T00:00:00.000Z", reason: "no session yet, wanted Ready_For_Cutover" }],
    });
    expect(state.destinationResourceId).toMatch(/^vol-/);
    expect(state.held).toBeUndefined();
  });

  test("gives the session a name anybody can read and the mark of its owner", async () => {
    const { create, array } = await migration();
    await create(volume);
    expect(array.sessions()).toMatchObject([{ name: "erp-prod-orders", description: ownershipMark(sampleUrn) }]);
  });

  test("shows the person watching how far the copy is", async () => {
    const { create, said } = await migration();
    await create(volume);
    expect(said).toContain("creating the session");
    expect(said.some((text) => /^copying \d+%, 419 MB\/s, ready in \dm$/.test(text))).toBe(true);
    expect(said.at(-1)).toBe("Ready_For_Cutover");
  });

  test("looks seldom while the array says that the copy takes long", async () => {
    const { create, array, clock } = await migration({ bytesPerSecond: 40 * 1024 ** 2 });
    const startMs = clock.nowMs();
    await create(volume);
    expect(clock.nowMs() - startMs).toBeGreaterThan(85 * 60_000);
    // Half of the rest of the way each time, at most a minute apart: about one a minute and a few at the end.
    expect(array.requests.length).toBeLessThan(85 + 40);
  });

  test("waits in the queue of a busy array", async () => {
    const { create, array, after } = await migration({ maxActiveImports: 1 });
    array.operator.create({ name: "other", remote_system_id: "name:old-unity", source_resource_id: "sv_43" });
    after(30_000, () => expect(array.sessions()[1]?.state).toBe("Queued"));
    expect(await create(volume)).toMatchObject({ state: "Ready_For_Cutover" });
  });

  test("leaves the cutover to an array that was told to do it by itself", async () => {
    const { create, sent } = await migration();
    const state = await create({ ...volume, automaticCutover: true, targetState: "Import_Completed" });
    expect([state.state, sent()]).toEqual(["Import_Completed", ["create"]]);
  });
});

describe("a session that the array will not make or carry through", () => {
  test("is refused in the array's own words, and nothing is recorded", async () => {
    const { create, records, sent } = await migration();
    await expect(create({ ...volume, sourceResourceId: "sv_45" })).rejects.toMatchObject({
      kind: "refused",
      code: "0xE0F0F0020004",
      message: expect.stringMatching(
        /Could not create import session "erp-prod-orders" on PowerStore default .*Used_By_NAS/,
      ),
    });
    expect([records, sent()]).toEqual([[], ["create"]]);
  });

  test("that fails is recorded with its error, and said to be replaceable", async () => {
    const { create, records } = await migration();
    await expect(create({ ...volume, protectionPolicyId: "name:replicated" })).rejects.toMatchObject({
      kind: "stuck",
      message: expect.stringMatching(
        /the session is Failed: 0xE0F0F0030003 The protection policy .* must not contain a replication rule\..*replaces/,
      ),
    });
    expect(records.at(-1)?.state).toMatchObject({ state: "Failed", error: { code: "0xE0F0F0030003" } });
  });

  test("that fails while it is copied is rolled back by the array before this is said", async () => {
    const { create, array, after, records } = await migration({ timings: { rollbackMs: 180_000 } });
    after(120_000, () => array.fail(array.sessions()[0]?.id ?? "", "0xE1", "A path was lost."));
    await expect(create(volume)).rejects.toMatchObject({
      kind: "stuck",
      message: expect.stringContaining("0xE1 A path was lost."),
    });
    expect(records.map(({ state }) => state.state)).toContain("Cancel_In_Progress");
    expect(records.at(-1)?.state.state).toBe("Failed");
  });

  test("is attempted again once it is taken away: what the next update does when it is replaced", async () => {
    const it = await migration();
    await expect(it.create({ ...volume, protectionPolicyId: "name:replicated" })).rejects.toMatchObject({
      kind: "stuck",
    });
    await it.destroy(volume);
    expect(await it.create(volume)).toMatchObject({ state: "Ready_For_Cutover" });
    expect(it.sent()).toEqual(["create", "remove", "create"]);
  });
});
