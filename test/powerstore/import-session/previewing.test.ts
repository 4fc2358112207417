import { describe, expect, test } from "vitest";
import { oneImport } from "../one-import.ts";
import { simulatedSources } from "./samples.ts";

const { volume, agentlessVolume } = simulatedSources;
const done = { ...volume, targetState: "Import_Completed" } as const;
const hourMs = 3_600_000;
const nothing = { did: "nothing", error: undefined, replaces: [] };

describe("a completed import whose record was cleared away on the array", () => {
  /** Completed, and its record removed by hand. */
  async function cleared() {
    const it = await oneImport();
    await it.up(done);
    const { sessionId = "", actions = [] } = it.state() ?? {};
    it.array.operator.remove(sessionId);
    return { ...it, sessionId, actions };
  }

  test("is still complete after a refresh, and a destroy sends nothing", async () => {
    const { sessionId, preview, refresh, destroy, state, sent } = await cleared();
    await refresh();
    expect(state()).toMatchObject({ sessionId, state: "Import_Completed" });
    expect(await preview(done)).toMatchObject(nothing);
    expect(await destroy()).toMatchObject({ did: "delete", error: undefined });
    expect(sent()).toEqual(["create", "cutover"]);
  });

  test("is not imported again, without a refresh either", async () => {
    const { preview } = await cleared();
    expect(await preview(done)).toMatchObject(nothing);
  });

  test("stays complete in an update, which sends nothing", async () => {
    const { sessionId, actions, preview, up, sent } = await cleared();
    const edited = { ...done, forceCancel: true };
    expect(await preview(edited)).toMatchObject({ did: "update", replaces: [] });
    expect(await up(edited)).toMatchObject({
      error: undefined,
      state: { sessionId, state: "Import_Completed", actions },
    });
    expect(sent()).toEqual(["create", "cutover"]);
  });

  test("stays complete when the program adopts it from now on", async () => {
    const { sessionId, preview, up, sent } = await cleared();
    const adopting = { sessionId, targetState: "Import_Completed" };
    expect(await up(adopting)).toMatchObject({
      did: "update",
      state: { sessionId, state: "Import_Completed", adopted: true },
    });
    expect(await preview(adopting)).toMatchObject(nothing);
    expect(sent()).toEqual(["create", "cutover"]);
  });
});

test("a session that was last read before its completion is not taken for complete when it is gone", async () => {
  // So that the update itself finds out, and not the diff before it.
  const { array, up, recorded, sent } = await oneImport({}, { preflight: "off" });
  await up(volume);
  array.setState(recorded()?.id ?? "", "Import_Completed");
  array.operator.remove(recorded()?.id ?? "");
  expect(await up(done)).toMatchObject({ did: "update", error: expect.stringContaining("pulumi refresh") });
  expect(sent()).toEqual(["create"]);
});

describe("a preview without a refresh before it", () => {
  test("of a session that is as it was recorded shows no change, and sends nothing", async () => {
    const { preview, up, sent } = await oneImport();
    await up(volume);
    expect(await preview(volume)).toMatchObject({ ...nothing, said: [] });
    expect(sent()).toEqual(["create"]);
  });

  test("after an interrupted destroy shows that there is something to do, first a wait and then what to decide", async () => {
    const { array, clock, preview, up, destroy, interruptAfter, state } = await oneImport({
      timings: { rollbackMs: 5 * hourMs },
    });
    await up(volume);
    const { sessionId = "" } = state() ?? {};
    interruptAfter(hourMs);
    expect((await destroy()).error).toContain("interrupted");
    expect(state()?.state).toBe("Ready_For_Cutover");
    expect(await preview(volume)).toMatchObject({
      did: "update",
      replaces: [],
      rows: [expect.stringMatching(/^wait: being cancelled; then would fail: the session is Cancelled\./)],
      warnings: [expect.stringMatching(/^would fail: the session is Cancelled\./)],
    });
    await clock.advance(5 * hourMs);
    expect(array.session(sessionId).state).toBe("Cancelled");
    expect((await preview(volume)).error).toMatch(/the session is Cancelled\. To throw its copy away/);
    expect(await preview({ ...volume, copyAgain: sessionId })).toMatchObject({
      did: "replace",
      replaces: ["copyAgain"],
    });
  });

  test("sees a cutover that was made by hand", async () => {
    const { array, preview, up, recorded } = await oneImport();
    await up(volume);
    array.operator.cutover(recorded()?.id ?? "");
    expect(await preview(volume)).toMatchObject({ did: "update", said: ["wait: cutting over"] });
  });

  test("sees work at the hosts that was done by hand, and what is left to do", async () => {
    const { array, clock, preview, up, recorded } = await oneImport();
    await up(agentlessVolume);
    array.operator.enableDestinationVolume(recorded()?.id ?? "");
    await clock.advance(hourMs);
    const held = "held: start the application on the destination volume, then set hostSteps.destinationStarted to true";
    const shown = await preview(agentlessVolume);
    expect(shown).toMatchObject({ did: "update", said: [expect.stringContaining(held), `warning: ${held}`] });
    const sent = array.acts().length;
    await up(agentlessVolume);
    expect(array.acts()).toHaveLength(sent);
    expect(await preview(agentlessVolume)).toMatchObject(nothing);
  });

  test("refuses a retreat from where the session is now, not from where it was recorded", async () => {
    const { array, preview, up, recorded } = await oneImport();
    await up(agentlessVolume);
    array.setState(recorded()?.id ?? "", "Import_Completed");
    const { error } = await preview({ ...agentlessVolume, targetState: "Mirror_Enabled" });
    expect(error).toContain("the session is Import_Completed already");
  });

  test("refuses another session in the place of one that was completed by hand since", async () => {
    const { array, preview, up, recorded } = await oneImport();
    await up(volume);
    array.setState(recorded()?.id ?? "", "Import_Completed");
    expect((await preview({ ...volume, sourceResourceId: "sv_43" })).error).toMatch(
      /import session \S+ of source sv_42 is Import_Completed.*and a cutover is for ever/,
    );
  });

  test("lets a cutover be called off that is held", async () => {
    const { preview, up, sent } = await oneImport();
    await up({ ...done, cutoverApproval: "" });
    expect(await preview(volume)).toMatchObject({ did: "update", error: undefined, replaces: [] });
    expect(await up(volume)).toMatchObject({ error: undefined, state: { state: "Ready_For_Cutover" } });
    expect(sent()).toEqual(["create"]);
  });
});

describe("a session that is gone", () => {
  test("is replaced where this program created it", async () => {
    const { array, preview, up, recorded, sent } = await oneImport();
    await up(volume);
    const id = recorded()?.id ?? "";
    array.setState(id, "Cancelled");
    array.operator.remove(id);
    const { did, replaces, said } = await preview(volume);
    expect([did, replaces]).toEqual(["replace", ["state"]]);
    const again = `session ${id} is not on the array any more: another one is created, and the copy starts again`;
    expect(said.slice(0, 2)).toEqual([again, `warning: ${again}`]);
    expect(await up(volume)).toMatchObject({ did: "replace", state: { state: "Ready_For_Cutover" } });
    expect(sent()).toEqual(["create", "create"]);
  });

  test("is an error where it was adopted", async () => {
    const { array, preview, up, sent } = await oneImport();
    const source = { remote_system_id: "name:old-unity", source_resource_id: "sv_42" } as const;
    const id = array.operator.create({ name: "by-hand", ...source });
    await up({ sessionId: id });
    array.setState(id, "Cancelled");
    array.operator.remove(id);
    expect(await preview({ sessionId: id })).toMatchObject({ did: "update", replaces: [] });
    expect((await up({ sessionId: id })).error).toContain("pulumi refresh");
    expect(sent()).toEqual([]);
  });
});

test.each([
  ["503", { kind: "status", status: 503 }],
  ["500", { kind: "status", status: 500 }],
  ["connections that break", { kind: "reset" }],
] as const)(
  "a diff while the array cannot be read is decided by what was recorded last, with a warning: %s",
  async (_, fault) => {
    const { array, preview, up, recorded } = await oneImport();
    await up(volume);
    array.operator.cutover(recorded()?.id ?? "");
    array.faults.add({ when: { method: "GET", path: /import_session/ }, times: Number.POSITIVE_INFINITY, do: fault });
    expect(await preview(volume)).toMatchObject({
      ...nothing,
      said: [
        expect.stringMatching(/^warning: decided .*recorded.*: PowerStore default .*could not read import session/),
      ],
    });
    array.faults.clear();
  },
);
