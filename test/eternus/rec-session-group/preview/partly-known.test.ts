import { expect, test } from "vitest";
import { unknownValue } from "../../../../provider/core/inputs.ts";
import { bench, stackOn } from "../group.ts";

const unknownIds = { copySessionIds: [1, unknownValue] };

test.each<[object, readonly string[]]>([
  [
    { ...unknownIds, force: true },
    [
      "force: the copy sessions may be suspended before they are equivalent; a destination that lacks data will not be usable",
    ],
  ],
  [
    { ...unknownIds, targetState: "Active" },
    ["resume: discards what was written on the destinations of those of the copy sessions that are suspended"],
  ],
  [
    { copySessionIds: [1, 2], targetState: "Active", waitForEquivalent: unknownValue },
    ["resume: discards what was written on the destinations of those of copy sessions 1, 2 that are suspended"],
  ],
  [
    { ...unknownIds, direction: "Reversed" },
    ["reverse: once resumed, the copy sessions copy from their destinations over their sources"],
  ],
  [unknownIds, []],
  [{ copySessionIds: [1, 2], targetState: unknownValue, force: unknownValue, direction: unknownValue }, []],
])("a new group of which not all is known warns as far as the inputs tell: %j", async (inputs, warnings) => {
  const stack = stackOn(await bench({ sessions: [{ id: 1 }, { id: 2 }] }));
  expect(await stack.preview({ ...inputs })).toMatchObject({ failures: [], warnings });
});

test("a group that exists warns of what is newly declared, and not of what was declared before", async () => {
  const stack = stackOn(await bench({ sessions: [{ id: 1 }, { id: 2 }] }));
  const inputs = { copySessionIds: [1, 2], force: true };
  await stack.up(inputs);
  const unknown = { ...inputs, waitForEquivalent: unknownValue };
  expect(await stack.preview(unknown)).toMatchObject({ changes: true, warnings: [] });
  expect((await stack.preview({ ...unknown, force: false, targetState: "Active" })).warnings).toEqual([
    "resume: discards what was written on the destinations of those of copy sessions 1, 2 that are suspended",
  ]);
});
