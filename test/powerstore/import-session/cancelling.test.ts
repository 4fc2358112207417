import { describe, expect, test } from "vitest";
import { type ImportSessionState, importSessionStates } from "../../../provider/powerstore/import-session/states.ts";
import { oneImport } from "../one-import.ts";
import { simulatedSources } from "./samples.ts";

const { volume, agentlessVolume, group, agentlessGroup } = simulatedSources;
const destroyed = { did: "delete", error: undefined, state: undefined };

/** A session that was created, and is where it is wanted. */
async function created(inputs: object, state?: ImportSessionState, options: { readonly stays?: boolean } = {}) {
  const it = await oneImport();
  const isAgentless = "type" in inputs && inputs.type === "Agentless";
  await it.up({ ...inputs, ...(isAgentless ? { targetState: "Mirror_Enabled" } : {}) });
  const sessionId = it.state()?.sessionId ?? "";
  if (state !== undefined) it.array.setState(sessionId, state, options);
  return { ...it, sessionId };
}

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
      const { array, destroy, sent } = await created(inputs, state, { stays: /Scheduled|Queued/.test(state) });
      expect(await destroy()).toMatchObject(destroyed);
      expect(sent().slice(1)).toEqual(acts);
      expect(array.sessions()).toEqual([]);
    },
  );
});

test("a failed group whose members the array will not cancel is removed, and no cancel is reported to have ended", async () => {
  const { array, destroy, sent } = await created(agentlessGroup, "Failed");
  array.faults.add({ when: { method: "POST", path: /\/cancel$/ }, do: { kind: "status", status: 422 } });
  const { error, said } = await destroy();
  expect(error).toBeUndefined();
  expect(sent()).toEqual(["create", "cancel", "remove"]);
  expect(said.filter((text) => text.includes("ended as Failed"))).toEqual([]);
});

describe("destroying what cannot be cancelled now", () => {
  test.each(["In_Progress", "Mirror_Enabled", "Ready_To_Start_Copy"] as const)(
    "waits until a volume that is %s can be",
    async (state) => {
      const { array, destroy, sent } = await created(volume, state);
      expect(await destroy()).toMatchObject(destroyed);
      expect(sent()).toEqual(["create", "cancel", "remove"]);
      expect(array.acts().every(({ status }) => (status ?? 0) < 300)).toBe(true);
    },
  );

  test.each(["Mirror_Enabled", "Ready_To_Start_Copy", "Cancel_Required"] as const)(
    "cancels an agentless volume that is %s at once",
    async (state) => {
      const { destroy, sent } = await created(agentlessVolume, state);
      expect(await destroy()).toMatchObject(destroyed);
      expect(sent()).toEqual(["create", "cancel", "remove"]);
    },
  );

  test.each(["In_Progress", "Import_Cutover_Incomplete", "Cancel_Required", "Cancel_Failed"] as const)(
    "cancels a group that is %s at once",
    async (state) => {
      const { array, destroy, sent } = await created(agentlessGroup, state);
      expect(await destroy()).toMatchObject(destroyed);
      expect(sent()).toEqual(["create", "cancel", "remove"]);
      expect(array.sessions()).toEqual([]);
    },
  );

  test("waits a cutover out, and then leaves the import as it is: only its record goes", async () => {
    const { array, sessionId, destroy, sent } = await created(volume);
    array.operator.cutover(sessionId);
    expect(await destroy()).toMatchObject(destroyed);
    expect(sent()).toEqual(["create", "remove"]);
  });

  test("tries again when a volume went on while the cancel was on its way", async () => {
    const { array, sessionId, destroy, sent } = await created(volume, "Queued", { stays: true });
    array.faults.add({
      when: { method: "POST", path: /\/cancel$/ },
      do: {
        kind: "custom",
        play({ handle, send }) {
          array.setState(sessionId, "In_Progress");
          send(handle());
        },
      },
    });
    expect(await destroy()).toMatchObject(destroyed);
    expect(sent()).toEqual(["create", "cancel", "cancel", "remove"]);
    expect(array.sessions()).toEqual([]);
  });

  test.each(["Cleanup_Failed", "Invalid"] as const)(
    "fails at %s, where a person is needed, and sends nothing",
    async (state) => {
      const { destroy, sent } = await created({ ...volume, forceCancel: true }, state, { stays: true });
      expect((await destroy()).error).toMatch(new RegExp(`the session is ${state}.*pulumi state delete`));
      expect(sent()).toEqual(["create"]);
    },
  );
});

describe("destroying what is over or gone", () => {
  const source = { remote_system_id: "name:old-unity", source_resource_id: "sv_42" };

  test.each(["Import_Completed", "Failed"] as const)(
    "sends nothing for an adopted session that is %s",
    async (state) => {
      const { array, up, destroy, sent } = await oneImport();
      const id = array.operator.create({ name: "by-hand", ...source });
      await up({ sessionId: id, targetState: "Mirror_Enabled" });
      array.setState(id, state);
      expect(await destroy()).toMatchObject(destroyed);
      expect(sent()).toEqual([]);
    },
  );

  test("is a success when somebody removed the session before", async () => {
    const { array, sessionId, destroy, sent } = await created(volume, "Cancelled");
    array.operator.remove(sessionId);
    expect(await destroy()).toMatchObject(destroyed);
    expect(sent()).toEqual(["create"]);
  });

  test("is a success when somebody removes the session at the same moment", async () => {
    const { array, sessionId, destroy } = await created(volume, "Cancelled");
    array.faults.add({
      when: { method: "DELETE" },
      do: {
        kind: "custom",
        play({ handle, send }) {
          array.operator.remove(sessionId);
          send(handle());
        },
      },
    });
    expect(await destroy()).toMatchObject(destroyed);
    expect(array.acts().at(-1)).toMatchObject({ method: "DELETE", status: 404 });
  });

  test.each(["lose-answer", "reset"] as const)(
    "removes the record although the answer to that came as: %s",
    async (kind) => {
      const { array, destroy } = await created(volume, "Cancelled");
      array.faults.add({ when: { method: "DELETE" }, do: { kind } });
      expect(await destroy()).toMatchObject(destroyed);
      expect(array.sessions()).toEqual([]);
    },
  );
});

describe("from every one of the 21 states", () => {
  // States that no array shows for a session of this kind; the simulated one takes nothing there, and its refusal is passed on.
  const kinds = {
    volume: {
      inputs: volume,
      foreign: ["Cancel_Required", "Cancel_Failed", "Import_Cutover_Incomplete", "Import_Completed_With_Errors"],
    },
    group: { inputs: agentlessGroup, foreign: ["Mirror_Enabled", "Ready_To_Start_Copy", "Copy_In_Progress"] },
  };

  test.each(importSessionStates)("destroying at %s ends, and never cancels what is complete", async (state) => {
    for (const { inputs, foreign } of [kinds.volume, kinds.group]) {
      const { array, destroy, sent } = await created(inputs, state);
      const { error } = await destroy();
      if (/Cleanup_Failed|Invalid/.test(state)) expect(error).toContain(`the session is ${state}`);
      else if (foreign.includes(state)) expect(error).toContain("the array answered 422");
      else expect([error, array.sessions()]).toEqual([undefined, []]);
      if (/^Import_Completed/.test(state)) expect(sent()).not.toContain("cancel");
    }
  });
});
