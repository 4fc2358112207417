import { expect, test } from "vitest";
import { unknownValue } from "../../../../provider/core/inputs.ts";
import { bench, stackOn } from "../group.ts";

const two = [{ id: 1 }, { id: 2 }];
const inputs = { copySessionIds: [1, 2] };

test("a new group announces what it will do", async () => {
  const { array, ...product } = await bench({ sessions: two });
  const stack = stackOn(product);
  expect(await stack.preview(inputs)).toMatchObject({
    rows: [
      "suspend copy sessions 1, 2 in one call; destroy would resume copy sessions 1, 2, discarding writes on the destinations",
    ],
    warnings: [],
  });
  expect((await stack.preview({ copySessionIds: [1] })).rows).toEqual([
    "suspend copy session 1; destroy would resume copy session 1, discarding writes on the destinations",
  ]);
  expect(array.acts()).toEqual([]);
});

test("another array means another group: the old one is given back first", async () => {
  const there = await bench({ sessions: [{ id: 1 }, { id: 2, phase: "Copying", totalMb: 100, uncopiedMb: 50 }] });
  const stack = stackOn(await bench({ sessions: two }), there.connection);
  await stack.up(inputs);
  const first = "replaced because of array: first gives back copy sessions 1, 2 where they are";
  expect(await stack.preview({ ...inputs, array: "east", force: true })).toMatchObject({
    changes: true,
    failures: [],
    replaces: ["array"],
    rows: [first, expect.stringMatching(/^suspend copy sessions 1, 2 by force in one call;/)],
    warnings: [
      first,
      "resume: discards writes on 2 destinations since 2030-01-01T00:00:11Z (volumes 2001, 2002)",
      expect.stringMatching(/^force: copy session 2 .* is suspended before its data is transferred/),
    ],
  });
});

test("a group is not given back for one that is not there on the other array", async () => {
  const there = await bench({ sessions: [{ id: 1 }] });
  const stack = stackOn(await bench({ sessions: two }), there.connection);
  await stack.up(inputs);
  const { failures } = await stack.preview({ ...inputs, array: "east" });
  expect(failures).toMatchObject([{ reason: expect.stringContaining("there is no copy session 2") }]);
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
  expect(warnings).toEqual([
    "force: copy session 3 is suspended even if not equivalent; its destination will not be usable then",
  ]);
});

test("an up says once what is at stake", async () => {
  const stack = stackOn(await bench({ sessions: two }));
  await stack.up(inputs);
  expect((await stack.up({ ...inputs, targetState: "Active" })).warnings).toEqual([expect.stringMatching(/^resume: /)]);
});
