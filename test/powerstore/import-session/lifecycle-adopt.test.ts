import { describe, expect, test } from "vitest";
import type { ImportSessionInputs } from "../../../provider/powerstore/import-session/inputs.ts";
import { ownershipMark } from "../../../provider/powerstore/import-session/naming.ts";
import { type Migration, migration } from "./migration.ts";
import { sampleUrn } from "./samples.ts";

const source = { remote_system_id: "name:old-unity", source_resource_id: "sv_42" } as const;
const adopting = (sessionId: string, changes: Partial<ImportSessionInputs> = {}): ImportSessionInputs => ({
  resourceUrn: sampleUrn,
  sessionId,
  ...changes,
});
const byHand = ({ array }: Migration, changes: object = {}) =>
  array.operator.create({ name: "by-hand", ...source, ...changes });

describe("adopting a session", () => {
  test("makes none, and goes on from where it is", async () => {
    const it = await migration();
    const id = byHand(it);
    const state = await it.create(adopting(id, { targetState: "Import_Completed" }));
    expect(state).toMatchObject({
      sessionId: id,
      state: "Import_Completed",
      adopted: true,
      sessionType: "Non_Disruptive",
    });
    expect(it.sent()).toEqual(["cutover"]);
    expect(it.array.sessions()).toHaveLength(1);
  });

  test.each(["Mirror_Enabled", "Ready_To_Start_Copy", "Ready_For_Cutover", "Import_Completed"] as const)(
    "sends nothing when it is beyond its target: complete, wanted %s",
    async (targetState) => {
      const it = await migration();
      const id = byHand(it);
      it.array.setState(id, "Import_Completed");
      expect(await it.create(adopting(id, { targetState }))).toMatchObject({ state: "Import_Completed" });
      expect(it.sent()).toEqual([]);
    },
  );

  test("needs no word of its type to know an agentless one's gates", async () => {
    const it = await migration();
    const id = byHand(it, { source_resource_id: "sv_44", type: "Agentless" });
    const state = await it.create(adopting(id));
    expect(state).toMatchObject({ state: "Mirror_Enabled", held: expect.stringContaining("hostSteps.sourceStopped") });
    await it.update(adopting(id, { hostSteps: { sourceStopped: true, destinationStarted: true } }));
    expect(it.sent()).toEqual(["enable_destination_volume", "start_copy"]);
  });

  test("of which there is none is refused, with its id and the array", async () => {
    const it = await migration();
    await expect(it.create(adopting("no-such-id"))).rejects.toMatchObject({
      kind: "notFound",
      message: expect.stringMatching(
        /Could not adopt import session no-such-id on PowerStore default .*there is no such session/,
      ),
    });
    expect([it.sent(), it.records]).toEqual([[], []]);
  });

  test("of a member of a group is refused, and the group's id is named", async () => {
    const it = await migration();
    const group = byHand(it, { source_resource_id: "res_7" });
    const [member] = it.array.sessions().filter(({ parent_session_id }) => parent_session_id === group);
    await expect(it.create(adopting(member?.id ?? ""))).rejects.toMatchObject({
      kind: "identity",
      message: expect.stringContaining(`Adopt the group with sessionId: "${group}".`),
    });
    expect([it.sent(), it.records]).toEqual([[], []]);
  });

  test.each(["Failed", "Cancelled", "Cancel_Required", "Invalid"] as const)(
    "of one that is %s records it and says that it can go nowhere",
    async (dead) => {
      const it = await migration();
      const id = byHand(it);
      it.array.setState(id, dead, { stays: true });
      await expect(it.create(adopting(id))).rejects.toMatchObject({
        kind: "stuck",
        message: expect.stringContaining(`the session is ${dead}`),
      });
      expect(it.recorded).toMatchObject({ id, state: { state: dead, adopted: true } });
      expect(it.sent()).toEqual([]);
    },
  );

  test("of one that the array cuts over by itself never sends the cutover", async () => {
    const it = await migration();
    const id = byHand(it, { automatic_cutover: true });
    expect(await it.create(adopting(id, { targetState: "Import_Completed" }))).toMatchObject({
      state: "Import_Completed",
    });
    expect(it.sent()).toEqual([]);
  });

  test.each([{ cutoverApproval: "" }, { cutoverWindow: { notBefore: Date.UTC(2031, 0, 1) } }])(
    "of one that the array cuts over by itself is refused with a gate it would not wait at: %j",
    async (gate) => {
      const it = await migration();
      const id = byHand(it, { automatic_cutover: true });
      await expect(it.create(adopting(id, { targetState: "Import_Completed", ...gate }))).rejects.toMatchObject({
        kind: "input",
        message: expect.stringContaining("would not wait for cutoverWindow or cutoverApproval"),
      });
      expect(it.records).toEqual([]);
    },
  );

  test("of one with the mark of another resource warns of it, of one with its own or none does not", async () => {
    const marks = [ownershipMark(sampleUrn.replace("prod", "dev")), ownershipMark(sampleUrn), "wave 3"];
    const warned: boolean[] = [];
    for (const description of marks) {
      const it = await migration();
      await it.create(adopting(byHand(it, { description })));
      warned.push(
        it.said.some((text) => /^warning: session .* carries the mark of another Pulumi resource/.test(text)),
      );
    }
    expect(warned).toEqual([true, false, false]);
  });

  test("of one that the array cuts over by itself says that it will not rest before", async () => {
    const it = await migration();
    await it.create(adopting(byHand(it, { automatic_cutover: true }), { targetState: "Mirror_Enabled" }));
    expect(it.said).toContain("warning: the array cuts over by itself: the session does not rest before");
  });

  test("of one that the array cuts over by itself is previewed as such: nothing will be sent, and no gate holds", async () => {
    const it = await migration({ bytesPerSecond: 0 });
    const id = byHand(it, { automatic_cutover: true });
    const wanted = adopting(id, { targetState: "Import_Completed" });
    await expect(it.create(wanted, { timeoutMs: 3_600_000 })).rejects.toMatchObject({ kind: "timeout" });
    expect(it.recorded?.state).toMatchObject({ state: "Copy_In_Progress", cutsOverByItself: true });
    const gated = { ...wanted, cutoverApproval: "" };
    await expect(it.diff(wanted, gated)).rejects.toMatchObject({ kind: "input" });

    it.array.setState(id, "Ready_For_Cutover", { stays: true });
    const { said } = await it.diff(wanted, wanted);
    expect(said).toContain(
      `progress ${sampleUrn} wait: automatic cutover: irreversible; the source no longer kept in sync`,
    );
    // Decided by the record alone it is the same.
    it.array.faults.add({ when: { method: "GET" }, times: 1, do: { kind: "status", status: 503 } });
    await it.read(wanted);
    it.array.faults.add({
      when: { method: "GET" },
      times: Number.POSITIVE_INFINITY,
      do: { kind: "status", status: 503 },
    });
    expect((await it.diff(wanted, wanted)).said).toContain(
      `progress ${sampleUrn} wait: automatic cutover: irreversible; the source no longer kept in sync`,
    );
    it.array.faults.clear();
    expect(it.sent()).toEqual([]);
  });
});
