import { describe, expect, test } from "vitest";
import { hostWork } from "../../../provider/powerstore/import-session/plan/forward.ts";
import { type Migration, migration } from "./migration.ts";
import { simulatedSources } from "./samples.ts";

const { group, agentlessGroup } = simulatedSources;
const hostSteps = { sourceStopped: true, destinationStarted: true };
const membersOf = ({ array }: Migration) =>
  array.sessions().filter(({ parent_session_id }) => parent_session_id !== null);
const memberId = (it: Migration, index: number) => membersOf(it)[index]?.id ?? "";

describe("a consistency group", () => {
  test("is brought to its cutover and through it, and its members are told of one by one", async () => {
    const it = await migration();
    const state = await it.create(group);
    expect(state).toMatchObject({ state: "Ready_For_Cutover", destinationResourceType: "volume_group" });
    expect(state.members).toMatchObject([
      { state: "Ready_For_Cutover", sourceResourceId: expect.stringMatching(/^sv_5[12]$/), progressPercentage: 100 },
      { state: "Ready_For_Cutover", sourceResourceId: expect.stringMatching(/^sv_5[12]$/), progressPercentage: 100 },
    ]);
    const done = await it.update({ ...group, targetState: "Import_Completed" });
    expect(done).toMatchObject({
      state: "Import_Completed",
      members: [{ state: "Import_Completed" }, { state: "Import_Completed" }],
    });
    expect(it.sent()).toEqual(["create", "cutover"]);
  });

  test("is one session to the program although the array makes one for each member", async () => {
    const it = await migration();
    const state = await it.create(group);
    expect(it.array.sessions()).toHaveLength(3);
    expect(it.array.session(state.sessionId).parent_session_id).toBeNull();
  });

  test("passes its agentless gates member by member, after the work on the hosts is done", async () => {
    const it = await migration();
    expect(await it.create(agentlessGroup)).toMatchObject({ state: "In_Progress", held: hostWork.sourceStopped });
    expect(it.sent()).toEqual(["create"]);
    const stopped = { ...agentlessGroup, hostSteps: { sourceStopped: true } };
    expect(await it.update(stopped)).toMatchObject({ held: hostWork.destinationStarted });
    expect(await it.update({ ...agentlessGroup, hostSteps })).toMatchObject({ state: "Ready_For_Cutover" });
    expect(it.sent()).toEqual([
      "create",
      "enable_destination_volume",
      "enable_destination_volume",
      "start_copy",
      "start_copy",
    ]);
    const enabled = it.array.acts().filter(({ path }) => path.endsWith("enable_destination_volume"));
    expect(new Set(enabled.map(({ path }) => path)).size).toBe(2);
  });

  test.each(["Mirror_Enabled", "Ready_To_Start_Copy"] as const)(
    "rests at %s when all its members do",
    async (targetState) => {
      const it = await migration();
      const state = await it.create({ ...agentlessGroup, hostSteps, targetState });
      expect(state.members?.map(({ state }) => state)).toEqual([targetState, targetState]);
      expect(state.held).toBeUndefined();
    },
  );

  test("waits for members that are queued behind others", async () => {
    const it = await migration({ maxActiveImports: 1 });
    expect(await it.create({ ...agentlessGroup, hostSteps })).toMatchObject({ state: "Ready_For_Cutover" });
    expect(it.sent().filter((act) => act === "start_copy")).toHaveLength(2);
  });

  test("is paused and resumed as a whole", async () => {
    const it = await migration();
    expect(await it.create({ ...group, paused: true })).toMatchObject({
      state: "Paused",
      held: expect.stringContaining("paused"),
    });
    expect(it.sent()).toEqual(["create", "pause"]);
    expect(await it.update({ ...group, paused: false })).toMatchObject({ state: "Ready_For_Cutover" });
    expect(it.sent()).toEqual(["create", "pause", "resume"]);
  });

  test("is cut over again where the cutover stayed incomplete, and only for what is left", async () => {
    const it = await migration();
    await it.create(group);
    it.array.setConditions(memberId(it, 1), { cutover: "incomplete" });
    const done = await it.update({ ...group, targetState: "Import_Completed" });
    expect(done).toMatchObject({ state: "Import_Completed" });
    expect(it.sent()).toEqual(["create", "cutover", "cutover"]);
    expect(done.actions.map(({ reason }) => reason.split(",")[0])).toEqual([
      "no session yet",
      "Ready_For_Cutover",
      "Import_Cutover_Incomplete",
    ]);
  });

  test("is cut over again also when the array was too quick to be seen at it", async () => {
    const it = await migration({ timings: { cutoverMs: 100 } });
    await it.create(group);
    it.array.setConditions(memberId(it, 1), { cutover: "incomplete" });
    expect(await it.update({ ...group, targetState: "Import_Completed" })).toMatchObject({ state: "Import_Completed" });
    expect(it.sent()).toEqual(["create", "cutover", "cutover"]);
  });

  test("is not cut over again and again: what stays incomplete is said, member by member", async () => {
    const it = await migration();
    await it.create(group);
    it.array.faults.add({
      when: { method: "POST", path: /\/cutover$/ },
      times: Number.POSITIVE_INFINITY,
      do: {
        kind: "custom",
        play({ handle, send }) {
          it.array.setConditions(memberId(it, 1), { cutover: "incomplete" });
          send(handle());
        },
      },
    });
    await expect(it.update({ ...group, targetState: "Import_Completed" })).rejects.toMatchObject({
      kind: "stuck",
      message: expect.stringMatching(
        new RegExp(
          `after the cutover the session is Import_Cutover_Incomplete; member ${memberId(it, 1)} is Ready_For_Cutover \\(0x`,
        ),
      ),
    });
    expect(it.sent()).toEqual(["create", "cutover", "cutover"]);
    expect(it.recorded?.state).toMatchObject({ state: "Import_Cutover_Incomplete" });
  });

  test("that completes with errors says so of each member that was left out", async () => {
    const it = await migration();
    await it.create(group);
    it.array.setConditions(memberId(it, 0), { cutover: "cancelled" });
    await expect(it.update({ ...group, targetState: "Import_Completed" })).rejects.toMatchObject({
      kind: "stuck",
      message: expect.stringMatching(
        new RegExp(
          `the session is Import_Completed_With_Errors; member ${memberId(it, 0)} is Cancelled \\(0xE0F0F0030002`,
        ),
      ),
    });
    expect(it.recorded?.state.members?.map(({ state }) => state).sort()).toEqual(["Cancelled", "Import_Completed"]);
  });

  test("with a failed member is waited for until the array has rolled it back, and fails with that member's error", async () => {
    const it = await migration();
    it.after(15_000, () => it.array.fail(memberId(it, 1), "0xE1", "A path was lost."));
    await expect(it.create({ ...agentlessGroup, hostSteps: { sourceStopped: true } })).rejects.toMatchObject({
      kind: "stuck",
      message: expect.stringMatching(
        /the session is Failed: 0xE1 A path was lost\.; member .* is Failed \(0xE1 A path was lost\.\)/,
      ),
    });
    expect(it.sent()).toEqual(["create"]);
  });

  test("with a failed member is neither held nor sent anything, although the group itself does not say so yet", async () => {
    const it = await migration();
    const { sessionId } = await it.create(agentlessGroup);
    it.array.setState(memberId(it, 0), "Failed");
    it.array.setState(sessionId, "In_Progress", { stays: true });
    expect((await it.read(agentlessGroup))?.held).toBeUndefined();
    await expect(it.update({ ...agentlessGroup, hostSteps }, { timeoutMs: 600_000 })).rejects.toMatchObject({
      kind: "timeout",
      message: expect.stringContaining(`member ${memberId(it, 0)} is Failed`),
    });
    expect(it.sent()).toEqual(["create"]);
  });
});
