import { expect } from "vitest";
import type { AnyImportSessionArgs } from "../../sdk/powerstore/import-session.ts";
import type { Declaration } from "./declaration.ts";
import { expectDone, expectFailed, seen } from "./expectations.ts";
import { agentlessVolume, volume } from "./migration.ts";
import { scenario } from "./scenario.ts";
import type { World } from "./world.ts";

const neverEnds = { powerstore: { bytesPerSecond: 0 } };
const hostSteps = { sourceStopped: true, destinationStarted: true };
const group = (args: AnyImportSessionArgs = {}) => volume({ sourceResourceId: "res_7", ...args });

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
  "a graceful cancel that fails is an error, and forceCancel ends the import",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, up, destroy, recorded, sent } = world;
    await declare(agentlessVolume({ hostSteps }));
    await expectDone(up(), { create: 1 });
    const { id } = await recorded("erp");
    powerstore.setConditions(id, { hostsReachable: false });
    await expectFailed(destroy(), /the graceful cancel failed: the session is Cancel_Required/, /forceCancel/);
    expect((await recorded("erp")).id).toBe(id);

    // As the error says. The session can go forward no more, so this up fails; what it declares holds all the same.
    await declare(agentlessVolume({ hostSteps, forceCancel: true }));
    const declared = await expectFailed(up(), /the session is Cancel_Required/);
    expect(declared.diagnostics.join()).toMatch(/on destroy: the import is force-cancelled.*without a rollback/);

    const forced = await expectDone(destroy(), { delete: 1 });
    expect(forced.diagnostics.join()).toMatch(/force cancel: .*without a rollback/);
    expect(powerstore.sessions()).toEqual([]);
    expect(sent()).toEqual([
      "create sv_44",
      "enable_destination_volume",
      "start_copy",
      "cancel",
      "cancel with force",
      "remove",
    ]);
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
      /Import the failed ones on their own/,
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
  // The array rolls a failed import back automatically; without the hosts it cannot.
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
