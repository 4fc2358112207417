import { expect, test } from "vitest";
import { oneGroup } from "../../eternus/one-group.ts";
import { simulatedSources } from "../../powerstore/import-session/samples.ts";
import { oneImport } from "../../powerstore/one-import.ts";

const { volume } = simulatedSources;
const slow = { bytesPerSecond: 40 * 1024 ** 2 };

test("a preview says what would be done, and changes neither the array nor the record", async () => {
  const { array, preview, recorded, sent } = await oneImport();
  expect(await preview(volume)).toMatchObject({
    did: "create",
    error: undefined,
    rows: ["create session erp-prod-orders; then rest at Ready_For_Cutover"],
    warnings: [],
    state: undefined,
  });
  expect([sent(), array.sessions(), recorded()]).toEqual([[], [], undefined]);
});

test("each command is told with what it did, said and left", async () => {
  const { up, refresh, destroy, said, state } = await oneImport();
  expect(await up(volume)).toMatchObject({ did: "create", error: undefined, state: { state: "Ready_For_Cutover" } });
  expect(await up(volume)).toMatchObject({ did: "nothing", rows: [] });
  const copyAgain = state()?.sessionId ?? "";
  const moved = await up({ ...volume, sourceResourceId: "sv_43", copyAgain });
  expect(moved).toMatchObject({ did: "replace", error: undefined, replaces: ["sourceResourceId"] });
  const cutover = await up({ ...volume, sourceResourceId: "sv_43", targetState: "Import_Completed" });
  expect(cutover).toMatchObject({ did: "update", warnings: [expect.stringContaining("irreversible")] });
  expect(cutover.said).toContain(`warning: ${cutover.warnings[0]}`);
  expect(await refresh()).toMatchObject({ did: "nothing", error: undefined });
  expect(await destroy()).toMatchObject({ did: "delete", error: undefined, state: undefined });
  expect(said()).toEqual(expect.arrayContaining([...cutover.said, ...moved.said]));
});

test("an input that is refused is told by its name, and a failure by the provider's own words", async () => {
  const { up } = await oneGroup({ sessions: [{ id: 1 }] });
  const refused = await up({ copySessionIds: [], targetState: "Suspend" });
  expect(refused).toMatchObject({ did: "nothing", failures: [{ property: "copySessionIds" }] });
  expect(refused.error).toMatch(/^copySessionIds: /);
});

test("the array's own refusal is told without what the engine says around it", async () => {
  const { up, recorded } = await oneImport({}, { preflight: "off" });
  const { did, error } = await up({ ...volume, protectionPolicyId: "name:replicated" });
  expect([did, error]).toEqual([
    "create",
    expect.stringMatching(/^PowerStore default .*could not bring import session/),
  ]);
  expect(recorded()).toMatchObject({ initErrors: [error] });
});

test("something can happen, Ctrl-C be pressed and the machine be lost in the middle of a command", async () => {
  const { array, up, later, interruptAfter, loseMachineAfter, recorded } = await oneImport(slow);
  const first = () => array.sessions()[0]?.id ?? "";
  later(60_000, () => array.operator.pause(first()));
  expect(await up(volume)).toMatchObject({ did: "create", state: { state: "Paused" } });
  interruptAfter(60_000);
  expect((await up({ ...volume, paused: false })).error).toContain("the run was interrupted while copying");
  loseMachineAfter(60_000);
  await up({ ...volume, paused: false });
  expect(recorded()).toMatchObject({ pending: "updating", outputs: { state: "Copy_In_Progress" } });
  expect(await up({ ...volume, paused: false })).toMatchObject({
    did: "update",
    state: { state: "Ready_For_Cutover" },
  });
});

test("what was recorded elsewhere can be taken for what is recorded here", async () => {
  const one = await oneImport();
  await one.up(volume);
  const other = await oneImport();
  const recorded = one.recorded();
  if (recorded !== undefined) other.recall(recorded);
  expect((await other.destroy()).error).toContain(`it was recorded on ${one.array.endpoint}`);
  expect(other.sent()).toEqual([]);
});

test("another stack on the same array has nothing on record", async () => {
  const { up, another } = await oneGroup({ sessions: [{ id: 1 }] });
  await up({ copySessionIds: [1], targetState: "Suspend" });
  const other = another();
  expect(other.recorded()).toBeUndefined();
  expect(await other.preview({ copySessionIds: [1], targetState: "Suspend" })).toMatchObject({ did: "create" });
});

test("a stack is replaced without asking the provider where that is told", async () => {
  const { up, sent, state } = await oneImport();
  await up(volume);
  const copyAgain = state()?.sessionId ?? "";
  expect(await up({ ...volume, copyAgain }, { replace: true })).toMatchObject({
    did: "replace",
    replaces: [],
    error: undefined,
  });
  expect(sent()).toEqual(["create", "cancel", "remove", "create"]);
});
