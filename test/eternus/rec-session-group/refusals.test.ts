import { expect, test } from "vitest";
import { oneGroup } from "../one-group.ts";

const inputs = { copySessionIds: [1, 2] };

test.each([
  ["not REC", { type: "EC" }, "copy session 2 is of type EC"],
  ["in Error", { status: "Error", copyErrorCode: "b1" }, "copy session 2 is in Error (copy error code b1)"],
  ["in Error Suspend", { status: "Error_Suspend" }, "copy session 2 is in Error_Suspend"],
  ["in Through mode", { transferMode: "Through" }, "copy session 2 is in Through mode"],
  [
    "halted for good",
    { status: "Halt", recoveryMode: "Manual" },
    "copy session 2 is halted, and its recovery mode is Manual",
  ],
] as const)(
  "a member that is %s is refused before anything is sent, and nothing is recorded",
  async (_, seed, reason) => {
    const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }, { id: 2, ...seed }] });
    const { error } = await stack.up(inputs);
    expect(error).toContain(reason);
    expect(array.acts()).toEqual([]);
    expect(stack.state()).toBeUndefined();
  },
);

test("an id that the array does not have is refused before anything is sent, and nothing is recorded", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }] });
  const { error } = await stack.up(inputs);
  expect(error).toContain("there is no copy session 2 on this array");
  expect(array.acts()).toEqual([]);
  expect(stack.state()).toBeUndefined();
});

test.each([
  ["Idle", "not started yet (status Idle)"],
  ["Reserved", "not started yet (status Reserved)"],
  ["Halt", "halted until its copy path or buffer is back"],
] as const)("a member in %s is waited for, and the deadline ends it", async (status, why) => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }, { id: 2, status }] });
  const { error } = await stack.up({ ...inputs, timeouts: { create: "2h" } });
  expect(error).toContain(`timed out while 0/2 suspended: copy session 2: ${why}`);
  expect(array.acts()).toEqual([]);
  expect(stack.state()?.sessions).toHaveLength(2);
  array.change(2, { status: "Active" });
  expect((await stack.up({ ...inputs, timeouts: { create: "2h" } })).error).toBeUndefined();
});

test("an unknown status is waited for, and named when the deadline comes", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }, { id: 2 }] });
  array.disguise(2, { status: "Metamorphosis" });
  const { error } = await stack.up({ ...inputs, timeouts: { create: "10m" } });
  expect(error).toContain('in status "Metamorphosis", which this release does not know');
  expect(array.acts()).toEqual([]);
  array.disguise(2, undefined);
  expect((await stack.up(inputs)).error).toBeUndefined();
});

test("status words are compared without regard to case", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }, { id: 2 }] });
  array.disguise(1, { status: "ACTIVE", phase: "equivalent", transfer_mode: "synchronous", unheard_of: { of: 1 } });
  stack.later(2500, () => array.disguise(1, undefined));
  expect((await stack.up(inputs)).error).toBeUndefined();
});

test("a halted member resumes automatically when its path is back, and then the group is suspended", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }, { id: 2 }] });
  array.halt(2, "path");
  stack.later(600_000, () => array.recover(2));
  expect((await stack.up(inputs)).error).toBeUndefined();
  expect(array.acts()).toHaveLength(1);
  expect(stack.state()).toMatchObject({ consistent: true, destinationUsable: true });
});

test("a tenant user is told the tenants' rule", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1, tenant: "other" }, { id: 2 }], tenant: "mine" });
  const { error } = await stack.up(inputs);
  expect(error).toContain("the array answered 403 5001");
  expect(error).toContain(
    "a tenant user may suspend, resume and change only sessions whose local volume is the tenant's",
  );
  expect(array.requests.filter(({ method, path }) => method === "POST" && path === "/api/v1/session")).toHaveLength(1);
  expect(array.sessions()).toMatchObject([{ status: "Active" }, { status: "Active" }]);
  array.change(2, { tenant: "mine" });
  expect((await stack.up({ copySessionIds: [2] })).error).toBeUndefined();
});

test("a user without the policy is told which roles have it", async () => {
  const stack = await oneGroup({ sessions: [{ id: 1 }, { id: 2 }], role: "Monitor" });
  const { error } = await stack.up(inputs);
  expect(error).toContain("a role with Copy Session Management (Admin, StorageAdmin, Maintainer)");
});
