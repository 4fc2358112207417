import { expect, test } from "vitest";
import { oneGroup } from "../one-group.ts";

const four = [{ id: 0 }, { id: 1 }, { id: 2, status: "Suspend" as const }, { id: 3 }];
const statuses = (array: { sessions(): readonly { status: string }[] }) => array.sessions().map(({ status }) => status);

const sentSince = (array: { acts(): readonly { path: string; body?: unknown }[] }, sent: number) =>
  array
    .acts()
    .slice(sent)
    .map(({ path }) => path.replace("/api/v1/copysession/", ""));
const leaves =
  "copy session 0 leaves the group suspended (found Active): nothing resumes it; name it in resume to resume it, or list it in another group";

test("an added member is suspended, and one that leaves is let go with a warning", async () => {
  const { array, ...stack } = await oneGroup({ sessions: four });
  await stack.up({ copySessionIds: [0, 1] });
  const preview = await stack.preview({ copySessionIds: [1, 3] });
  expect(preview.rows).toEqual([
    "suspend copy session 3; let go: copy session 0; destroy would resume copy sessions 1, 3, discarding writes on the destinations",
  ]);
  const warnings = [
    leaves,
    "suspend: copy session 3 without the others of the group, so the destinations show different moments (consistent: false)",
  ];
  expect(preview.warnings).toEqual(warnings);
  const { error, warnings: said } = await stack.up({ copySessionIds: [1, 3] });
  expect(error).toBeUndefined();
  expect(said).toEqual(warnings);
  expect(statuses(array)).toEqual(["Suspend", "Suspend", "Suspend", "Suspend"]);
  expect(array.acts().slice(1)).toMatchObject([
    { path: "/api/v1/copysession/suspend", body: { copysession_id_list: [3], force: false } },
  ]);
  expect(stack.state()?.sessions.map(({ id }) => id)).toEqual([1, 3]);
  expect(stack.state()).toMatchObject({ consistent: false, destinationUsable: true });
  await stack.destroy();
  expect(statuses(array)).toEqual(["Suspend", "Active", "Suspend", "Active"]);
});

test("a member that leaves is let go in whichever state it is, and nothing waits for it", async () => {
  const { array, ...stack } = await oneGroup({
    sessions: [{ id: 1 }, { id: 2 }, { id: 3, status: "Suspend" }, { id: 4 }],
  });
  await stack.up({ copySessionIds: [1, 2, 3, 4] });
  array.operator.resume(2);
  array.operator.delete(4);
  const sent = array.acts().length;
  const { error, warnings } = await stack.up({ copySessionIds: [1] });
  expect(error).toBeUndefined();
  expect(warnings).toEqual([
    expect.stringMatching(/^copy session 2 leaves the group in Active, \w+ \(found Active\): nothing is sent for it$/),
    "copy session 3 leaves the group suspended (found suspended): nothing is sent for it",
    "copy session 4 leaves the group and does not exist any more: nothing is sent for it",
  ]);
  expect(sentSince(array, sent)).toEqual([]);
});

test("a member that leaves while it is being suspended is let go, and not waited for", async () => {
  const { array, ...stack } = await oneGroup({
    sessions: [{ id: 1 }, { id: 2, transferMode: "Stack" }],
    behaviour: { suspendDrainMs: 120_000 },
  });
  expect((await stack.up({ copySessionIds: [1, 2], timeouts: { create: "8s" } })).error).toBeDefined();
  expect(statuses(array)).toEqual(["Active", "Suspend"]);
  const { error, warnings } = await stack.up({ copySessionIds: [2], timeouts: { update: "20s" } });
  expect(error).toBeUndefined();
  expect(warnings).toContainEqual(
    expect.stringContaining(
      "copy session 1 leaves the group while the array suspends it (found Active): nothing resumes it",
    ),
  );
  expect(array.acts()).toHaveLength(1);
});

test("a member that leaves and is named in resume is resumed, leaves the record, and may stay named", async () => {
  const { array, ...stack } = await oneGroup({ sessions: four });
  await stack.up({ copySessionIds: [0, 1] });
  const inputs = { copySessionIds: [1], resume: [0] };
  const preview = await stack.preview(inputs);
  expect(preview.rows).toEqual([
    "resume copy session 0; destroy would resume copy session 1, discarding writes on the destinations",
  ]);
  expect(preview.warnings).toEqual([
    expect.stringContaining("resume: discards writes on 1 destination since 2030-01-01T00:00:11Z (volume 2000)"),
  ]);
  expect((await stack.up(inputs)).error).toBeUndefined();
  expect(statuses(array)).toEqual(["Active", "Suspend", "Suspend", "Active"]);
  expect(sentSince(array, 1)).toEqual(["0/resume"]);
  expect(stack.state()?.sessions.map(({ id }) => id)).toEqual([1]);

  expect(await stack.preview(inputs)).toMatchObject({ did: "nothing", warnings: [] });
  expect(await stack.up({ copySessionIds: [1] })).toMatchObject({ error: undefined, warnings: [] });
  expect(array.acts()).toHaveLength(2);
});

test("a session that 0.1.0 still had to resume, and that is on record without being listed, is let go by the next update", async () => {
  const { array, ...stack } = await oneGroup({ sessions: four });
  await stack.up({ copySessionIds: [0, 1] });
  const { id, inputs, outputs } = stack.recorded() ?? { id: "", inputs: {}, outputs: {} };
  const listed = { copySessionIds: [1] };
  stack.recall({ id, inputs: { ...inputs, ...listed }, outputs: { ...outputs, ...listed } });
  await stack.refresh();
  expect(stack.state()?.sessions.map((session) => session.id)).toEqual([1, 0]);
  expect(await stack.preview(listed)).toMatchObject({ did: "update", warnings: [leaves] });
  expect(await stack.up(listed)).toMatchObject({ error: undefined, warnings: [leaves] });
  expect(stack.state()?.sessions.map((session) => session.id)).toEqual([1]);
  expect(array.acts()).toHaveLength(1);
});

test("a resume that fails keeps the session on record, and the next up tries again", async () => {
  const { array, ...stack } = await oneGroup({ sessions: four });
  await stack.up({ copySessionIds: [0, 1] });
  array.failNext(0, "resume", "5300", "Copy path error");
  const inputs = { copySessionIds: [1], resume: [0] };
  expect((await stack.up(inputs)).error).toContain("copy session 0 failed: 5300");
  expect(stack.state()?.sessions.map(({ id }) => id)).toEqual([1, 0]);
  expect((await stack.up(inputs)).error).toBeUndefined();
  expect(array.session(0)?.status).toBe("Active");
  expect(stack.state()?.sessions.map(({ id }) => id)).toEqual([1]);
});

test("resume leaves alone what was found suspended, and warns of what is not on record", async () => {
  const { array, ...stack } = await oneGroup({ sessions: four });
  expect((await stack.preview({ copySessionIds: [1], resume: [3] })).warnings).toEqual([
    "resume names copy session 3, not on record for this group: nothing is sent; " +
      "if the group is replaced, those that it suspended are resumed first, which discards writes on their destinations",
  ]);
  await stack.up({ copySessionIds: [1, 2] });
  const inputs = { copySessionIds: [1], resume: [2, 3] };
  const warnings = [
    "copy session 2 was found suspended: resume leaves it so",
    "resume names copy session 3, not on record for this group: nothing is sent",
  ];
  expect(await stack.preview(inputs)).toMatchObject({ did: "update", warnings });
  expect(await stack.up(inputs)).toMatchObject({ error: undefined, warnings });
  expect(array.acts()).toHaveLength(1);
});

test("a replacement on the same array sends nothing, and a later destroy still resumes what the first one suspended", async () => {
  const { array, ...stack } = await oneGroup({ sessions: four });
  await stack.up({ copySessionIds: [0, 1, 2], recoveryMode: "Manual" });
  const before = stack.state();
  const sent = array.acts().length;
  const inputs = { copySessionIds: [0, 1, 2], recoveryMode: "Manual" };
  expect(await stack.up(inputs, { replace: true })).toMatchObject({ did: "replace", error: undefined });
  expect(array.acts()).toHaveLength(sent);
  expect(stack.state()).toEqual(before);
  expect((await stack.destroy()).error).toBeUndefined();
  expect(statuses(array)).toEqual(["Active", "Active", "Suspend", "Active"]);
  expect(array.sessions().map(({ recoveryMode }) => recoveryMode)).toEqual(Array(4).fill("Automatic"));
});

test("a replacement lets go of what it does not list, and resumes what it says to resume", async () => {
  const { array, ...stack } = await oneGroup({ sessions: four });
  await stack.up({ copySessionIds: [0, 1, 3] });
  const { warnings } = await stack.up({ copySessionIds: [1], resume: [3] }, { replace: true });
  expect(warnings).toContain(leaves);
  expect(sentSince(array, 1)).toEqual(["3/resume"]);
  expect(stack.state()?.sessions.map(({ id }) => id)).toEqual([1]);
  await stack.destroy();
  expect(sentSince(array, 2)).toEqual(["1/resume"]);
});

test("a replacement whose create fails keeps the record of what the first one suspended", async () => {
  const { array, ...stack } = await oneGroup({ sessions: four });
  await stack.up({ copySessionIds: [0, 1] });
  array.breakSession(0);
  const { error } = await stack.up({ copySessionIds: [0, 1], direction: "RemoteToLocal" }, { replace: true });
  expect(error).toContain("copy session 0 is in Error");
  array.operator.delete(0);
  expect((await stack.destroy()).error).toBeUndefined();
  expect(array.session(1)?.status).toBe("Active");
});

test("the change that the program names is noted with each action, and sends nothing", async () => {
  const { array, ...stack } = await oneGroup({ sessions: four });
  await stack.up({ copySessionIds: [0], change: "CHG4711" });
  expect(stack.state()?.actions).toMatchObject([{ act: "suspend 0", change: "CHG4711" }]);
  expect(await stack.up({ copySessionIds: [0], change: "CHG4712" })).toMatchObject({ did: "update", error: undefined });
  expect(array.acts()).toHaveLength(1);
  await stack.up({ copySessionIds: [0], change: "CHG4712", targetState: "Active" });
  expect(stack.state()?.actions.map(({ change }) => change)).toEqual(["CHG4711", "CHG4712"]);
});

test("a different order of the members sends nothing to the array", async () => {
  const { array, ...stack } = await oneGroup({ sessions: four });
  await stack.up({ copySessionIds: [0, 1] });
  expect(await stack.up({ copySessionIds: [1, 0] })).toMatchObject({ did: "update", error: undefined });
  expect(array.acts()).toHaveLength(1);
  expect(stack.state()?.sessions.map(({ id }) => id)).toEqual([1, 0]);
  expect(stack.state()).toMatchObject({ consistent: true });
});

test("a destroy warns of what it discards and does not wait for equivalence", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1, rateMbPerSecond: 0.0001 }] });
  await stack.up({ copySessionIds: [1] });
  const { error, warnings } = await stack.destroy();
  expect(error).toBeUndefined();
  expect(warnings).toEqual([expect.stringContaining("(volume 2001)")]);
  expect(array.session(1)).toMatchObject({ status: "Active", phase: "Copying" });
});

test("a destroy names a member that no longer exists, and continues", async () => {
  const { array, ...stack } = await oneGroup({ sessions: four });
  await stack.up({ copySessionIds: [0, 1] });
  array.operator.delete(0);
  const { error, warnings } = await stack.destroy();
  expect(error).toBeUndefined();
  expect(warnings).toContain("copy session 0 does not exist any more: there was nothing to restore");
  expect(array.session(1)?.status).toBe("Active");
});

test("a member that no longer exists fails an up, until it is taken out", async () => {
  const { array, ...stack } = await oneGroup({ sessions: four });
  await stack.up({ copySessionIds: [0, 1] });
  array.operator.delete(0);
  await stack.refresh();
  expect(stack.state()?.sessions).toMatchObject([{ id: 0, status: "Gone", destinationUsable: false }, { id: 1 }]);
  expect(stack.state()).toMatchObject({ consistent: false, destinationUsable: false });
  expect(await stack.preview({ copySessionIds: [0, 1] })).toMatchObject({
    did: "update",
    rows: [expect.stringContaining("would fail: there is no copy session 0 on this array")],
  });
  expect((await stack.up({ copySessionIds: [0, 1] })).error).toContain("there is no copy session 0 on this array");
  expect((await stack.up({ copySessionIds: [1] })).error).toBeUndefined();
  expect(stack.state()).toMatchObject({ consistent: true, destinationUsable: true });
});

test("a failed session fails a destroy, because it cannot be resumed", async () => {
  const { array, ...stack } = await oneGroup({ sessions: four });
  await stack.up({ copySessionIds: [0, 1] });
  array.breakSession(0);
  const { error } = await stack.destroy();
  expect(error).toContain("copy session 0 is in Error (copy error code b1)");
  expect(array.session(1)?.status).toBe("Active");
  array.operator.delete(0);
  expect((await stack.destroy()).error).toBeUndefined();
});
