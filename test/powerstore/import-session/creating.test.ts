import { describe, expect, test } from "vitest";
import { ownershipMark } from "../../../provider/powerstore/import-session/naming.ts";
import { oneImport } from "../one-import.ts";
import { sampleUrn, simulatedSources } from "./samples.ts";

const { volume, agentlessVolume } = simulatedSources;
const hostSteps = { sourceStopped: true, destinationStarted: true };

describe("creating a session", () => {
  test.each([
    { inputs: volume, targetState: "Ready_For_Cutover", acts: ["create"] },
    { inputs: volume, targetState: "Import_Completed", acts: ["create", "cutover"] },
    { inputs: agentlessVolume, targetState: "Mirror_Enabled", acts: ["create"] },
    {
      inputs: agentlessVolume,
      targetState: "Ready_To_Start_Copy",
      acts: ["create", "enable_destination_volume"],
    },
    {
      inputs: agentlessVolume,
      targetState: "Ready_For_Cutover",
      acts: ["create", "enable_destination_volume", "start_copy"],
    },
    {
      inputs: agentlessVolume,
      targetState: "Import_Completed",
      acts: ["create", "enable_destination_volume", "start_copy", "cutover"],
    },
  ])(
    "$inputs.type to $targetState sends $acts and returns when the array is there",
    async ({ inputs, targetState, acts }) => {
      const { array, up, state, sent } = await oneImport();
      const wanted = { ...inputs, ...(inputs.type === "Agentless" ? { hostSteps } : {}), targetState };
      expect(await up(wanted)).toMatchObject({ did: "create", error: undefined, state: { state: targetState } });
      expect(sent()).toEqual(acts);
      expect(array.session(state()?.sessionId ?? "").state).toBe(targetState);
    },
  );

  test("goes to Ready_For_Cutover when the program declares no target, and records what it read and sent", async () => {
    const { array, up, state } = await oneImport();
    await up(volume);
    expect(state()).toMatchObject({
      sessionId: array.sessions()[0]?.id,
      state: "Ready_For_Cutover",
      adopted: false,
      progressPercentage: 100,
      destinationResourceId: expect.stringMatching(/^vol-/),
      destinationResourceType: "volume",
      sessionType: "Non_Disruptive",
      actions: [{ act: "create", at: "2030-01-01T00:00:00.000Z", reason: "no session yet, wanted Ready_For_Cutover" }],
    });
    expect(state()).not.toHaveProperty("held");
  });

  test("gives the session a name that says whose it is, and the mark of its owner", async () => {
    const { array, up } = await oneImport();
    await up(volume);
    expect(array.sessions()).toMatchObject([{ name: "erp-prod-orders", description: ownershipMark(sampleUrn) }]);
  });

  test("shows the person watching how far the copy is", async () => {
    const { up } = await oneImport();
    const { rows } = await up(volume);
    expect(rows).toContain("creating the session");
    expect(rows).toContainEqual(expect.stringMatching(/^copying \d+%, 419 MB\/s, ready in \dm$/));
    expect(rows.at(-1)).toBe("Ready_For_Cutover");
  });

  test("reads seldom while the array reports that the copy takes long", async () => {
    const { array, clock, up } = await oneImport({ bytesPerSecond: 40 * 1024 ** 2 });
    const startMs = clock.nowMs();
    await up(volume);
    expect(clock.nowMs() - startMs).toBeGreaterThan(85 * 60_000);
    // Half of the rest of the way each time, at most a minute apart: about one a minute and a few at the end.
    expect(array.requests.length).toBeLessThan(85 + 40);
  });

  test("waits in the queue of a busy array", async () => {
    const { array, up, later } = await oneImport({ maxActiveImports: 1 });
    array.operator.create({ name: "other", remote_system_id: "name:old-unity", source_resource_id: "sv_43" });
    const states: unknown[] = [];
    later(30_000, () => states.push(array.sessions()[1]?.state));
    expect(await up(volume)).toMatchObject({ error: undefined, state: { state: "Ready_For_Cutover" } });
    expect(states).toEqual(["Queued"]);
  });

  test("leaves the cutover to an array that cuts over automatically", async () => {
    const { up, sent } = await oneImport();
    const automatic = { ...volume, automaticCutover: true, targetState: "Import_Completed" };
    expect(await up(automatic)).toMatchObject({ error: undefined, state: { state: "Import_Completed" } });
    expect(sent()).toEqual(["create"]);
  });
});

describe("a session that the array will not create or carry through", () => {
  // So that it is the array that refuses, and not the check before it.
  const unchecked = { preflight: "off" };
  const replicated = { ...volume, protectionPolicyId: "name:replicated" };

  test("is refused in the array's own words, and nothing is recorded", async () => {
    const { up, recorded, sent } = await oneImport({}, unchecked);
    expect(await up({ ...volume, sourceResourceId: "sv_45" })).toMatchObject({
      did: "create",
      error: expect.stringMatching(
        /^PowerStore default .*could not create import session "erp-prod-orders": .*0xE0F0F0020004.*Used_By_NAS/,
      ),
    });
    expect([recorded(), sent()]).toEqual([undefined, ["create"]]);
  });

  test("is recorded with its error when it fails, and reported with the way out", async () => {
    const { up } = await oneImport();
    expect(await up(replicated)).toMatchObject({
      error: expect.stringMatching(
        /the session is Failed: 0xE0F0F0030003 The protection policy .* must not contain a replication rule\..*set copyAgain: "/,
      ),
      state: { state: "Failed", error: { code: "0xE0F0F0030003" } },
    });
  });

  test("is waited for until the array has rolled it back, when it fails in the middle of the copy", async () => {
    const { array, up, later } = await oneImport({ timings: { rollbackMs: 180_000 } });
    later(120_000, () => array.fail(array.sessions()[0]?.id ?? "", "0xE1", "A path was lost."));
    const { error, rows, state } = await up(volume);
    expect(error).toContain("the session is Failed: 0xE1 A path was lost.");
    expect(rows).toContain("being cancelled");
    expect(state).toMatchObject({ state: "Failed" });
  });
});
