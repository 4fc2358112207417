import { expect, test } from "vitest";
import { oneGroup } from "../../one-group.ts";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

test("a new group with an input that is not known yet is not refused for a member that is stuck, and warns of what the others are sent", async () => {
  const { array, preview } = await oneGroup({ sessions: [{ id: 1 }, { id: 2, status: "Suspend" }] });
  array.breakSession(1);
  const group = { copySessionIds: [1, 2], targetState: "Active" };
  expect((await preview(group)).failures).toMatchObject([{ property: "copySessionIds" }]);

  const { failures, warnings } = await preview({ ...group, waitForEquivalent: unknown });
  expect(failures).toEqual([]);
  expect(warnings).toContainEqual(expect.stringContaining("resume: discards writes on 1 destination"));
});
