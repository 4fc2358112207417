import { expect, test } from "vitest";
import { oneGroup } from "../one-group.ts";

const four = [{ id: 0 }, { id: 1 }, { id: 2, status: "Suspend" as const }, { id: 3 }];
const statuses = (array: { sessions(): readonly { status: string }[] }) => array.sessions().map(({ status }) => status);

test("an added member is suspended, a removed one resumed", async () => {
  const { array, ...stack } = await oneGroup({ sessions: four });
  await stack.up({ copySessionIds: [0, 1] });
  const preview = await stack.preview({ copySessionIds: [1, 3] });
  expect(preview.rows).toEqual(["suspend copy session 3; resume copy session 0"]);
  expect(preview.warnings).toEqual([
    expect.stringContaining("resume: discards writes on 1 destination since 2030-01-01T00:00:11Z (volume 2000)"),
    "suspend: copy session 3 without the others of the group, so the destinations show different moments (consistent: false)",
  ]);
  expect((await stack.up({ copySessionIds: [1, 3] })).error).toBeUndefined();
  expect(statuses(array)).toEqual(["Active", "Suspend", "Suspend", "Suspend"]);
  expect(
    array
      .acts()
      .slice(1)
      .map(({ path, body }) => ({ path, body })),
  ).toEqual([
    { path: "/api/v1/copysession/suspend", body: { copysession_id_list: [3], force: false } },
    { path: "/api/v1/copysession/0/resume", body: undefined },
  ]);
  expect(stack.state()?.sessions.map(({ id }) => id)).toEqual([1, 3]);
  expect(stack.state()).toMatchObject({ consistent: false, destinationUsable: true });
});

test("a removed member that was found suspended is left so", async () => {
  const { array, ...stack } = await oneGroup({ sessions: four });
  await stack.up({ copySessionIds: [1, 2] });
  expect((await stack.up({ copySessionIds: [1] })).error).toBeUndefined();
  expect(statuses(array)).toEqual(["Active", "Suspend", "Suspend", "Active"]);
  expect(array.acts()).toHaveLength(1);
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
