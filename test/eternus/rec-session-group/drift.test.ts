import { expect, test } from "vitest";
import { oneGroup } from "../one-group.ts";

const two = [{ id: 1 }, { id: 2 }];
const suspended = { copySessionIds: [1, 2] };
const active = { ...suspended, targetState: "Active" };
const open = () => oneGroup({ sessions: two });

test("a session resumed by hand is suspended again, and its destination shows another moment than the others", async () => {
  const { array, ...stack } = await open();
  await stack.up(suspended);
  array.operator.resume(2);
  await stack.refresh();
  expect(stack.state()).toMatchObject({
    consistent: false,
    destinationUsable: false,
    sessions: [{}, { status: "Active" }],
  });
  expect(await stack.preview(suspended)).toMatchObject({
    did: "update",
    rows: [expect.stringMatching(/suspend copy session 2/)],
  });
  expect(await stack.up(suspended)).toMatchObject({ did: "update", error: undefined });
  expect(array.acts().map(({ body }) => body)).toMatchObject([
    { copysession_id_list: [1, 2] },
    { copysession_id_list: [2] },
  ]);
  expect(stack.state()).toMatchObject({ consistent: false, destinationUsable: true });
  await stack.destroy();
  expect(array.sessions().map(({ status }) => status)).toEqual(["Active", "Active"]);
});

test("a preview warns that a session suspended by a call of its own shows another moment", async () => {
  const { array, ...stack } = await open();
  await stack.up(suspended);
  array.operator.resume(2);
  array.change(2, { phase: "Equivalent" });
  expect((await stack.preview(suspended)).warnings).toEqual([
    "suspend: copy session 2 without the others of the group, so the destinations show different moments (consistent: false)",
  ]);
});

test("a session suspended by hand is resumed again, and the preview warns of what that discards", async () => {
  const { array, ...stack } = await open();
  await stack.up(active);
  array.operator.suspend(2);
  await stack.refresh();
  expect(stack.state()?.sessions[1]).toMatchObject({ status: "Suspend" });
  const { did, rows, warnings } = await stack.preview(active);
  expect({ did, rows }).toEqual({ did: "update", rows: ["resume copy session 2"] });
  expect(warnings).toEqual([
    expect.stringMatching(/^resume: discards writes on 1 destination since .* \(volume 2002\)$/),
  ]);
  expect(await stack.up(active)).toMatchObject({ did: "update", error: undefined });
  expect(array.session(2)).toMatchObject({ status: "Active" });
});

test("a session deleted by hand is recorded as gone, and the next up says that it would fail", async () => {
  const { array, ...stack } = await open();
  await stack.up(suspended);
  array.operator.delete(2);
  await stack.refresh();
  expect(stack.state()).toMatchObject({ destinationUsable: false, sessions: [{}, { id: 2, status: "Gone" }] });
  const fate = "would fail: there is no copy session 2 on this array. Correct `copySessionIds`, or create the session.";
  expect(await stack.preview(suspended)).toMatchObject({ did: "update", rows: [fate], warnings: [fate] });
  expect((await stack.up(suspended)).error).toContain("there is no copy session 2");
  expect(array.acts()).toHaveLength(1);
});

test("a group of which no session is found is not forgotten: refresh, up and destroy say that this may be another array", async () => {
  const { array, ...stack } = await open();
  await stack.up(suspended);
  const before = stack.state();
  for (const id of [1, 2]) array.operator.delete(id);
  for (const command of [stack.refresh, () => stack.preview(suspended), () => stack.up(suspended), stack.destroy]) {
    const { error } = await command();
    expect(error).toMatch(
      /no session on record is on this array: there is no copy session 1; there is no copy session 2/,
    );
    expect(error).toContain("pulumi state delete");
    expect(stack.state()).toEqual(before);
  }
});

test("a preview warns that a halted session is waited for", async () => {
  const { array, ...stack } = await open();
  await stack.up(active);
  array.halt(2);
  await stack.refresh();
  expect(stack.state()?.sessions[1]).toMatchObject({ status: "Halt" });
  expect(await stack.preview(active)).toMatchObject({
    did: "update",
    rows: [expect.stringMatching(/^wait: .*copy session 2: halted until its copy path or buffer is back$/)],
    warnings: ["copy session 2 is halted: the run waits until its path or buffer is back"],
  });
});

test("a preview warns that a resumed session in Stack mode may never become equivalent, and how not to wait for it", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1, transferMode: "Stack", status: "Suspend" }] });
  const inputs = { copySessionIds: [1], targetState: "Active" };
  expect((await stack.preview(inputs)).warnings).toContain(
    "copy session 1 is in Stack mode and may never become equivalent: waitForEquivalent: false waits for the restart of the copy only",
  );
  expect((await stack.preview({ ...inputs, waitForEquivalent: false })).warnings).toHaveLength(1);
  array.operator.resume(1);
  array.change(1, { phase: "Copying", totalMb: 100, uncopiedMb: 50, rateMbPerSecond: 0 });
  expect((await stack.preview({ copySessionIds: [1] })).warnings).toEqual([
    "copy session 1 is in Stack mode and may never become equivalent: the run may wait until its deadline",
  ]);
});

test("a session reversed by hand is reversed back where the direction is declared, and left reversed where it is not", async () => {
  const { array, ...stack } = await open();
  const forward = { ...suspended, direction: "LocalToRemote" };
  await stack.up(forward);
  array.change(2, { isLocalSource: false });
  await stack.refresh();
  expect(stack.state()?.sessions[1]).toMatchObject({ direction: "RemoteToLocal" });
  expect(await stack.preview(forward)).toMatchObject({
    rows: ["reverse copy session 2; destroy would resume copy sessions 1, 2, discarding writes on the destinations"],
    warnings: ["reverse: copy session 2 will copy from volume 1002 to volume 2002 once it is resumed"],
  });
  expect((await stack.preview(suspended)).rows).toEqual([
    "2/2 suspended: nothing to send; destroy would resume copy session 1, discarding writes on the destinations",
  ]);
  expect((await stack.up(forward)).error).toBeUndefined();
  expect(array.session(2)).toMatchObject({ isLocalSource: true });
});

test("a mode changed by hand is changed back where it is declared", async () => {
  const { array, ...stack } = await open();
  const manual = { ...suspended, recoveryMode: "Manual" };
  await stack.up(manual);
  array.change(2, { recoveryMode: "Automatic" });
  await stack.refresh();
  expect(stack.state()?.sessions[1]).toMatchObject({ recoveryMode: "Automatic" });
  expect((await stack.preview(manual)).rows).toEqual([
    "change the modes of copy session 2; destroy would resume copy sessions 1, 2, discarding writes on the destinations",
  ]);
  expect((await stack.up(manual)).error).toBeUndefined();
  expect(array.session(2)).toMatchObject({ recoveryMode: "Manual" });
});
