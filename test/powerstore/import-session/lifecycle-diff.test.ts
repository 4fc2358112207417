import { describe, expect, test } from "vitest";
import { migration } from "./migration.ts";
import { sampleUrn, simulatedSources } from "./samples.ts";

const { volume, agentlessVolume } = simulatedSources;
const row = `progress ${sampleUrn} `;
const hourMs = 3_600_000;

test("a completed import whose record was cleared away is still complete after a refresh", async () => {
  const it = await migration();
  const done = { ...volume, targetState: "Import_Completed" } as const;
  const { sessionId } = await it.create(done);
  it.array.operator.remove(sessionId);
  expect(await it.read(done)).toMatchObject({ sessionId, state: "Import_Completed" });
  expect(await it.diff(done, done)).toMatchObject({ changes: false, replaces: [] });
  await it.destroy(done);
  expect(it.sent()).toEqual(["create", "cutover"]);
});

describe("an update of a completed import whose record was cleared away", () => {
  const done = { ...volume, targetState: "Import_Completed" } as const;

  test("leaves it complete and sends nothing", async () => {
    const it = await migration();
    const { sessionId, actions } = await it.create(done);
    it.array.operator.remove(sessionId);
    const edited = { ...done, forceCancel: true };
    expect(await it.diff(done, edited)).toMatchObject({ changes: true, replaces: [] });
    expect(await it.update(edited)).toMatchObject({ sessionId, state: "Import_Completed", actions });
    expect(it.sent()).toEqual(["create", "cutover"]);
  });

  test("leaves an adopted one complete, too", async () => {
    const it = await migration();
    const { sessionId } = await it.create(done);
    const adopting = { resourceUrn: sampleUrn, sessionId };
    it.array.operator.remove(sessionId);
    expect(await it.update(adopting)).toMatchObject({ sessionId, state: "Import_Completed", adopted: true });
    expect(await it.diff(adopting, adopting)).toMatchObject({ changes: false, replaces: [] });
    expect(it.sent()).toEqual(["create", "cutover"]);
  });

  test("is no guess: a session that was last seen before its completion is not taken for complete", async () => {
    const it = await migration();
    const { sessionId } = await it.create(volume);
    it.array.setState(sessionId, "Import_Completed");
    it.array.operator.remove(sessionId);
    await expect(it.update(done)).rejects.toMatchObject({ kind: "stuck" });
    expect(it.sent()).toEqual(["create"]);
  });
});

describe("a diff without a refresh before it", () => {
  test("of a session that is as it was recorded says no change, and sends nothing", async () => {
    const it = await migration();
    await it.create(volume);
    expect(await it.diff(volume, volume)).toEqual({ changes: false, replaces: [], said: ["flush"] });
    expect(it.sent()).toEqual(["create"]);
  });

  test("after an interrupted destroy says that there is something to do, first a wait and then another session", async () => {
    const it = await migration({ timings: { rollbackMs: 5 * hourMs } });
    const { sessionId } = await it.create(volume);
    await expect(it.destroy(volume, { timeoutMs: hourMs })).rejects.toMatchObject({ kind: "timeout" });
    expect(it.recorded?.state.state).toBe("Ready_For_Cutover");
    expect(await it.diff(volume, volume)).toMatchObject({
      changes: true,
      replaces: [],
      said: [
        `${row}wait: being cancelled`,
        `warn ${sampleUrn} session ${sessionId} is being taken back on the array: the run fails when that is done`,
        "flush",
      ],
    });
    await it.clock.advance(5 * hourMs);
    expect(it.array.session(sessionId).state).toBe("Cancelled");
    expect(await it.diff(volume, volume)).toMatchObject({ changes: true, replaces: ["state"] });
  });

  test("sees a cutover that was made by hand", async () => {
    const it = await migration();
    const { sessionId } = await it.create(volume);
    it.array.operator.cutover(sessionId);
    expect(await it.diff(volume, volume)).toMatchObject({
      changes: true,
      said: [`${row}wait: cutting over`, "flush"],
    });
  });

  test("sees work on the hosts' side that was done by hand, and what is left to do", async () => {
    const it = await migration();
    const { sessionId } = await it.create(agentlessVolume);
    it.array.operator.enableDestinationVolume(sessionId);
    await it.clock.advance(hourMs);
    const held = "held: start the application on the destination volume, then set hostSteps.destinationStarted to true";
    expect(await it.diff(agentlessVolume, agentlessVolume)).toEqual({
      changes: false,
      replaces: [],
      said: [`${row}${held}`, `warn ${sampleUrn} ${held}`, "flush"],
    });
  });

  test("refuses a retreat from where the session is now, not from where it was recorded", async () => {
    const it = await migration();
    const { sessionId } = await it.create(agentlessVolume);
    it.array.setState(sessionId, "Import_Completed");
    const back = { ...agentlessVolume, targetState: "Mirror_Enabled" } as const;
    await expect(it.diff(agentlessVolume, back)).rejects.toMatchObject({
      kind: "input",
      message: expect.stringContaining("the session is Import_Completed already"),
    });
  });

  test("refuses another session in the place of one that was completed by hand since", async () => {
    const it = await migration();
    const { sessionId } = await it.create(volume);
    it.array.setState(sessionId, "Import_Completed");
    await expect(it.diff(volume, { ...volume, sourceResourceId: "sv_43" })).rejects.toMatchObject({ kind: "input" });
  });

  test("lets a cutover be called off that is held", async () => {
    const it = await migration();
    const held = { ...volume, targetState: "Import_Completed", cutoverApproval: "" } as const;
    await it.create(held);
    expect(await it.diff(held, volume)).toMatchObject({ changes: true, replaces: [] });
    expect(await it.update(volume)).toMatchObject({ state: "Ready_For_Cutover" });
    expect(it.sent()).toEqual(["create"]);
  });
});

describe("a session that is gone", () => {
  test("is replaced where this program made it", async () => {
    const it = await migration();
    const { sessionId } = await it.create(volume);
    it.array.setState(sessionId, "Cancelled");
    it.array.operator.remove(sessionId);
    expect(await it.diff(volume, volume)).toMatchObject({
      changes: true,
      replaces: ["state"],
      said: [
        `${row}session ${sessionId} is not there any more: another one is made, and the copy starts again`,
        `warn ${sampleUrn} session ${sessionId} is not there any more: another one is made, and the copy starts again`,
        "flush",
      ],
    });
    await it.destroy(volume);
    expect(await it.create(volume)).toMatchObject({ state: "Ready_For_Cutover" });
    expect(it.sent()).toEqual(["create", "create"]);
  });

  test("is an error where it was adopted", async () => {
    const it = await migration();
    const source = { remote_system_id: "name:old-unity", source_resource_id: "sv_42" } as const;
    const id = it.array.operator.create({ name: "by-hand", ...source });
    const adopting = { resourceUrn: sampleUrn, sessionId: id };
    await it.create(adopting);
    it.array.setState(id, "Cancelled");
    it.array.operator.remove(id);
    expect(await it.diff(adopting, adopting)).toMatchObject({ changes: true, replaces: [] });
    await expect(it.update(adopting)).rejects.toMatchObject({ kind: "stuck" });
    expect(it.sent()).toEqual([]);
  });

  test("is not imported again when it was complete and only its record was removed", async () => {
    const it = await migration();
    const toCompletion = { ...volume, targetState: "Import_Completed" } as const;
    const { sessionId } = await it.create(toCompletion);
    it.array.operator.remove(sessionId);
    expect(await it.diff(toCompletion, toCompletion)).toMatchObject({ changes: false, replaces: [] });
  });
});

describe("a diff while the array cannot be asked", () => {
  test.each([
    ["503", { kind: "status", status: 503 }],
    ["500", { kind: "status", status: 500 }],
    ["connections that break", { kind: "reset" }],
  ] as const)("is decided on the last recorded state, with a warning: %s", async (_, fault) => {
    const it = await migration();
    const { sessionId } = await it.create(volume);
    it.array.operator.cutover(sessionId);
    it.array.faults.add({ when: { method: "GET" }, times: Number.POSITIVE_INFINITY, do: fault });
    expect(await it.diff(volume, volume)).toEqual({
      changes: false,
      replaces: [],
      said: [
        expect.stringMatching(/^warn .* decided on the last recorded state: Could not read import session/),
        "flush",
      ],
    });
    it.array.faults.clear();
  });
});
