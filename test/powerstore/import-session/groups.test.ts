import { expect, test } from "vitest";
import { hostWork } from "../../../provider/powerstore/import-session/plan/held.ts";
import { type OneImport, oneImport } from "../one-import.ts";
import { left } from "./left.ts";
import { simulatedSources } from "./samples.ts";

const bothSteps = `${hostWork.sourceStopped}; later ${hostWork.destinationStarted}`;

const { group, agentlessGroup } = simulatedSources;
const hostSteps = { sourceStopped: true, destinationStarted: true };
const completed = { ...group, targetState: "Import_Completed" } as const;
const complete = { error: undefined, state: { state: "Import_Completed" } };

function memberId({ array }: OneImport, index: number): string {
  return array.sessions().filter(({ parent_session_id }) => parent_session_id !== null)[index]?.id ?? "";
}

test("a group is brought to its cutover and through it, and its members are reported one by one", async () => {
  const { up, state, sent } = await oneImport();
  await up(group);
  expect(state()).toMatchObject({ state: "Ready_For_Cutover", destinationResourceType: "volume_group" });
  expect(state()?.members).toMatchObject([
    { state: "Ready_For_Cutover", sourceResourceId: expect.stringMatching(/^sv_5[12]$/), progressPercentage: 100 },
    { state: "Ready_For_Cutover", sourceResourceId: expect.stringMatching(/^sv_5[12]$/), progressPercentage: 100 },
  ]);
  expect(state()).not.toHaveProperty("held");
  expect(new Set(state()?.members?.map(({ sourceResourceId }) => sourceResourceId)).size).toBe(2);
  expect(await up(completed)).toMatchObject({
    error: undefined,
    state: { state: "Import_Completed", members: [{ state: "Import_Completed" }, { state: "Import_Completed" }] },
  });
  expect(sent()).toEqual(["create", "cutover"]);
});

test("a group is one session to the program although the array has one more for each member", async () => {
  const { array, up, state } = await oneImport();
  await up(group);
  expect(array.sessions()).toHaveLength(3);
  expect(array.session(state()?.sessionId ?? "").parent_session_id).toBeNull();
});

test("a group passes its agentless gates member by member, after the work on the hosts is done", async () => {
  const { array, up, sent } = await oneImport();
  expect(left(await up(agentlessGroup))).toEqual({ state: "In_Progress", held: bothSteps });
  expect(sent()).toEqual(["create"]);
  expect(left(await up({ ...agentlessGroup, hostSteps: { sourceStopped: true } })).held).toBe(
    hostWork.destinationStarted,
  );
  expect(left(await up({ ...agentlessGroup, hostSteps }))).toEqual({ state: "Ready_For_Cutover" });
  expect(sent()).toEqual([
    "create",
    "enable_destination_volume",
    "enable_destination_volume",
    "start_copy",
    "start_copy",
  ]);
  const enabled = array.acts().filter(({ path }) => path.endsWith("enable_destination_volume"));
  expect(new Set(enabled.map(({ path }) => path)).size).toBe(2);
});

test.each(["Mirror_Enabled", "Ready_To_Start_Copy"])(
  "a group rests at %s when all its members do",
  async (targetState) => {
    const { up } = await oneImport();
    const { error, state } = await up({ ...agentlessGroup, hostSteps, targetState });
    expect(error).toBeUndefined();
    expect(state?.members?.map(({ state }) => state)).toEqual([targetState, targetState]);
    expect(state).not.toHaveProperty("held");
  },
);

test("a group waits for members that are queued behind others", async () => {
  const { up, sent } = await oneImport({ maxActiveImports: 1 });
  expect(left(await up({ ...agentlessGroup, hostSteps }))).toEqual({ state: "Ready_For_Cutover" });
  expect(sent().filter((act) => act === "start_copy")).toHaveLength(2);
});

test("a group is paused and resumed as a whole", async () => {
  const { up, sent } = await oneImport();
  expect(left(await up({ ...group, paused: true }))).toEqual({
    state: "Paused",
    held: expect.stringContaining("paused"),
  });
  expect(sent()).toEqual(["create", "pause"]);
  expect(left(await up({ ...group, paused: false }))).toEqual({ state: "Ready_For_Cutover" });
  expect(sent()).toEqual(["create", "pause", "resume"]);
});

test("a group whose cutover stays incomplete is cut over once more in the same run, for what is left", async () => {
  const it = await oneImport();
  await it.up(group);
  it.array.setConditions(memberId(it, 1), { cutover: "incomplete" });
  expect(await it.up(completed)).toMatchObject(complete);
  expect(it.sent()).toEqual(["create", "cutover", "cutover"]);
  expect(it.state()?.actions).toMatchObject([
    { act: "create", reason: "no session yet, wanted Ready_For_Cutover" },
    { act: "cutover", from: "Ready_For_Cutover", reason: "Ready_For_Cutover, wanted Import_Completed" },
    { act: "cutover", from: "Import_Cutover_Incomplete", reason: "Import_Cutover_Incomplete, wanted Import_Completed" },
  ]);
});

test("a group is cut over once more also when the array was too quick to be seen at it", async () => {
  const it = await oneImport({ timings: { cutoverMs: 100 } });
  await it.up(group);
  it.array.setConditions(memberId(it, 1), { cutover: "incomplete" });
  expect(await it.up(completed)).toMatchObject(complete);
  expect(it.sent()).toEqual(["create", "cutover", "cutover"]);
});

test("a group is not cut over again and again: what stays incomplete is an error that names the member, until the next up", async () => {
  const it = await oneImport();
  await it.up(group);
  const fault = it.array.faults.add({
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
  const { error, state } = await it.up(completed);
  expect(error).toMatch(
    new RegExp(
      `after the cutover the session is Import_Cutover_Incomplete; member ${memberId(it, 1)} is Ready_For_Cutover \\(0x\\S+ The cutover of`,
    ),
  );
  expect(error).not.toContain(`member ${memberId(it, 0)}`);
  expect(state?.state).toBe("Import_Cutover_Incomplete");
  expect(state?.members).toContainEqual(
    expect.objectContaining({
      sessionId: memberId(it, 1),
      state: "Ready_For_Cutover",
      error: expect.objectContaining({ message: expect.stringContaining("cutover") }),
    }),
  );
  expect(it.sent()).toEqual(["create", "cutover", "cutover"]);

  fault.remove();
  expect(await it.up(completed)).toMatchObject(complete);
  expect(it.sent()).toEqual(["create", "cutover", "cutover", "cutover"]);
});

test("a group with a failed member is waited for until the array has rolled it back, and fails with that member's error", async () => {
  const it = await oneImport();
  it.later(15_000, () => it.array.fail(memberId(it, 1), "0xE1", "A path was lost."));
  expect((await it.up({ ...agentlessGroup, hostSteps: { sourceStopped: true } })).error).toMatch(
    /the session is Failed: 0xE1 A path was lost\.; member .* is Failed \(0xE1 A path was lost\.\)/,
  );
  expect(it.sent()).toEqual(["create"]);
});

test("a group with a failed member is neither held nor sent anything, although the group itself does not report it yet", async () => {
  const it = await oneImport();
  await it.up(agentlessGroup);
  it.array.setState(memberId(it, 0), "Failed");
  it.array.setState(it.state()?.sessionId ?? "", "In_Progress", { stays: true });
  await it.refresh();
  expect(it.state()).not.toHaveProperty("held");
  const { error } = await it.up({ ...agentlessGroup, hostSteps, timeouts: { update: "10m" } });
  expect(error).toMatch(new RegExp(`timed out.*member ${memberId(it, 0)} is Failed`));
  expect(it.sent()).toEqual(["create"]);
});
