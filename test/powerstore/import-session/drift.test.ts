import { expect, test } from "vitest";
import { oneImport } from "../one-import.ts";
import { simulatedSources } from "./samples.ts";

const { volume } = simulatedSources;
const hourMs = 3_600_000;
const nothing = { did: "nothing", error: undefined, replaces: [], said: [] };
// The copy of 200 GiB takes almost three hours.
const slow = { bytesPerSecond: 20 * 1024 ** 2 };

test("a cutover made by hand is recorded by a refresh, and leaves nothing to do", async () => {
  const { array, clock, preview, up, refresh, state, sent } = await oneImport();
  const gated = { ...volume, targetState: "Import_Completed", cutoverApproval: "" };
  await up(gated);
  expect(state()).toMatchObject({ state: "Ready_For_Cutover", held: expect.stringContaining("approved") });
  array.operator.cutover(state()?.sessionId ?? "");
  await clock.advance(hourMs);
  await refresh();
  expect(state()).toMatchObject({ state: "Import_Completed" });
  expect(state()).not.toHaveProperty("held");
  expect(await preview(gated)).toMatchObject(nothing);
  expect(sent()).toEqual(["create"]);
});

test("a session cancelled by hand is replaced only where copyAgain names it, and the next cutover is announced with it", async () => {
  const { array, clock, preview, up, refresh, state, sent } = await oneImport();
  await up({ ...volume, targetState: "Import_Completed", cutoverApproval: "" });
  array.operator.cancel(state()?.sessionId ?? "");
  await clock.advance(hourMs);
  await refresh();
  expect(state()).toMatchObject({ state: "Cancelled" });
  const copyAgain = state()?.sessionId ?? "";
  for (const run of [preview, up])
    expect((await run(volume)).error).toMatch(/the session is Cancelled\. .*set copyAgain: "/);
  const again = `replaced because of copyAgain: another session is created, and the copy starts again; first remove the record of session ${copyAgain}`;
  const cutover = "cut over (irreversible): source sv_42 will no longer be kept in sync";
  expect(await preview({ ...volume, copyAgain, targetState: "Import_Completed" })).toMatchObject({
    did: "replace",
    replaces: ["copyAgain"],
    said: [
      again,
      `warning: ${again}`,
      expect.stringMatching(/^create session erp-prod-orders.*; then cut over \(irreversible\)/),
      `warning: ${cutover}`,
    ],
  });
  expect(await up({ ...volume, copyAgain })).toMatchObject({ did: "replace", state: { state: "Ready_For_Cutover" } });
  expect(sent()).toEqual(["create", "remove", "create"]);
  // Once used it names nothing that is recorded.
  expect(await up({ ...volume, copyAgain })).toMatchObject({ did: "nothing", error: undefined });
});

test("an adopted session cancelled by hand is not replaced: the next up fails, and the preview says so", async () => {
  const { array, clock, preview, up, refresh, state, sent } = await oneImport();
  const source = { remote_system_id: "name:old-unity", source_resource_id: "sv_42" } as const;
  const sessionId = array.operator.create({ name: "by-hand", ...source });
  await up({ sessionId });
  array.operator.cancel(sessionId);
  await clock.advance(hourMs);
  await refresh();
  expect(state()).toMatchObject({ state: "Cancelled" });
  const fails = expect.stringMatching(/would fail: the session is Cancelled\. /);
  expect(await preview({ sessionId })).toMatchObject({ did: "update", replaces: [], warnings: [fails] });
  expect((await up({ sessionId })).error).toContain("the session is Cancelled");
  expect(sent()).toEqual([]);
});

test("a copy paused by hand holds the session, and continues when the program says so", async () => {
  const { array, preview, up, refresh, state, sent } = await oneImport(slow);
  const inputs = { ...volume, timeouts: { create: "5m" } };
  expect((await up(inputs)).error).toContain("timed out");
  array.operator.pause(state()?.sessionId ?? "");
  const held = "held: paused on the array; set paused to false to resume the copy";
  await refresh();
  expect(state()).toMatchObject({ state: "Paused", held });
  expect(await preview(inputs)).toMatchObject({ said: [held, `warning: ${held}`] });
  const going = { ...inputs, paused: false };
  expect(await preview(going)).toMatchObject({
    did: "update",
    said: ["resume the copy; then rest at Ready_For_Cutover"],
  });
  expect(await up(going)).toMatchObject({ error: undefined, state: { state: "Ready_For_Cutover" } });
  expect(state()).not.toHaveProperty("held");
  expect(sent()).toEqual(["create", "resume"]);
});

test("a copy resumed by hand against what is declared is paused again", async () => {
  const { array, preview, up, refresh, state, sent } = await oneImport(slow);
  const paused = { ...volume, paused: true };
  await up(paused);
  array.operator.resume(state()?.sessionId ?? "");
  await refresh();
  expect(state()).toMatchObject({ state: "Copy_In_Progress" });
  expect(state()).not.toHaveProperty("held");
  expect(await preview(paused)).toMatchObject({
    did: "update",
    replaces: [],
    rows: [expect.stringMatching(/^pause the copy/)],
    warnings: [],
  });
  expect(await up(paused)).toMatchObject({ state: { state: "Paused" } });
  expect(sent()).toEqual(["create", "pause", "pause"]);
});

test("another session in the place of one that is to be cancelled by force warns that nothing is rolled back", async () => {
  const { preview, up, recorded } = await oneImport();
  const before = { ...volume, forceCancel: true };
  await up(before);
  const copyAgain = recorded()?.id ?? "";
  const { warnings } = await preview({ ...before, copyAgain, sourceResourceId: "sv_43" });
  expect(warnings).toContain(
    "force cancel: if the source or the hosts are unreachable, the import ends without a rollback",
  );
  expect(warnings).toContainEqual(
    expect.stringMatching(
      new RegExp(
        `^replaced because of sourceResourceId: .*; first cancel session ${copyAgain} with force; then remove the record`,
      ),
    ),
  );
});
