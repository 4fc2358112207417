import { describe, expect, test } from "vitest";
import { type OneImport, oneImport } from "../one-import.ts";
import { simulatedSources } from "./samples.ts";

const { volume, group } = simulatedSources;
const toCompletion = { ...volume, targetState: "Import_Completed" } as const;
const cutover = { method: "POST", path: /\/cutover$/ };
const hourMs = 3_600_000;

/** An import that this program has cut over. */
async function cutOverImport() {
  const it = await oneImport();
  await it.up(toCompletion);
  return { ...it, id: it.recorded()?.id ?? "" };
}

/** Reads it twice, apart. */
async function refreshTwice({ clock, refresh }: Pick<OneImport, "clock" | "refresh">) {
  await refresh();
  await clock.advance(hourMs);
  return refresh();
}

describe("that an import was cut over is recorded", () => {
  test("when the cutover is sent, and stays as it is", async () => {
    const it = await cutOverImport();
    const { cutOver, actions } = it.state() ?? {};
    expect(cutOver).toEqual({ at: actions?.at(-1)?.at, from: "Ready_For_Cutover", by: "sent" });
    await refreshTwice(it);
    it.array.setState(it.id, "Failed", { stays: true });
    await refreshTwice(it);
    expect(it.state()).toMatchObject({ state: "Failed", cutOver });
  });

  test("when its answer is lost, also where the array still shows it ready", async () => {
    const { array, up, state } = await oneImport({ timings: { actionLagMs: hourMs } });
    await up(volume);
    array.faults.add({ when: cutover, do: { kind: "lose-answer" } });
    await up({ ...toCompletion, timeouts: { update: "10s" } });
    expect(state()).toMatchObject({ state: "Ready_For_Cutover", cutOver: { from: "Ready_For_Cutover", by: "sent" } });
  });

  test("and not when the array clearly rejects it, or it never left", async () => {
    const { array, up, state } = await oneImport();
    await up(volume);
    array.faults.add({ when: cutover, times: 9, do: { kind: "status", status: 422 } });
    expect((await up(toCompletion)).error).toContain("422");
    array.faults.clear();
    await up({ ...toCompletion, cutoverApproval: "" });
    expect(state()?.actions.at(-1)).toMatchObject({ act: "cutover", outcome: "rejected" });
    expect(state()).not.toHaveProperty("cutOver");
  });

  test("when two reads apart show it, whoever sent it, and not by one of them", async () => {
    const { array, clock, up, refresh, state, id } = { ...(await oneImport()), id: () => state()?.sessionId ?? "" };
    await up(volume);
    array.operator.cutover(id());
    await clock.advance(hourMs);
    await refresh();
    expect(state()?.state).toBe("Import_Completed");
    expect(state()).not.toHaveProperty("cutOver");
    await clock.advance(hourMs);
    await refresh();
    const { cutOver } = state() ?? {};
    expect(cutOver).toEqual({ at: expect.any(String), by: "seen" });
    await refreshTwice({ clock, refresh });
    expect(state()?.cutOver).toEqual(cutOver);
  });

  test("when one run reads it twice: the array has cut over automatically", async () => {
    const { up, state } = await oneImport();
    await up({ ...toCompletion, automaticCutover: true });
    expect(state()).toMatchObject({ state: "Import_Completed", cutOver: { by: "seen" } });
  });

  test("from the log of a release that recorded only that", async () => {
    const { recorded, recall, refresh, state } = await cutOverImport();
    const { id = "", inputs = {}, outputs = {} } = recorded() ?? {};
    const { cutOver, ...older } = outputs;
    recall({ id, inputs, outputs: older });
    await refresh();
    expect(state()?.cutOver).toEqual(cutOver);
  });

  test("from what the journal of a killed run recalls", async () => {
    const { recorded, recall, refresh, state } = await cutOverImport();
    const { id = "", inputs = {}, outputs = {} } = recorded() ?? {};
    const { cutOver: _, ...older } = outputs;
    const at = "2029-12-31T00:00:00.000Z";
    const actions = [{ act: "cutover", at, reason: "", from: "Ready_For_Cutover", outcome: "lost" }];
    recall({ id, inputs, outputs: { ...older, actions } });
    await refresh();
    expect(state()?.cutOver).toEqual({ at, from: "Ready_For_Cutover", by: "sent" });
  });
});

describe("an import that was cut over", () => {
  test("keeps its record when the array's is cleared away: a refresh warns, and nothing is created", async () => {
    const { array, id, preview, up, refresh, state, sent } = await cutOverImport();
    const before = sent();
    array.operator.remove(id);
    const { warnings } = await refresh();
    expect(warnings).toEqual([`session ${id} is not on the array any more; it was cut over, and its record stays`]);
    expect(state()).toMatchObject({ sessionId: id, state: "Import_Completed", cutOver: { by: "sent" } });
    expect(await preview(toCompletion)).toMatchObject({ did: "nothing", error: undefined });
    expect(await up({ ...toCompletion, forceCancel: true })).toMatchObject({ did: "update", error: undefined });
    expect((await up({ ...toCompletion, sessionName: "erp-2" })).error).toContain("no longer on the array");
    expect((await up(toCompletion, { replace: true })).error).toContain("a cutover is for ever");
    expect(sent()).toEqual(before);
  });

  test("is not made again where the record of a cutover whose answer was lost is gone", async () => {
    const it = await oneImport({ timings: { actionLagMs: hourMs } });
    await it.up(volume);
    it.array.faults.add({ when: cutover, do: { kind: "lose-answer" } });
    await it.up({ ...toCompletion, timeouts: { update: "10s" } });
    const id = it.recorded()?.id ?? "";
    await it.clock.advance(2 * hourMs);
    it.array.operator.remove(id);
    await it.refresh();
    expect(await it.up(toCompletion)).toMatchObject({ error: undefined, state: { sessionId: id } });
    expect(it.sent()).toEqual(["create", "cutover"]);
  });

  test("and failed afterwards shows the array's error in preview, refresh and up, and stays", async () => {
    const { array, id, preview, up, refresh, state, sent } = await cutOverImport();
    const before = sent();
    array.setState(id, "Cutover_In_Progress", { stays: true });
    array.fail(id, "0xE0201010001", "The hosts were lost.");
    array.setState(id, "Failed", { stays: true });
    const shown = /the session is Failed: 0xE0201010001 The hosts were lost\. A cutover was sent before: check first/;
    expect((await refresh()).warnings).toEqual([expect.stringMatching(shown)]);
    for (const run of [preview, up]) expect((await run(toCompletion)).error).toMatch(shown);
    expect((await up({ ...toCompletion, sessionName: "erp-2" })).error).toContain("a cutover is for ever");
    expect(state()).toMatchObject({ sessionId: id, state: "Failed", error: { code: "0xE0201010001" } });
    expect(sent()).toEqual(before);
  });

  test("is made again with copyAgain, and what is made then has a cutover of its own", async () => {
    const { array, id, up, refresh, state, sent } = await cutOverImport();
    array.setState(id, "Failed", { stays: true });
    await refresh();
    const again = { ...volume, copyAgain: id };
    expect(await up(again)).toMatchObject({ did: "replace", state: { state: "Ready_For_Cutover" } });
    expect(state()).not.toHaveProperty("cutOver");
    expect(state()?.actions.map(({ act }) => act)).toEqual(["create", "cutover", "remove", "create"]);
    await refresh();
    expect(await up({ ...again, forceCancel: true })).toMatchObject({ did: "update", error: undefined });
    expect(state()).not.toHaveProperty("cutOver");
    await up({ ...again, targetState: "Import_Completed" });
    expect(state()?.cutOver).toMatchObject({ at: state()?.actions.at(-1)?.at, by: "sent" });
    expect(sent()).toEqual(["create", "cutover", "remove", "create", "cutover"]);
  });

  test("is not removed by the delete of a replacement, whatever the preview knew", async () => {
    const { array, id, up, sent } = await cutOverImport();
    const before = sent();
    expect((await up(toCompletion, { replace: true })).error).toMatch(
      /import session \S+ of source sv_42 is Import_Completed, cut over at \S+, and a cutover is for ever/,
    );
    expect([sent(), array.session(id).state]).toEqual([before, "Import_Completed"]);
  });

  test("is removed by a destroy as before", async () => {
    const { array, destroy, sent } = await cutOverImport();
    expect((await destroy()).error).toBeUndefined();
    expect([sent().at(-1), array.sessions()]).toEqual(["remove", []]);
  });
});

test("a group of which a member is imported is not made again, also where copyAgain names it", async () => {
  const { array, up, refresh, state, sent } = await oneImport();
  await up(group);
  const id = state()?.sessionId ?? "";
  const [first, second] = array.sessions().filter(({ parent_session_id }) => parent_session_id === id);
  array.setState(first?.id ?? "", "Import_Completed", { stays: true });
  array.setState(second?.id ?? "", "Failed", { stays: true });
  array.setState(id, "Failed", { stays: true });
  await refresh();
  const named = new RegExp(`members of the group are imported.*declare each of them: ${second?.source_resource_id}\\.`);
  for (const inputs of [
    { ...group, copyAgain: id },
    { ...group, copyAgain: id, sessionName: "erp-2" },
  ])
    expect((await up(inputs)).error).toMatch(named);
  expect((await up({ ...group, copyAgain: id }, { replace: true })).error).toMatch(named);
  expect(sent()).toEqual(["create"]);
});

test("what a run sends is noted with the change it belongs to, and another change sends nothing", async () => {
  const { preview, up, state, sent } = await oneImport();
  await up({ ...volume, change: "CHG4711" });
  expect(state()?.actions).toMatchObject([{ act: "create", change: "CHG4711" }]);
  expect(await preview({ ...volume, change: "CHG4712" })).toMatchObject({ did: "update", replaces: [] });
  await up({ ...volume, change: "CHG4712" });
  await up({ ...toCompletion, change: "CHG4713" });
  expect(state()?.actions.map(({ change }) => change)).toEqual(["CHG4711", "CHG4713"]);
  expect(sent()).toEqual(["create", "cutover"]);
});
