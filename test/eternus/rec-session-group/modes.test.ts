import { expect, test } from "vitest";
import { oneGroup } from "../one-group.ts";

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

test("modes are changed on the suspended sessions that differ, and the run is complete when they show them", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  const inputs = { ...suspended, transferMode: "Consistency", recoveryMode: "Manual" };
  expect((await stack.up(inputs)).error).toBeUndefined();
  expect(acts(array).slice(1)).toEqual([
    'PATCH /1 {"transfer_mode":"Consistency","recovery_mode":"Manual"}',
    'PATCH /2 {"recovery_mode":"Manual"}',
  ]);
  expect(stack.state()?.sessions).toMatchObject([
    {
      transferMode: "Consistency",
      recoveryMode: "Manual",
      foundModes: { transferMode: "Synchronous", splitMode: "Automatic" },
    },
    { transferMode: "Consistency", recoveryMode: "Manual" },
  ]);
  expect((await stack.up(inputs)).did).toBe("nothing");
});

test("a destroy restores the modes, including the split mode", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
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
  const { array, ...stack } = await oneGroup({ sessions: two });
  await stack.up(suspended);
  const inputs = { ...suspended, targetState: "Active", transferMode: "Synchronous", splitMode: "Manual" };
  expect((await stack.up(inputs)).error).toBeUndefined();
  expect(array.sessions()).toMatchObject([
    { status: "Active", transferMode: "Synchronous", splitMode: "Manual" },
    { status: "Active", transferMode: "Synchronous", splitMode: "Manual" },
  ]);
});

test("a destroy that leaves Synchronous mode restores no split mode", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  await stack.up({ ...suspended, transferMode: "Synchronous", splitMode: "Automatic" });
  const sent = array.acts().length;
  expect((await stack.destroy()).error).toBeUndefined();
  const given = acts(array).slice(sent);
  expect(given.sort()).toEqual(['PATCH /2 {"transfer_mode":"Consistency"}', "POST /1/resume", "POST /2/resume"]);
  expect(array.session(2)).toMatchObject({ status: "Active", transferMode: "Consistency", splitMode: "Manual" });
});

test("a preview shows a change of modes before the resume", async () => {
  const stack = await oneGroup({ sessions: two });
  await stack.up(suspended);
  const { rows } = await stack.preview({ ...suspended, targetState: "Active", transferMode: "Consistency" });
  expect(rows).toEqual(["change the modes of copy session 1; resume copy session 2; then resume copy session 1"]);
});

test("split mode is refused in preview, and before anything is sent, where a member is not in Synchronous mode", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  const inputs = { ...suspended, splitMode: "Automatic" };
  const why = "copy session 2 is in Consistency mode, and split mode exists in Synchronous mode only";
  expect((await stack.preview(inputs)).failures).toEqual([
    { property: "copySessionIds", reason: expect.stringContaining(why) },
  ]);
  expect((await stack.up(inputs)).error).toContain(why);
  expect(array.acts()).toEqual([]);
});

test("modes of a session that is to continue copying are refused in preview", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  const { failures } = await stack.preview({ ...suspended, targetState: "Active", transferMode: "Stack" });
  expect(failures).toMatchObject([
    { reason: expect.stringMatching(/copy session 1 copies, and its modes .* Suspend the group first/) },
    { reason: expect.stringContaining("copy session 2 copies") },
  ]);
  await stack.up({ ...suspended, targetState: "Active" });
  const update = { ...suspended, targetState: "Active", transferMode: "Stack" };
  expect((await stack.preview(update)).error).toMatch(
    /copy session 1 copies, and its modes .* Suspend the group first/,
  );
  expect((await stack.up(update)).error).toContain("copy session 1 copies");
  expect(array.acts()).toEqual([]);
});

test("split mode together with an asynchronous mode is refused in preview", async () => {
  const stack = await oneGroup({ sessions: two });
  const { failures } = await stack.preview({ ...suspended, transferMode: "Stack", splitMode: "Automatic" });
  expect(failures).toEqual([{ property: "splitMode", reason: "exists in Synchronous mode only" }]);
});
