import { describe, expect, test } from "vitest";
import { ownershipMark } from "../../../provider/powerstore/import-session/naming.ts";
import { type OneImport, oneImport } from "../one-import.ts";
import { sampleUrn } from "./samples.ts";

const source = { remote_system_id: "name:old-unity", source_resource_id: "sv_42" } as const;
const adopting = (sessionId: string, changes: object = {}) => ({ sessionId, ...changes });
const byHand = ({ array }: OneImport, changes: object = {}) =>
  array.operator.create({ name: "by-hand", ...source, ...changes });

// So that it is the run that finds out, and not the check before it.
const unchecked = { preflight: "off" };

describe("adopting a session", () => {
  test("creates none, and continues from where it is", async () => {
    const it = await oneImport();
    const id = byHand(it);
    expect(await it.up(adopting(id, { targetState: "Import_Completed" }))).toMatchObject({
      did: "create",
      error: undefined,
      state: { sessionId: id, state: "Import_Completed", adopted: true, sessionType: "Non_Disruptive" },
    });
    expect(it.sent()).toEqual(["cutover"]);
    expect(it.array.sessions()).toHaveLength(1);
  });

  test.each(["Mirror_Enabled", "Ready_To_Start_Copy", "Ready_For_Cutover", "Import_Completed"])(
    "sends nothing when it is beyond its target: complete, wanted %s",
    async (targetState) => {
      const it = await oneImport();
      const id = byHand(it);
      it.array.setState(id, "Import_Completed");
      expect(await it.up(adopting(id, { targetState }))).toMatchObject({ state: { state: "Import_Completed" } });
      expect(it.sent()).toEqual([]);
    },
  );

  test.each(["Mirror_Enabled", "Ready_To_Start_Copy"])(
    "to %s, where a session that needs no work on the hosts does not rest, returns when it is there or beyond",
    async (targetState) => {
      const it = await oneImport();
      const id = byHand(it);
      const { error, state } = await it.up(adopting(id, { targetState }));
      expect(error).toBeUndefined();
      expect([targetState, "Ready_To_Start_Copy", "Copy_In_Progress"]).toContain(state?.state);
      expect(it.array.session(id).state).toBe(state?.state);
      expect(it.sent()).toEqual([]);
    },
  );

  test("waits at the gates of an agentless one although the program does not declare its type", async () => {
    const it = await oneImport();
    const id = byHand(it, { source_resource_id: "sv_44", type: "Agentless" });
    expect(await it.up(adopting(id))).toMatchObject({
      error: undefined,
      state: { state: "Mirror_Enabled", held: expect.stringContaining("hostSteps.sourceStopped") },
    });
    await it.up(adopting(id, { hostSteps: { sourceStopped: true, destinationStarted: true } }));
    expect(it.sent()).toEqual(["enable_destination_volume", "start_copy"]);
  });

  test("of which there is none is refused, with its id and the array", async () => {
    const it = await oneImport({}, unchecked);
    expect((await it.up(adopting("no-such-id"))).error).toMatch(
      /^PowerStore default .*could not adopt import session no-such-id: there is no such session/,
    );
    expect([it.sent(), it.recorded()]).toEqual([[], undefined]);
  });

  test("of a member of a group is refused, and the group's id is named", async () => {
    const it = await oneImport({}, unchecked);
    const group = byHand(it, { source_resource_id: "res_7" });
    const [member] = it.array.sessions().filter(({ parent_session_id }) => parent_session_id === group);
    expect((await it.up(adopting(member?.id ?? ""))).error).toContain(`Adopt the group with sessionId: "${group}".`);
    expect([it.sent(), it.recorded()]).toEqual([[], undefined]);
  });

  test.each(["Failed", "Cancelled", "Cancel_Required", "Invalid"] as const)(
    "of one that is %s records it, and fails with what it shows",
    async (dead) => {
      const it = await oneImport({}, unchecked);
      const id = byHand(it);
      it.array.setState(id, dead, { stays: true });
      expect((await it.up(adopting(id))).error).toContain(`the session is ${dead}`);
      expect(it.recorded()).toMatchObject({ id, outputs: { state: dead, adopted: true } });
      expect(it.sent()).toEqual([]);
    },
  );

  test("of one with the mark of another resource warns of it, of one with its own or none does not", async () => {
    const marks = [ownershipMark(sampleUrn.replace("prod", "dev")), ownershipMark(sampleUrn), "wave 3"];
    const warned: boolean[] = [];
    for (const description of marks) {
      const it = await oneImport({}, unchecked);
      const { warnings } = await it.up(adopting(byHand(it, { description })));
      warned.push(warnings.some((text) => /^session .* carries the mark of another Pulumi resource/.test(text)));
    }
    expect(warned).toEqual([true, false, false]);
  });
});

describe("adopting a session that the array cuts over automatically", () => {
  test("never sends the cutover", async () => {
    const it = await oneImport();
    const id = byHand(it, { automatic_cutover: true });
    expect(await it.up(adopting(id, { targetState: "Import_Completed" }))).toMatchObject({
      state: { state: "Import_Completed" },
    });
    expect(it.sent()).toEqual([]);
  });

  test.each([{ cutoverApproval: "" }, { cutoverWindow: { notBefore: "2031-01-01T00:00:00Z" } }])(
    "is refused with a gate it would not wait at: %j",
    async (gate) => {
      const it = await oneImport({}, unchecked);
      const id = byHand(it, { automatic_cutover: true });
      const { error } = await it.up(adopting(id, { targetState: "Import_Completed", ...gate }));
      expect(error).toContain("would not wait for cutoverWindow or cutoverApproval");
      expect(it.recorded()).toBeUndefined();
    },
  );

  test("warns that it will not rest before the cutover", async () => {
    const it = await oneImport();
    const { warnings } = await it.up(adopting(byHand(it, { automatic_cutover: true })));
    expect(warnings).toContainEqual(
      expect.stringMatching(/cuts over automatically: .* does not rest at Ready_For_Cutover/),
    );
  });

  test("is previewed as such: nothing will be sent, and no gate holds", async () => {
    const it = await oneImport({ bytesPerSecond: 0 });
    const id = byHand(it, { automatic_cutover: true });
    const wanted = adopting(id, { targetState: "Import_Completed", timeouts: { create: "1h" } });
    expect(await it.up(wanted)).toMatchObject({
      error: expect.stringContaining("timed out"),
      state: { state: "Copy_In_Progress", cutsOverByItself: true },
    });
    expect((await it.preview({ ...wanted, cutoverApproval: "" })).error).toContain("would not wait for");

    it.array.setState(id, "Ready_For_Cutover", { stays: true });
    const announced = {
      did: "update",
      rows: [expect.stringMatching(/^wait: .*automatic cutover/)],
      warnings: expect.arrayContaining([expect.stringMatching(/^automatic cutover \(irreversible\)/)]),
    };
    expect(await it.preview(wanted)).toMatchObject(announced);
    // Decided by the record alone it is the same.
    const busy = { kind: "status", status: 503 } as const;
    it.array.faults.add({ when: { method: "GET" }, times: 1, do: busy });
    await it.refresh();
    it.array.faults.add({ when: { method: "GET" }, times: Number.POSITIVE_INFINITY, do: busy });
    expect(await it.preview(wanted)).toMatchObject(announced);
    it.array.faults.clear();
    expect(it.sent()).toEqual([]);
  });
});
