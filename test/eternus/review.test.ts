import { expect, test } from "vitest";
import { unknownValue } from "../../provider/core/inputs.ts";
import { bench, stackOn } from "./group.ts";

const two = [{ id: 1 }, { id: 2 }];
const inputs = { copySessionIds: [1, 2] };

test("a new group announces what it will do", async () => {
  const { array, ...product } = await bench({ sessions: two });
  const stack = stackOn(product);
  expect(await stack.preview(inputs)).toMatchObject({
    rows: ["suspend copy sessions 1, 2 in one call, once each is equivalent"],
    warnings: [],
  });
  expect((await stack.preview({ copySessionIds: [1] })).rows).toEqual([
    "suspend copy session 1, once each is equivalent",
  ]);
  expect(array.acts()).toEqual([]);
});

test("another array means another group: the old one is given back first", async () => {
  const stack = stackOn(await bench({ sessions: two }));
  await stack.up(inputs);
  expect(await stack.preview({ ...inputs, array: "east" })).toMatchObject({
    changes: true,
    replaces: ["array"],
    warnings: [expect.stringContaining("those found active are resumed")],
  });
});

test("a value that is not known yet is a change", async () => {
  const stack = stackOn(await bench({ sessions: two }));
  await stack.up(inputs);
  expect(await stack.preview({ copySessionIds: [1, unknownValue] })).toMatchObject({
    changes: true,
    replaces: [],
    failures: [],
  });
});

test("a changed input that needs nothing of the array says so", async () => {
  const { array, ...product } = await bench({ sessions: two });
  const stack = stackOn(product);
  await stack.up(inputs);
  const changed = { ...inputs, force: true };
  expect(await stack.preview(changed)).toMatchObject({
    changes: true,
    rows: ["2/2 suspended: nothing to send"],
    warnings: [],
  });
  expect((await stack.up(changed)).error).toBeUndefined();
  expect(array.acts()).toHaveLength(1);
});

test("force is announced for members that are added", async () => {
  const stack = stackOn(await bench({ sessions: [...two, { id: 3 }] }));
  await stack.up(inputs);
  const { warnings } = await stack.preview({ copySessionIds: [1, 2, 3], force: true });
  expect(warnings).toEqual([expect.stringMatching(/^force: copy sessions 1, 2, 3/)]);
});

test("an up says once what is at stake", async () => {
  const stack = stackOn(await bench({ sessions: two }));
  await stack.up(inputs);
  expect((await stack.up({ ...inputs, targetState: "Active" })).warnings).toEqual([expect.stringMatching(/^resume: /)]);
});
