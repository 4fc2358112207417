import { expect, test } from "vitest";
import { bench, stackOn } from "../group.ts";

const two = [{ id: 0 }, { id: 1 }];

test("the output actions keeps what was sent, when and why, over all runs", async () => {
  const stack = stackOn(await bench({ sessions: two }));
  await stack.up({ copySessionIds: [0, 1] });
  await stack.up({ copySessionIds: [0, 1], targetState: "Active" });
  await stack.refresh();
  expect(stack.state?.actions).toEqual([
    { act: "suspend 0, 1", at: "2030-01-01T00:00:00Z", reason: "Equivalent" },
    { act: "resume 0, 1", at: expect.stringMatching(/^2030-/), reason: "Suspend" },
  ]);
});

test("a suspend whose answer was lost is told as such", async () => {
  const { array, ...product } = await bench({ sessions: two });
  array.faults.add({ when: { method: "POST", path: "/api/v1/copysession/suspend" }, do: { kind: "lose-answer" } });
  const stack = stackOn(product);
  await stack.up({ copySessionIds: [0, 1] });
  expect(stack.state?.actions[0]?.act).toBe("suspend 0, 1 (answer lost)");
});

test("what is sent again and again does not let the state grow without bound", async () => {
  const { array, ...product } = await bench({ sessions: two });
  const busy = { kind: "status", status: 409, body: { error_code: "5322", message: "Concurrent suspend" } } as const;
  for (let times = 0; times < 30; times++) {
    array.faults.add({ when: { method: "POST", path: "/api/v1/copysession/suspend" }, do: busy });
  }
  const stack = stackOn(product);
  await stack.up({ copySessionIds: [0, 1] });
  expect(stack.state?.actions).toHaveLength(20);
});
