import { expect } from "vitest";
import type { powerstore } from "../../sdk/index.ts";
import type { Declaration } from "./declaration.ts";
import { expectDone, expectFailed, seen } from "./expectations.ts";
import { agentlessVolume, volume } from "./migration.ts";
import { scenario } from "./scenario.ts";
import type { World } from "./world.ts";

const neverEnds = { powerstore: { bytesPerSecond: 0 } };
const group = (args: powerstore.ImportSessionArgs = {}) => volume({ sourceResourceId: "res_7", ...args });

scenario("an agentless import that is held at either gate is cancelled", { powerstore: {} }, async (world) => {
  const { powerstore, declare, up, destroy, recorded, sent } = world;
  await declare(agentlessVolume());
  await expectDone(up(), { create: 1 });
  expect((await recorded("erp")).outputs).toMatchObject({ state: "Mirror_Enabled", held: expect.any(String) });
  await expectDone(destroy(), { delete: 1 });
  expect(powerstore.sessions()).toEqual([]);

  await declare(agentlessVolume({ hostSteps: { sourceStopped: true } }));
  await expectDone(up(), { create: 1 });
  expect((await recorded("erp")).outputs).toMatchObject({ state: "Ready_To_Start_Copy", held: expect.any(String) });
  await expectDone(destroy(), { delete: 1 });
  expect(powerstore.sessions()).toEqual([]);
  const again = ["create sv_44", "enable_destination_volume", "cancel", "remove"];
  expect(sent()).toEqual(["create sv_44", "cancel", "remove", ...again]);
});

scenario("an agentless import is cancelled in the middle of its copy", neverEnds, async (world) => {
  const { powerstore, destroy, sent } = world;
  const id = await interruptedAt(
    world,
    agentlessVolume({ hostSteps: { sourceStopped: true, destinationStarted: true } }),
    (one) => one.sessions()[0]?.state === "Copy_In_Progress",
  );
  expect(powerstore.session(id).state).toBe("Copy_In_Progress");
  await expectDone(destroy(), { delete: 1 });
  expect(powerstore.sessions()).toEqual([]);
  expect(sent()).toEqual(["create sv_44", "enable_destination_volume", "start_copy", "cancel", "remove"]);
});

scenario("a group is cancelled as one in the middle of its copy", neverEnds, async (world) => {
  const { powerstore, destroy, sent } = world;
  const id = await interruptedAt(
    world,
    group(),
    (one) => one.sessions().filter(({ state }) => state === "Copy_In_Progress").length === 2,
  );
  expect(powerstore.session(id).state).toBe("In_Progress");
  await expectDone(destroy(), { delete: 1 });
  expect(powerstore.sessions()).toEqual([]);
  expect(sent()).toEqual(["create res_7", "cancel", "remove"]);
});

scenario(
  "a group whose cancel failed is cancelled again by the next destroy, and forceCancel forces at once",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, up, destroy, recorded, sent } = world;
    await declare(group());
    await expectDone(up(), { create: 1 });
    const { id, outputs } = await recorded("erp");
    expect(outputs).toMatchObject({ state: "Ready_For_Cutover" });
    powerstore.setConditions(id, { hostsReachable: false });
    await expectFailed(destroy(), /the graceful cancel failed: the session is Cancel_Failed/, /forceCancel/);
    expect((await recorded("erp")).id).toBe(id);
    powerstore.setConditions(id, { hostsReachable: true });
    await expectDone(destroy(), { delete: 1 });
    expect(powerstore.sessions()).toEqual([]);
    expect(sent()).toEqual(["create res_7", "cancel", "cancel", "remove"]);

    await declare(group({ forceCancel: true }));
    await expectDone(up(), { create: 1 });
    powerstore.setConditions((await recorded("erp")).id, { hostsReachable: false });
    const forced = await expectDone(destroy(), { delete: 1 });
    expect(forced.diagnostics.join()).toContain("force cancel: no rollback");
    expect(powerstore.sessions()).toEqual([]);
    expect(sent().slice(4)).toEqual(["create res_7", "cancel with force", "remove"]);
  },
);

scenario(
  "with forceCancelAfter a graceful cancel that takes too long is followed by force",
  { powerstore: { timings: { rollbackMs: 60 * 60_000 } } },
  async (world) => {
    const { powerstore, declare, up, destroy, recorded, sent, during, eventually } = world;
    await declare(agentlessVolume({ forceCancelAfter: "1s" }));
    await expectDone(up(), { create: 1 });
    const { id } = await recorded("erp");
    const destroying = destroy();
    await during(destroying, () => sent().length === 3);
    // Too early for this array, which refuses it while the cancel is at work; then the cancel fails.
    expect(sent()).toEqual(["create sv_44", "cancel", "cancel with force (refused)"]);
    powerstore.setState(id, "Cancel_Required");
    await eventually(() => sent().length === 4);
    powerstore.setState(id, "Cancelled");
    await expectDone(destroying, { delete: 1 });
    expect(powerstore.sessions()).toEqual([]);
    expect(sent().slice(3)).toEqual(["cancel with force", "remove"]);
  },
);

scenario(
  "the members that an incomplete cutover left are cancelled, and those imported stay imported",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, up, destroy, recorded, sent, eventually } = world;
    await declare(group());
    await expectDone(up(), { create: 1 });
    const { id } = await recorded("erp");
    powerstore.setConditions(memberOf(world, id, "sv_52"), { cutover: "incomplete" });
    powerstore.operator.cutover(id);
    await eventually(() => powerstore.session(id).state === "Import_Cutover_Incomplete");

    await expectDone(destroy(), { delete: 1 });
    // What the destroy met, and what its cancel left: the member that was imported is no part of it.
    expect(powerstore.acts().map(({ from }) => from)).toEqual([
      undefined,
      "Import_Cutover_Incomplete",
      "Import_Completed_With_Errors",
    ]);
    expect(powerstore.sessions()).toEqual([]);
    expect(sent()).toEqual(["create res_7", "cancel", "remove"]);
  },
);

scenario(
  "a group that completed with errors is reported member by member and never cancelled",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, up, destroy, recorded, sent } = world;
    await declare(group());
    await expectDone(up(), { create: 1 });
    const { id } = await recorded("erp");
    const failing = memberOf(world, id, "sv_51");
    powerstore.setConditions(failing, { cutover: "cancelled" });
    await declare(group({ targetState: "Import_Completed", forceCancel: true }));
    await expectFailed(
      up(),
      /the session is Import_Completed_With_Errors/,
      new RegExp(`member ${failing} is Cancelled \\(\\S+ The cutover of`),
      /Import the failed ones by themselves/,
    );
    expect((await recorded("erp")).outputs).toMatchObject({
      state: "Import_Completed_With_Errors",
      members: expect.arrayContaining([
        expect.objectContaining({ sourceResourceId: "sv_51", state: "Cancelled", error: expect.anything() }),
        expect.objectContaining({ sourceResourceId: "sv_52", state: "Import_Completed" }),
      ]),
    });

    await expectDone(destroy(), { delete: 1 });
    expect(powerstore.sessions()).toEqual([]);
    expect(sent()).toEqual(["create res_7", "cutover", "remove"]);
  },
);

scenario("a source that needs cleaning up is cleaned up by a destroy", { powerstore: {} }, async (world) => {
  const { powerstore, declare, up, destroy, recorded, sent, eventually } = world;
  await declare(volume());
  await expectDone(up(), { create: 1 });
  const { id } = await recorded("erp");
  // The array takes a failed import back by itself; without the hosts it cannot.
  powerstore.setConditions(id, { hostsReachable: false });
  powerstore.fail(id, "0xE0201010001", "The connection to the source volume was lost.");
  await eventually(() => powerstore.session(id).state === "Cleanup_Required");
  await expectFailed(up(), /the session is Cleanup_Required/, /Destroy the resource to have the source volume cleaned/);

  await expectFailed(destroy(), /the cleanup failed: the session is Cleanup_Required again/);
  powerstore.setConditions(id, { hostsReachable: true });
  await expectDone(destroy(), { delete: 1 });
  expect(powerstore.sessions()).toEqual([]);
  expect(sent()).toEqual(["create sv_42", "cleanup", "cleanup", "remove"]);
});

scenario("a session that is gone already is destroyed without a request", { powerstore: {} }, async (world) => {
  const { powerstore, declare, up, destroy, recorded, sent, eventually } = world;
  await declare(volume());
  await expectDone(up(), { create: 1 });
  const { id } = await recorded("erp");
  powerstore.operator.cancel(id);
  await eventually(() => powerstore.session(id).state === "Cancelled");
  powerstore.operator.remove(id);
  await expectDone(destroy(), { delete: 1 });
  expect(sent()).toEqual(["create sv_42"]);
});

/** Begins an import and presses Ctrl-C when the array has come that far. @returns the session's id */
async function interruptedAt(
  { powerstore, declare, up, recorded, during }: World,
  declared: Declaration,
  isThere: (array: World["powerstore"]) => boolean,
): Promise<string> {
  await declare(declared);
  const ctrlC = new AbortController();
  const interrupted = up({ signal: ctrlC.signal });
  await during(
    interrupted,
    seen(powerstore, () => isThere(powerstore)),
  );
  ctrlC.abort();
  await expectFailed(interrupted, /the run was interrupted/);
  return (await recorded("erp")).id;
}

function memberOf({ powerstore }: World, groupId: string, source: string): string {
  const members = powerstore.sessions().filter(({ parent_session_id }) => parent_session_id === groupId);
  return members.find(({ source_resource_id }) => source_resource_id === source)?.id ?? "";
}
