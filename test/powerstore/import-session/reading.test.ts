import { describe, expect, test } from "vitest";
import { oneImport } from "../one-import.ts";
import { simulatedSources } from "./samples.ts";

const { volume, agentlessVolume } = simulatedSources;
const toCompletion = { ...volume, targetState: "Import_Completed" } as const;
const complete = { error: undefined, state: { state: "Import_Completed" } };

describe("a state that this release does not know", () => {
  test("is waited for until the deadline, which names it, and recorded", async () => {
    const { array, up, later, recorded, sent } = await oneImport();
    later(60_000, () => array.disguise(array.sessions()[0]?.id ?? "", { state: "Half_Way_There" }));
    expect(await up({ ...toCompletion, timeouts: { create: "1h" } })).toMatchObject({
      error: expect.stringMatching(/timed out.*"Half_Way_There"/),
      state: { state: "Half_Way_There" },
    });
    expect(sent()).toEqual(["create"]);
    array.disguise(recorded()?.id ?? "", {});
    expect(await up(toCompletion)).toMatchObject(complete);
  });

  test("is not cancelled on a guess, not even with force", async () => {
    const { array, up, destroy, recorded, sent } = await oneImport();
    await up({ ...volume, forceCancel: true, timeouts: { delete: "1h" } });
    array.disguise(recorded()?.id ?? "", { state: "Half_Way_There" });
    expect((await destroy()).error).toMatch(/timed out.*"Half_Way_There"/);
    expect(sent()).toEqual(["create"]);
  });
});

describe("a session that is not found", () => {
  test("once only is read again, and the run continues with it", async () => {
    const { array, up, refresh, recorded } = await oneImport();
    await up(agentlessVolume);
    const id = recorded()?.id;
    const read = { method: "GET", path: `/api/rest/import_session/${id}` };
    const notFound = { kind: "status", status: 404, body: { messages: [] } } as const;
    array.faults.add({ when: read, do: notFound });
    expect(await refresh()).toMatchObject({ error: undefined, state: { sessionId: id } });
    array.faults.add({ when: read, do: notFound });
    expect(await up({ ...agentlessVolume, hostSteps: { sourceStopped: true } })).toMatchObject({
      did: "update",
      error: undefined,
      state: { sessionId: id, state: "Ready_To_Start_Copy" },
    });
  });

  test("because it was removed fails an update, which says what to do", async () => {
    // So that the update itself finds out, and not the diff before it.
    const { array, up, recorded, sent } = await oneImport({}, { preflight: "off" });
    await up(volume);
    array.setState(recorded()?.id ?? "", "Cancelled");
    array.operator.remove(recorded()?.id ?? "");
    expect((await up(toCompletion)).error).toContain("pulumi refresh");
    expect(sent()).toEqual(["create"]);
  });
});

test("a refresh records what changed on the array and sends nothing", async () => {
  const { array, up, refresh, state, sent } = await oneImport();
  await up(volume);
  const { sessionId = "", actions } = state() ?? {};
  array.operator.cutover(sessionId);
  await refresh();
  expect(state()).toMatchObject({ state: "Cutover_In_Progress", adopted: false, actions });
  expect(sent()).toEqual(["create"]);
});

test("keys nobody knows, and null for all that can be null, are no trouble", async () => {
  const { array, up, refresh, state } = await oneImport();
  await up(volume);
  array.disguise(state()?.sessionId ?? "", {
    progress_percentage: null,
    error: null,
    description: null,
    destination_resource_id: null,
    brand_new: { a: [1] },
  });
  expect((await refresh()).error).toBeUndefined();
  expect(state()).toMatchObject({ state: "Ready_For_Cutover" });
  expect(state()).not.toHaveProperty("progressPercentage");
});
