import { expect, test } from "vitest";
import { migration } from "./migration.ts";
import { sampleUrn, simulatedSources } from "./samples.ts";

const { volume } = simulatedSources;
const hourMs = 3_600_000;
const row = (text: string) => `progress ${sampleUrn} ${text}`;
const warning = (text: string) => `warn ${sampleUrn} ${text}`;

test("a cutover made by hand is recorded by a refresh, and leaves nothing to do", async () => {
  const it = await migration();
  const gated = { ...volume, targetState: "Import_Completed", cutoverApproval: "" } as const;
  const { sessionId } = await it.create(gated);
  expect(it.recorded?.state).toMatchObject({ state: "Ready_For_Cutover", held: expect.stringContaining("approved") });
  it.array.operator.cutover(sessionId);
  await it.clock.advance(hourMs);
  expect(await it.read(gated)).toMatchObject({ state: "Import_Completed", held: undefined });
  expect(await it.diff(gated, gated)).toEqual({ changes: false, replaces: [], said: ["flush"] });
  expect(it.sent()).toEqual(["create"]);
});

test("a session cancelled by hand is replaced, and the next cutover is announced with it", async () => {
  const it = await migration();
  const inputs = { ...volume, targetState: "Import_Completed", cutoverApproval: "" } as const;
  const { sessionId } = await it.create(inputs);
  it.array.operator.cancel(sessionId);
  await it.clock.advance(hourMs);
  expect(await it.read(inputs)).toMatchObject({ state: "Cancelled" });
  const again = "replaced because of state (Cancelled): another session is made, and the copy starts again";
  const cutover = "cutover: irreversible; source sv_42 no longer kept in sync";
  expect(await it.replace(inputs, { ...volume, targetState: "Import_Completed" })).toEqual({
    changes: true,
    replaces: ["state"],
    said: [
      "flush",
      row(again),
      warning(again),
      "flush",
      row(`create session erp-prod-orders, bring it to Ready_For_Cutover; then ${cutover}`),
      warning(cutover),
      "flush",
    ],
  });
  await it.destroy(inputs);
  expect(await it.create(volume)).toMatchObject({ state: "Ready_For_Cutover" });
  expect(it.sent()).toEqual(["create", "remove", "create"]);
});

test("an adopted session cancelled by hand is not replaced: the next up fails, and the preview says so", async () => {
  const it = await migration();
  const source = { remote_system_id: "name:old-unity", source_resource_id: "sv_42" } as const;
  const sessionId = it.array.operator.create({ name: "by-hand", ...source });
  const adopting = { resourceUrn: sampleUrn, sessionId };
  await it.create(adopting);
  it.array.operator.cancel(sessionId);
  await it.clock.advance(hourMs);
  expect(await it.read(adopting)).toMatchObject({ state: "Cancelled" });
  const { changes, replaces, said } = await it.diff(adopting, adopting);
  expect({ changes, replaces }).toEqual({ changes: true, replaces: [] });
  expect(said[1]).toMatch(/^warn .* would fail: the session is Cancelled\. /);
  await expect(it.update(adopting)).rejects.toMatchObject({ kind: "stuck" });
  expect(it.sent()).toEqual([]);
});

test("a copy paused by hand holds the session, and goes on when the program says so", async () => {
  const it = await migration({ bytesPerSecond: 20 * 1024 ** 2 });
  await expect(it.create(volume, { timeoutMs: 300_000 })).rejects.toMatchObject({ kind: "timeout" });
  const { id = "" } = it.recorded ?? {};
  it.array.operator.pause(id);
  const held = "held: paused on the array; set paused to false to resume the copy";
  expect(await it.read(volume)).toMatchObject({ state: "Paused", held });
  expect(await it.diff(volume, volume)).toEqual({
    changes: false,
    replaces: [],
    said: [row(held), warning(held), "flush"],
  });
  const going = { ...volume, paused: false };
  expect(await it.diff(volume, going)).toMatchObject({
    changes: true,
    said: [row("resume the copy; then rest at Ready_For_Cutover"), "flush"],
  });
  expect(await it.update(going)).toMatchObject({ state: "Ready_For_Cutover", held: undefined });
  expect(it.sent()).toEqual(["create", "resume"]);
});

test("a copy resumed by hand against what is declared is paused again", async () => {
  const it = await migration({ bytesPerSecond: 20 * 1024 ** 2 });
  const paused = { ...volume, paused: true };
  const { sessionId } = await it.create(paused);
  it.array.operator.resume(sessionId);
  expect(await it.read(paused)).toMatchObject({ state: "Copy_In_Progress", held: undefined });
  expect(await it.diff(paused, paused)).toEqual({
    changes: true,
    replaces: [],
    said: [row("pause the copy"), "flush"],
  });
  expect(await it.update(paused)).toMatchObject({ state: "Paused" });
  expect(it.sent()).toEqual(["create", "pause", "pause"]);
});

test("a session deleted by hand is gone for a refresh; without one, it is made again", async () => {
  const it = await migration();
  const { sessionId } = await it.create(volume);
  it.array.operator.cancel(sessionId);
  await it.clock.advance(hourMs);
  it.array.operator.remove(sessionId);
  expect(await it.diff(volume, volume)).toMatchObject({
    replaces: ["state"],
    said: [expect.stringContaining("another one is made, and the copy starts again"), expect.anything(), "flush"],
  });
  expect(await it.read(volume)).toBeUndefined();
});

test("another session in the place of one that is to be cancelled by force says that nothing is rolled back", async () => {
  const it = await migration();
  const before = { ...volume, forceCancel: true };
  const { sessionId } = await it.create(before);
  const { said } = await it.diff(before, { ...before, sourceResourceId: "sv_43" });
  expect(said).toContain(
    warning(
      `replaced because of sourceResourceId: session ${sessionId} is cancelled by force (no rollback if the source or the hosts cannot be reached), and the copy starts again`,
    ),
  );
});
