import { describe, expect, test } from "vitest";
import { type ImportSessionState, importSessionStates } from "../../../provider/powerstore/import-session/states.ts";
import { migration } from "./migration.ts";
import { sampleUrn, simulatedSources } from "./samples.ts";

const { volume, agentlessVolume, group, agentlessGroup } = simulatedSources;
const mirrored = { targetState: "Mirror_Enabled" } as const;

/** What destroying sends when the array follows, from each state as the array really comes by it. */
const ways: readonly { readonly state: ImportSessionState; readonly acts: readonly string[] }[] = [
  { state: "Scheduled", acts: ["cancel", "remove"] },
  { state: "Queued", acts: ["cancel", "remove"] },
  { state: "Copy_In_Progress", acts: ["cancel", "remove"] },
  { state: "Paused", acts: ["cancel", "remove"] },
  { state: "Ready_For_Cutover", acts: ["cancel", "remove"] },
  { state: "Cancel_In_Progress", acts: ["remove"] },
  { state: "Import_Completed", acts: ["remove"] },
  { state: "Cancelled", acts: ["remove"] },
  { state: "Failed", acts: ["remove"] },
  { state: "Cleanup_In_Progress", acts: ["remove"] },
  { state: "Cleanup_Required", acts: ["cleanup", "remove"] },
];

/** A group failed here while its members went on: they are cancelled before the record goes. */
const waysOfGroup = ways
  .filter(({ state }) => state !== "Copy_In_Progress")
  .map(({ state, acts }) => {
    const endsFailed = ["Failed", "Cleanup_In_Progress", "Cleanup_Required"].includes(state);
    return { state, acts: endsFailed ? [...acts.slice(0, -1), "cancel", "remove"] : acts };
  });

describe.each([
  { kind: "a volume", inputs: volume },
  { kind: "an agentless volume", inputs: agentlessVolume },
  { kind: "a group", inputs: group },
])("destroying $kind", ({ kind, inputs }) => {
  test.each(kind === "a group" ? waysOfGroup : ways)(
    "that is $state sends $acts, and nothing is left",
    async ({ state, acts }) => {
      const it = await migration();
      const { sessionId } = await it.create({ ...inputs, ...mirrored });
      it.array.setState(sessionId, state);
      if (state === "Scheduled" || state === "Queued") it.array.setState(sessionId, state, { stays: true });
      await it.destroy(inputs);
      expect(it.sent().slice(1)).toEqual(acts);
      expect(it.array.sessions()).toEqual([]);
    },
  );
});

test("a failed group whose members the array will not cancel is removed, and no cancel is said to have ended", async () => {
  const it = await migration();
  const { sessionId } = await it.create({ ...agentlessGroup, ...mirrored });
  it.array.setState(sessionId, "Failed");
  it.array.faults.add({ when: { method: "POST", path: /\/cancel$/ }, do: { kind: "status", status: 422 } });
  await it.destroy(agentlessGroup);
  expect(it.sent()).toEqual(["create", "cancel", "remove"]);
  expect(it.said.filter((text) => text.includes("ended as Failed"))).toEqual([]);
});

describe("destroying what cannot be cancelled now", () => {
  test.each(["In_Progress", "Mirror_Enabled", "Ready_To_Start_Copy"] as const)(
    "waits until a volume that is %s can be",
    async (state) => {
      const it = await migration();
      const { sessionId } = await it.create({ ...volume, ...mirrored });
      it.array.setState(sessionId, state);
      await it.destroy(volume);
      expect(it.sent()).toEqual(["create", "cancel", "remove"]);
      expect(it.array.acts().every(({ status }) => (status ?? 0) < 300)).toBe(true);
    },
  );

  test.each(["Mirror_Enabled", "Ready_To_Start_Copy", "Cancel_Required"] as const)(
    "is at once for an agentless volume that is %s",
    async (state) => {
      const it = await migration();
      const { sessionId } = await it.create({ ...agentlessVolume, ...mirrored });
      it.array.setState(sessionId, state);
      await it.destroy(agentlessVolume);
      expect(it.sent()).toEqual(["create", "cancel", "remove"]);
    },
  );

  test.each(["In_Progress", "Import_Cutover_Incomplete", "Cancel_Required", "Cancel_Failed"] as const)(
    "is at once for a group that is %s",
    async (state) => {
      const it = await migration();
      const { sessionId } = await it.create({ ...agentlessGroup, ...mirrored });
      it.array.setState(sessionId, state);
      await it.destroy(agentlessGroup);
      expect(it.sent()).toEqual(["create", "cancel", "remove"]);
      expect(it.array.sessions()).toEqual([]);
    },
  );

  test("waits a cutover out, and then leaves the import as it is: only its record goes", async () => {
    const it = await migration();
    const { sessionId } = await it.create(volume);
    it.array.operator.cutover(sessionId);
    await it.destroy(volume);
    expect(it.sent()).toEqual(["create", "remove"]);
  });

  test("tries again when a volume went on while the cancel was on its way", async () => {
    const it = await migration();
    const { sessionId } = await it.create({ ...volume, ...mirrored });
    it.array.setState(sessionId, "Queued", { stays: true });
    it.array.faults.add({
      when: { method: "POST", path: /\/cancel$/ },
      do: {
        kind: "custom",
        play({ handle, send }) {
          it.array.setState(sessionId, "In_Progress");
          send(handle());
        },
      },
    });
    await it.destroy(volume);
    expect(it.sent()).toEqual(["create", "cancel", "cancel", "remove"]);
    expect(it.array.sessions()).toEqual([]);
  });

  test.each(["Cleanup_Failed", "Invalid"] as const)(
    "says that a person is needed at %s, and sends nothing",
    async (state) => {
      const it = await migration();
      const { sessionId } = await it.create({ ...volume, ...mirrored });
      it.array.setState(sessionId, state, { stays: true });
      await expect(it.destroy({ ...volume, forceCancel: true })).rejects.toMatchObject({
        kind: "stuck",
        message: expect.stringMatching(new RegExp(`the session is ${state}.*pulumi state delete`)),
      });
      expect(it.sent()).toEqual(["create"]);
    },
  );
});

describe("destroying what is over or gone", () => {
  test("of an adopted session never removes the record", async () => {
    const it = await migration();
    const id = it.array.operator.create({
      name: "by-hand",
      remote_system_id: "name:old-unity",
      source_resource_id: "sv_42",
    });
    const adopting = { resourceUrn: sampleUrn, sessionId: id };
    await it.create(adopting);
    await it.destroy(adopting);
    expect(it.sent()).toEqual(["cancel"]);
    expect(it.array.session(id).state).toBe("Cancelled");
  });

  test.each(["Import_Completed", "Failed"] as const)(
    "of an adopted session that is %s sends nothing at all",
    async (state) => {
      const it = await migration();
      const id = it.array.operator.create({
        name: "by-hand",
        remote_system_id: "name:old-unity",
        source_resource_id: "sv_42",
      });
      const adopting = { resourceUrn: sampleUrn, sessionId: id };
      await it.create({ ...adopting, ...mirrored });
      it.array.setState(id, state);
      await it.destroy(adopting);
      expect(it.sent()).toEqual([]);
    },
  );

  test("is a success when somebody removed the session before", async () => {
    const it = await migration();
    const { sessionId } = await it.create({ ...volume, ...mirrored });
    it.array.setState(sessionId, "Cancelled");
    it.array.operator.remove(sessionId);
    await it.destroy(volume);
    expect(it.sent()).toEqual(["create"]);
  });

  test("is a success when somebody removes the session while it is taken back", async () => {
    const it = await migration();
    const { sessionId } = await it.create({ ...volume, ...mirrored });
    it.array.setState(sessionId, "Cancelled");
    it.array.faults.add({
      when: { method: "DELETE" },
      do: {
        kind: "custom",
        play({ handle, send }) {
          it.array.operator.remove(sessionId);
          send(handle());
        },
      },
    });
    await it.destroy(volume);
    expect(it.array.acts().at(-1)).toMatchObject({ method: "DELETE", status: 404 });
  });

  test.each(["lose-answer", "reset"] as const)(
    "removes the record although the answer to that came as: %s",
    async (kind) => {
      const it = await migration();
      const { sessionId } = await it.create({ ...volume, ...mirrored });
      it.array.setState(sessionId, "Cancelled");
      it.array.faults.add({ when: { method: "DELETE" }, do: { kind } });
      await it.destroy(volume);
      expect(it.array.sessions()).toEqual([]);
    },
  );
});

describe("from every one of the 21 states", () => {
  // States that no array shows for a session of this kind; the simulated one takes nothing there, and its word is passed on.
  const foreign = {
    volume: ["Cancel_Required", "Cancel_Failed", "Import_Cutover_Incomplete", "Import_Completed_With_Errors"],
    group: ["Mirror_Enabled", "Ready_To_Start_Copy", "Copy_In_Progress"],
  };

  test.each(importSessionStates)("destroying at %s ends, and never cancels what is complete", async (state) => {
    for (const [kind, inputs] of [
      ["volume", volume],
      ["group", agentlessGroup],
    ] as const) {
      const it = await migration();
      const { sessionId } = await it.create({ ...inputs, ...mirrored });
      it.array.setState(sessionId, state);
      const ended = await it.destroy(inputs).then(
        () => "destroyed",
        (error: Error) => error.message,
      );
      if (/Cleanup_Failed|Invalid/.test(state)) expect(ended).toContain(`the session is ${state}`);
      else if (foreign[kind].includes(state)) expect(ended).toContain("the array answered 422");
      else expect([ended, it.array.sessions()]).toEqual(["destroyed", []]);
      if (/^Import_Completed/.test(state)) expect(it.sent()).not.toContain("cancel");
    }
  });
});
