import { expect, test } from "vitest";
import { bench, stackOn } from "./group.ts";

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
    const { array, ...product } = await bench({ sessions: [{ id: 1 }, { id: 2, ...seed }] });
    const stack = stackOn(product);
    const { error } = await stack.up(inputs);
    expect(error).toContain(reason);
    expect(array.acts()).toEqual([]);
    expect(stack.state).toBeUndefined();
  },
);

test("an id that the array does not have is refused before anything is sent, and nothing is recorded", async () => {
  const { array, ...product } = await bench({ sessions: [{ id: 1 }] });
  const stack = stackOn(product);
  const { error } = await stack.up(inputs);
  expect(error).toContain("there is no copy session 2 on this array");
  expect(array.acts()).toEqual([]);
  expect(stack.state).toBeUndefined();
});

test.each([
  ["Idle", "not started yet (status Idle)"],
  ["Reserved", "not started yet (status Reserved)"],
  ["Halt", "halted until its copy path or buffer is back"],
] as const)("a member in %s is waited for, and the deadline ends it", async (status, why) => {
  const { array, ...product } = await bench({ sessions: [{ id: 1 }, { id: 2, status }] });
  const stack = stackOn(product);
  const { error } = await stack.up({ ...inputs, timeouts: { create: "2h" } });
  expect(error).toContain(`the deadline passed while 0/2 suspended: copy session 2: ${why}`);
  expect(array.acts()).toEqual([]);
  expect(stack.state?.sessions).toHaveLength(2);
  array.change(2, { status: "Active" });
  expect((await stack.up({ ...inputs, timeouts: { create: "2h" } })).error).toBeUndefined();
});

test("a status this release does not know is waited for, and named when the deadline comes", async () => {
  const { array, ...product } = await bench({ sessions: [{ id: 1 }, { id: 2 }] });
  array.disguise(2, { status: "Metamorphosis" });
  const stack = stackOn(product);
  const { error } = await stack.up({ ...inputs, timeouts: { create: "10m" } });
  expect(error).toContain('in status "Metamorphosis", which this release does not know');
  expect(array.acts()).toEqual([]);
  array.disguise(2, undefined);
  expect((await stack.up(inputs)).error).toBeUndefined();
});

test("words in another spelling are the same words", async () => {
  const { array, ...product } = await bench({ sessions: [{ id: 1 }, { id: 2 }] });
  array.disguise(1, { status: "ACTIVE", phase: "equivalent", transfer_mode: "synchronous", unheard_of: { of: 1 } });
  const stack = stackOn(product);
  const running = stack.up(inputs);
  void product.clock.sleep(2500, new AbortController().signal).then(() => array.disguise(1, undefined));
  expect((await running).error).toBeUndefined();
});

test("a halted member goes on by itself when its path is back, and then the group is suspended", async () => {
  const { array, clock, connection } = await bench({ sessions: [{ id: 1 }, { id: 2 }] });
  array.halt(2, "path");
  const stack = stackOn({ connection, clock });
  const running = stack.up(inputs);
  void clock.sleep(600_000, new AbortController().signal).then(() => array.recover(2));
  expect((await running).error).toBeUndefined();
  expect(array.acts()).toHaveLength(1);
  expect(stack.state).toMatchObject({ consistent: true, destinationUsable: true });
});

test("a tenant user is told the tenants' rule", async () => {
  const { array, ...product } = await bench({ sessions: [{ id: 1, tenant: "other" }, { id: 2 }], tenant: "mine" });
  const { error } = await stackOn(product).up(inputs);
  expect(error).toContain("the array answered 403 5001");
  expect(error).toContain(
    "a tenant user may suspend, resume and change only sessions whose local volume is the tenant's",
  );
  expect(array.logins).toBe(1);
});

test("a user without the policy is told which roles have it", async () => {
  const product = await bench({ sessions: [{ id: 1 }, { id: 2 }], role: "Monitor" });
  const { error } = await stackOn(product).up(inputs);
  expect(error).toContain("a role with Copy Session Management (Admin, StorageAdmin, Maintainer)");
});
