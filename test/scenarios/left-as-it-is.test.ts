import { expect } from "vitest";
import { expectFailed, seen } from "./expectations.ts";
import { replication, volume } from "./migration.ts";
import { scenario } from "./scenario.ts";
import type { World } from "./world.ts";

const renamed = (ids: number[]) => ({ ...replication(ids), name: "dr2" });
const two = { eternus: { sessions: [{ id: 12 }, { id: 13 }] } };
const foundSuspended = { eternus: { sessions: [{ id: 12, status: "Suspend" as const }] } };

const expectSuspended = (world: World, id: number) =>
  expect(world.eternus.session(id)).toMatchObject({ status: "Suspend" });

/** A group of both members is suspended, and somebody resumes the second one. */
async function resumedByHand({ declare, up, eternus, eventually }: World) {
  await declare(replication([12, 13]));
  await up();
  eternus.operator.resume(13);
  await eventually(() => eternus.session(13)?.phase === "Equivalent");
}

/** A group finds its member suspended, turns it, resumes it and suspends it. */
async function turnedAndSuspended({ declare, up }: World) {
  await declare(replication([12], { targetState: "Active", direction: "RemoteToLocal" }));
  await up();
  await declare(replication([12]));
  await up();
}

scenario("what somebody reversed before its group was renamed is not resumed", two, async (world) => {
  const { declare, up, destroy, eternus } = world;
  await declare(replication([12]));
  await up();
  eternus.change(12, { isLocalSource: false });
  await declare(renamed([12]));
  await up();
  await destroy();
  expectSuspended(world, 12);
});

scenario(
  "what was found suspended is not resumed, though its group has moved it since",
  foundSuspended,
  async (world) => {
    await turnedAndSuspended(world);
    await world.destroy();
    expectSuspended(world, 12);
  },
);

scenario("what was found suspended is not resumed by a group of another name either", foundSuspended, async (world) => {
  await turnedAndSuspended(world);
  await world.declare(renamed([12]));
  await world.up();
  await world.destroy();
  expectSuspended(world, 12);
});

scenario(
  "what was let go, and suspended by hand within minutes, is not resumed by the group that takes it",
  two,
  async (world) => {
    const { declare, up, destroy, eternus, eventually } = world;
    await declare(replication([12, 13]));
    await up();
    await declare(replication([12]));
    await up();
    eternus.operator.resume(13);
    await eventually(() => eternus.session(13)?.phase === "Equivalent");
    eternus.operator.suspend(13);
    await declare(replication([12]), renamed([13]));
    await up();
    await destroy();
    expectSuspended(world, 13);
  },
);

scenario("a suspend by hand that is under way when a destroy begins is left", two, async (world) => {
  const { destroy, during, eternus } = world;
  await resumedByHand(world);
  eternus.disguise(13, { concurrent_suspend_result: "Running" });
  const destroying = destroy();
  await during(
    destroying,
    seen(eternus, () => true),
  );
  eternus.disguise(13, undefined);
  eternus.operator.suspend(13);
  await destroying;
  expectSuspended(world, 13);
});

scenario("a suspend by hand that a refresh saw under way is not recorded as the group's own", two, async (world) => {
  const { refresh, destroy, eternus } = world;
  await resumedByHand(world);
  eternus.disguise(13, { concurrent_suspend_result: "Running", status: "Suspend", backup_time: undefined });
  await refresh();
  eternus.disguise(13, undefined);
  eternus.operator.suspend(13);
  await destroy();
  expectSuspended(world, 13);
});

scenario(
  "what is on record as completed is not cut over again, whatever the array shows",
  { powerstore: {} },
  async (world) => {
    const { declare, up, recorded, powerstore, sent } = world;
    await declare(volume({ targetState: "Import_Completed" }));
    await up();
    powerstore.setState((await recorded("erp")).id, "Ready_For_Cutover", { stays: true });
    await expectFailed(up(), /on record as Import_Completed, and the array shows Ready_For_Cutover/);
    expect(sent()).toEqual(["create sv_42", "cutover"]);
  },
);
