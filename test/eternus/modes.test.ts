import { expect, test } from "vitest";
import { bench, stackOn } from "./group.ts";

const two = [
  { id: 1, splitMode: "Automatic" as const },
  { id: 2, transferMode: "Consistency" as const },
];
const suspended = { copySessionIds: [1, 2] };
const acts = (array: { acts(): readonly { method: string; path: string; body: unknown }[] }) =>
  array
    .acts()
    .map(({ method, path, body }) =>
      `${method} ${path.replace("/api/v1/copysession", "")} ${JSON.stringify(body) ?? ""}`.trim(),
    );

test("modes are changed on the suspended sessions that differ, and settled when they show them", async () => {
  const { array, ...product } = await bench({ sessions: two });
  const stack = stackOn(product);
  const inputs = { ...suspended, transferMode: "Consistency", recoveryMode: "Manual" };
  expect((await stack.up(inputs)).error).toBeUndefined();
  expect(acts(array).slice(1)).toEqual([
    'PATCH /1 {"transfer_mode":"Consistency","recovery_mode":"Manual"}',
    'PATCH /2 {"recovery_mode":"Manual"}',
  ]);
  expect(stack.state?.sessions).toMatchObject([
    {
      transferMode: "Consistency",
      recoveryMode: "Manual",
      foundModes: { transferMode: "Synchronous", splitMode: "Automatic" },
    },
    { transferMode: "Consistency", recoveryMode: "Manual" },
  ]);
  expect((await stack.up(inputs)).did).toBe("nothing");
});

test("a destroy gives the modes back, the split mode with them", async () => {
  const { array, ...product } = await bench({ sessions: two });
  const stack = stackOn(product);
  await stack.up({ ...suspended, transferMode: "Stack", recoveryMode: "Manual" });
  const sent = array.acts().length;
  expect((await stack.destroy()).error).toBeUndefined();
  expect(acts(array).slice(sent)).toEqual([
    'PATCH /1 {"transfer_mode":"Synchronous","split_mode":"Automatic","recovery_mode":"Automatic"}',
    'PATCH /2 {"transfer_mode":"Consistency","recovery_mode":"Automatic"}',
    "POST /1/resume",
    "POST /2/resume",
  ]);
  expect(array.sessions()).toMatchObject([
    { status: "Active", transferMode: "Synchronous", splitMode: "Automatic", recoveryMode: "Automatic" },
    { status: "Active", transferMode: "Consistency", recoveryMode: "Automatic" },
  ]);
});

test("a changed mode goes with the resume that is declared with it", async () => {
  const { array, ...product } = await bench({ sessions: two });
  const stack = stackOn(product);
  await stack.up(suspended);
  const inputs = { ...suspended, targetState: "Active", transferMode: "Synchronous", splitMode: "Manual" };
  expect((await stack.up(inputs)).error).toBeUndefined();
  expect(array.sessions()).toMatchObject([
    { status: "Active", transferMode: "Synchronous", splitMode: "Manual" },
    { status: "Active", transferMode: "Synchronous", splitMode: "Manual" },
  ]);
});

test("split mode is refused where a member is not in Synchronous mode", async () => {
  const { ...product } = await bench({ sessions: two });
  const stack = stackOn(product);
  const { error } = await stack.up({ ...suspended, splitMode: "Automatic" });
  expect(error).toContain("copy session 2 is in Consistency mode, and split mode exists in Synchronous mode only");
});

test("split mode together with an asynchronous mode is refused in preview", async () => {
  const stack = stackOn(await bench({ sessions: two }));
  const { failures } = await stack.preview({ ...suspended, transferMode: "Stack", splitMode: "Automatic" });
  expect(failures).toEqual([{ property: "splitMode", reason: "exists in Synchronous mode only" }]);
});
