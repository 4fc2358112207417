import { expect, test } from "vitest";
import { oneGroup } from "../one-group.ts";

const two = [{ id: 1 }, { id: 2 }];
const suspended = { copySessionIds: [1, 2] };
const reversed = { ...suspended, direction: "RemoteToLocal" };
const directions = (array: { sessions(): readonly { isLocalSource: boolean }[] }) =>
  array.sessions().map(({ isLocalSource }) => isLocalSource);
const paths = (array: { acts(): readonly { path: string }[] }) =>
  array.acts().map(({ path }) => path.replace("/api/v1/copysession", ""));

test("a group is suspended, then reversed, and each member that turns is named", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  const preview = await stack.preview(reversed);
  expect(preview.warnings).toEqual([
    "reverse: copy session 1 will copy from volume 2001 to volume 1001 once it is resumed",
    "reverse: copy session 2 will copy from volume 2002 to volume 1002 once it is resumed",
  ]);
  expect((await stack.up(reversed)).error).toBeUndefined();
  expect(paths(array)).toEqual(["/suspend", "/1/reverse", "/2/reverse"]);
  expect(directions(array)).toEqual([false, false]);
  expect(stack.state()?.sessions).toMatchObject([
    { direction: "RemoteToLocal", pair: { sourceVolume: 1001, destinationVolume: 2001, isLocalSource: true } },
    { direction: "RemoteToLocal", pair: { sourceVolume: 1002, destinationVolume: 2002, isLocalSource: true } },
  ]);
  expect((await stack.up(reversed)).did).toBe("nothing");
});

test("nobody is reversed before the whole group is suspended", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  array.failNext(2, "suspend", "5300", "Copy path error");
  const { error } = await stack.up(reversed);
  expect(error).toContain("copy session 2 failed: 5300");
  expect(error).toContain("nothing was sent for copy session 1");
  expect(paths(array)).toEqual(["/suspend"]);
});

test("a resume in the reversed direction warns of the volume it overwrites", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  await stack.up(reversed);
  const inputs = { ...reversed, targetState: "Active" };
  expect((await stack.preview(inputs)).warnings).toEqual([expect.stringContaining("(volumes 1001, 1002)")]);
  expect((await stack.up(inputs)).error).toBeUndefined();
  expect(array.sessions().map(({ status }) => status)).toEqual(["Active", "Active"]);
  expect(directions(array)).toEqual([false, false]);
  await stack.refresh();
  expect((await stack.up(inputs)).did).toBe("nothing");
});

test("a destroy leaves a group suspended that was reversed since it last copied, and never reverses", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  await stack.up(reversed);
  const { error, warnings } = await stack.destroy();
  expect(error).toBeUndefined();
  expect(warnings).toEqual([
    "copy session 1 stays suspended: it was reversed since it last copied, and a resume would copy from volume 2001 to volume 1001",
    "copy session 2 stays suspended: it was reversed since it last copied, and a resume would copy from volume 2002 to volume 1002",
  ]);
  expect(paths(array)).toEqual(["/suspend", "/1/reverse", "/2/reverse"]);
  expect(directions(array)).toEqual([false, false]);
});

test("a destroy does not interrupt a replication to reverse it back", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  await stack.up(reversed);
  await stack.up({ ...reversed, targetState: "Active" });
  const sent = array.acts().length;
  const { error, warnings } = await stack.destroy();
  expect(error).toBeUndefined();
  expect(warnings).toContain("copy session 1 continues to copy in the reversed direction");
  expect(array.acts()).toHaveLength(sent);
});

test("without a declared direction nothing is reversed", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  await stack.up(reversed);
  expect(await stack.up(suspended)).toMatchObject({ did: "update", error: undefined });
  expect(directions(array)).toEqual([false, false]);
  expect((await stack.up({ ...suspended, direction: "LocalToRemote" })).error).toBeUndefined();
  expect(directions(array)).toEqual([true, true]);
});

test("a session that copies cannot be reversed", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  const { error } = await stack.up({ ...suspended, targetState: "Active", direction: "LocalToRemote" });
  expect(error).toBeUndefined();
  const other = stack.another();
  await other.up({ ...suspended, targetState: "Active" });
  const inputs = { ...reversed, targetState: "Active" };
  expect((await other.preview(inputs)).error).toContain("copy session 1 copies, and its direction can only be changed");
  const refused = await other.up(inputs);
  expect(refused.error).toContain("copy session 1 copies, and its direction can only be changed while it is suspended");
  expect(refused.error).toContain('targetState: "Suspend"');
  expect(array.acts()).toEqual([]);
});

test("a new group that is reversed and resumed is announced with the volumes it overwrites", async () => {
  const stack = await oneGroup({ sessions: [{ id: 1, status: "Suspend" }] });
  const { warnings } = await stack.preview({
    copySessionIds: [1],
    direction: "RemoteToLocal",
    targetState: "Active",
  });
  expect(warnings).toContainEqual(expect.stringContaining("since its suspend (volume 1001)"));
});

test("a new group announces what comes after the suspend", async () => {
  const stack = await oneGroup({ sessions: two });
  const { rows } = await stack.preview({ ...reversed, recoveryMode: "Manual" });
  expect(rows).toEqual([
    "suspend copy sessions 1, 2 in one call; then change the modes of copy sessions 1, 2; then reverse copy sessions 1, 2",
  ]);
});

test("a tenant may not reverse", async () => {
  const stack = await oneGroup({ sessions: [{ id: 1, tenant: "mine" }], tenant: "mine" });
  expect((await stack.up({ copySessionIds: [1] })).error).toBeUndefined();
  const { error } = await stack.up({ copySessionIds: [1], direction: "RemoteToLocal" });
  expect(error).toContain("403 5001");
  expect(error).toContain("and never reverse");
  expect(stack.state()?.failures).toMatchObject([{ id: 1, code: "5001" }]);
});
