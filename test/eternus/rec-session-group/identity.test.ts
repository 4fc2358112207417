import { expect, test } from "vitest";
import { isSamePair } from "../../../provider/eternus/copy-session.ts";
import { oneGroup } from "../one-group.ts";

const inputs = { copySessionIds: [1, 2] };
const pair = { remoteBoxid: "B", sourceVolume: 1, destinationVolume: 2, isLocalSource: true };

test.each([
  [{}, true],
  [{ sourceVolume: 3 }, false],
  [{ destinationVolume: 3 }, false],
  [{ remoteBoxid: "C" }, false],
  [{ isLocalSource: false }, false],
  [{ isLocalSource: false, sourceVolume: 2, destinationVolume: 1 }, true],
  [{ sourceVolume: 2, destinationVolume: 1 }, false],
  [{ remoteBoxid: undefined, destinationVolume: undefined }, true],
  [{ isLocalSource: undefined, sourceVolume: 2, destinationVolume: 1 }, true],
  [{ isLocalSource: undefined, sourceVolume: 2, destinationVolume: 3 }, false],
] as const)("a pair and itself with %j are the same: %s", (changed, isSame) => {
  expect(isSamePair(pair, { ...pair, ...changed })).toBe(isSame);
});

test("an id that names another pair is refused for everything but forgetting it", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }, { id: 2 }, { id: 3 }] });
  await stack.up(inputs);
  array.reidentify(2, { remoteVolume: { number: 7777 } });
  array.operator.resume(2);
  const sent = array.acts().length;

  expect((await stack.refresh()).error).toContain("copy session 2 is now volume 1002 to volume 7777");
  expect(stack.state()?.sessions[1]).toMatchObject({
    id: 2,
    status: "Suspend",
    pair: { destinationVolume: 2002 },
    otherPair: { destinationVolume: 7777 },
  });
  const { error } = await stack.up(inputs);
  expect(error).toContain("copy session 2 is now volume 1002 to volume 7777");
  expect(error).toContain("but was volume 1002 to volume 2002");
  expect((await stack.up({ ...inputs, targetState: "Active" })).error).toContain("copy session 2 is now");
  expect(array.acts()).toHaveLength(sent);

  const removed = await stack.up({ copySessionIds: [1, 3] });
  expect(removed.error).toBeUndefined();
  expect(removed.warnings).toContain(
    "copy session 2 leaves the group and names another pair than it did: nothing is sent for it",
  );
  expect(array.acts().slice(sent)).toMatchObject([{ body: { copysession_id_list: [3] } }]);
});

test("a preview refuses an id that names another pair, without a refresh before it, until the id is taken out", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }, { id: 2 }] });
  await stack.up(inputs);
  array.reidentify(2, { remoteVolume: { number: 7777 } });
  const { error } = await stack.preview(inputs);
  expect(error).toContain(": could not suspend copy sessions 1, 2");
  expect(error).toContain("copy session 2 is now volume 1002 to volume 7777");
  expect(error).toContain("Take the id out of `copySessionIds`");
  expect((await stack.preview({ copySessionIds: [1] })).error).toBeUndefined();
});

test("a group with an id that names another pair is neither consistent nor usable", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }, { id: 2 }] });
  await stack.up(inputs);
  array.reidentify(2, { remoteVolume: { number: 7777 } });
  await stack.refresh();
  expect(stack.state()).toMatchObject({ consistent: false, destinationUsable: false });
  expect(stack.state()?.sessions).toMatchObject([{ destinationUsable: true }, { destinationUsable: false }]);
  array.reidentify(2, { remoteVolume: { number: 2002 } });
  await stack.refresh();
  expect(stack.state()).toMatchObject({ consistent: true, destinationUsable: true, failures: [] });
  expect(stack.state()?.sessions[1]).not.toHaveProperty("otherPair");
});

test("a destroy leaves another pair alone and resumes the others", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }, { id: 2 }] });
  await stack.up(inputs);
  array.reidentify(2, { remoteBoxId: "ANOTHER".padEnd(40, "#") });
  expect((await stack.destroy()).error).toBeUndefined();
  expect(array.sessions().map(({ status }) => status)).toEqual(["Active", "Suspend"]);
});

test("an id that comes to name another pair during a run is not acted on", async () => {
  const { array, ...stack } = await oneGroup({
    sessions: [{ id: 1 }, { id: 2, phase: "Copying", totalMb: 60_000 }],
  });
  stack.later(60_000, () => array.reidentify(2, { remoteVolume: { number: 7777 } }));
  expect((await stack.up(inputs)).error).toContain("copy session 2 is now volume 1002 to volume 7777");
  expect(array.acts()).toEqual([]);
});
