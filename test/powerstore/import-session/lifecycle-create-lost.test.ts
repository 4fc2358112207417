import { describe, expect, test } from "vitest";
import { ownershipMark } from "../../../provider/powerstore/import-session/naming.ts";
import { migration } from "./migration.ts";
import { sampleUrn, simulatedSources } from "./samples.ts";

const { volume } = simulatedSources;
const creating = { method: "POST", path: "/api/rest/import_session" };
const mine = {
  name: "erp-prod-orders",
  description: ownershipMark(sampleUrn),
  remote_system_id: "name:old-unity",
  source_resource_id: "sv_42",
} as const;

describe("a create whose answer is lost", () => {
  test("makes no second session: the first is found and gone on with", async () => {
    const { create, array, sent } = await migration();
    array.faults.add({ when: creating, do: { kind: "lose-answer" } });
    const state = await create(volume);
    expect(sent()).toEqual(["create"]);
    expect(array.sessions()).toHaveLength(1);
    expect(state).toMatchObject({ sessionId: array.sessions()[0]?.id, state: "Ready_For_Cutover", adopted: false });
    expect(state.actions).toMatchObject([{ act: "create (answer lost)" }]);
  });

  test("and that never reached the array is sent again", async () => {
    const { create, array, sent } = await migration();
    array.faults.add({ when: creating, do: { kind: "reset" } });
    expect(await create(volume)).toMatchObject({ state: "Ready_For_Cutover" });
    expect(sent()).toEqual(["create", "create"]);
    expect(array.sessions()).toHaveLength(1);
  });

  test.each([
    ["a failure inside the array", { kind: "status", status: 500, handled: true }],
    ["an answer without an id", { kind: "status", status: 201, body: {}, handled: true }],
    ["an answer that breaks off", { kind: "truncate" }],
    ["an answer that breaks off with its connection", { kind: "truncate", cut: true }],
  ] as const)("in %s is no reason for a second session either", async (_, fault) => {
    const { create, array } = await migration();
    array.faults.add({ when: creating, do: fault });
    expect(await create(volume)).toMatchObject({ state: "Ready_For_Cutover" });
    expect(array.sessions()).toHaveLength(1);
  });

  test("and which is repeated before it shows is refused for its name, and the first is gone on with", async () => {
    const { create, array, sent } = await migration();
    array.faults.add({ when: creating, do: { kind: "lose-answer" } });
    // The lists do not show it for as long as a lost answer is waited for.
    const hidden = array.faults.add({
      when: { method: "GET", path: /name=eq/ },
      times: Number.POSITIVE_INFINITY,
      do: { kind: "status", status: 200, body: [] },
    });
    array.faults.add({
      when: { ...creating, nth: 2 },
      do: {
        kind: "custom",
        play({ handle, send }) {
          hidden.remove();
          send(handle());
        },
      },
    });
    expect(await create(volume)).toMatchObject({ state: "Ready_For_Cutover" });
    expect(sent()).toEqual(["create", "create"]);
    expect(array.sessions()).toHaveLength(1);
  });

  test("is busy: 503 is not taken, and is sent again when the array says so", async () => {
    const { create, array, sent } = await migration();
    array.faults.add({ when: creating, do: { kind: "status", status: 503, headers: { "retry-after": "90" } } });
    await create(volume);
    const [first, second] = array.acts();
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(90_000);
    expect(sent()).toEqual(["create", "create"]);
  });
});

describe("a session of the same name", () => {
  test("that an earlier, interrupted run of the same resource made is gone on with", async () => {
    const { create, array, sent } = await migration();
    const id = array.operator.create(mine);
    expect(await create(volume)).toMatchObject({ sessionId: id, state: "Ready_For_Cutover", adopted: false });
    expect(sent()).toEqual([]);
  });

  test("is held before the cutover although it was only just found: an approval names it", async () => {
    const { create, update, array, sent } = await migration();
    const id = array.operator.create(mine);
    array.setState(id, "Ready_For_Cutover");
    const toCompletion = { ...volume, targetState: "Import_Completed" } as const;
    expect(await create({ ...toCompletion, cutoverApproval: "" })).toMatchObject({ held: expect.stringContaining(id) });
    expect(sent()).toEqual([]);
    await update({ ...toCompletion, cutoverApproval: id });
    expect(sent()).toEqual(["cutover"]);
  });

  test("and approved is cut over at once", async () => {
    const { create, array, sent } = await migration();
    const id = array.operator.create(mine);
    array.setState(id, "Ready_For_Cutover");
    await create({ ...volume, targetState: "Import_Completed", cutoverApproval: id });
    expect(sent()).toEqual(["cutover"]);
  });

  test.each(["Failed", "Cancelled"] as const)(
    "that an earlier run left %s is removed, and the import attempted again",
    async (state) => {
      const { create, array, sent, records } = await migration();
      const id = array.operator.create(mine);
      array.setState(id, state);
      const again = await create(volume);
      expect(sent()).toEqual(["remove", "create"]);
      expect(again.sessionId).not.toBe(id);
      expect(records.map(({ id }) => id)).not.toContain(id);
      expect(again.actions.map(({ act }) => act)).toEqual(["remove", "create"]);
    },
  );

  test("that is somebody else's is refused, and its id is named for adoption", async () => {
    const { create, array, sent, records } = await migration();
    const id = array.operator.create({ ...mine, description: "not marked" });
    await expect(create(volume)).rejects.toMatchObject({
      kind: "identity",
      message: expect.stringMatching(
        new RegExp(`does not carry the mark of this stack and resource.*sessionId: "${id}"`),
      ),
    });
    expect([sent(), records]).toEqual([[], []]);
    expect(array.sessions()).toHaveLength(1);
  });

  test("that is another stack's is refused", async () => {
    const { create, array } = await migration();
    array.operator.create({ ...mine, description: ownershipMark(sampleUrn.replace("prod", "dev")) });
    await expect(create(volume)).rejects.toMatchObject({ kind: "identity" });
  });

  test("that imports another source is refused", async () => {
    const { create, array, sent } = await migration();
    array.operator.create({ ...mine, source_resource_id: "sv_43" });
    await expect(create(volume)).rejects.toMatchObject({
      kind: "identity",
      message: expect.stringContaining("imports sv_43"),
    });
    expect(sent()).toEqual([]);
  });

  test("that imports from another remote system is refused", async () => {
    const { create, array } = await migration();
    array.operator.create(mine);
    const other = { ...volume, remoteSystemId: "name:old-netapp" };
    await expect(create(other)).rejects.toMatchObject({
      kind: "identity",
      message: expect.stringContaining("from remote system"),
    });
  });

  test("that is of another type is refused: it would pass the gates by itself, or wait at them for ever", async () => {
    const { create, array, sent } = await migration();
    array.operator.create(mine);
    await expect(create({ ...volume, type: "Agentless", hostIds: ["name:esx-01"] })).rejects.toMatchObject({
      kind: "identity",
      message: expect.stringContaining("is Non_Disruptive"),
    });
    expect(sent()).toEqual([]);
  });

  test.each([true, false])(
    "that cuts over by itself otherwise than declared is refused: it does so: %s",
    async (does) => {
      const { create, array, sent } = await migration();
      array.operator.create({ ...mine, automatic_cutover: does });
      const declared = { ...volume, automaticCutover: !does, targetState: "Import_Completed" } as const;
      await expect(create(declared)).rejects.toMatchObject({
        kind: "identity",
        message: expect.stringContaining(`was created with automaticCutover: ${does}`),
      });
      expect(sent()).toEqual([]);
    },
  );

  test("that cuts over by itself as declared is gone on with", async () => {
    const { create, array, sent } = await migration();
    array.operator.create({ ...mine, automatic_cutover: true });
    const declared = { ...volume, automaticCutover: true, targetState: "Import_Completed" } as const;
    expect(await create(declared)).toMatchObject({ state: "Import_Completed" });
    expect(sent()).toEqual([]);
  });

  test("in other letters is left alone, and the array's own word about it is passed on", async () => {
    const { create, array } = await migration();
    array.operator.create({ ...mine, name: "ERP-prod-orders", source_resource_id: "sv_43" });
    await expect(create(volume)).rejects.toMatchObject({
      kind: "refused",
      message: expect.stringContaining("exists already"),
    });
  });
});
