import { expect, test } from "vitest";
import { recSessionGroupState } from "../../../../provider/eternus/rec-session-group/recorded.ts";
import { bench, stackOn } from "../group.ts";

const sessions = [
  { id: 12 },
  { id: 13, transferMode: "Stack" as const },
  { id: 14, transferMode: "Consistency" as const },
];
const inputs = { copySessionIds: [12, 13, 14] };

test("a group of three takes at most 1.6 kB of state", async () => {
  const stack = stackOn(await bench({ sessions }));
  await stack.up(inputs);
  expect(JSON.stringify({ ...stack.properties, __provider: "x".repeat(200) }).length).toBeLessThanOrEqual(1600);
});

test("what is recorded is plain JSON, without a password and without undefined", async () => {
  const { array, ...product } = await bench({ sessions });
  const stack = stackOn(product);
  await stack.up(inputs);
  expect(JSON.parse(JSON.stringify(stack.properties))).toStrictEqual(stack.properties);
  expect(JSON.stringify(stack.properties)).not.toContain(array.password);
});

test("a refresh of what has not changed records the same", async () => {
  const stack = stackOn(await bench({ sessions }));
  await stack.up(inputs);
  const before = stack.state;
  await stack.refresh();
  expect(stack.state).toEqual(before);
  expect((await stack.up(inputs)).did).toBe("nothing");
});

test("an empty record is a record", () => {
  expect(recSessionGroupState.parse({})).toEqual({
    actions: [],
    sessions: [],
    failures: [],
    jobIds: [],
    consistent: false,
    destinationUsable: false,
  });
});
