import { expect } from "vitest";
import { replication, volume } from "./migration.ts";
import { scenario } from "./scenario.ts";

const named = (name: string, ids: number[]) => ({ ...replication(ids), name });
const two = { eternus: { sessions: [{ id: 12 }, { id: 13 }] } };

scenario("1 reversed by hand, then the group is renamed: destroy leaves it", two, async (w) => {
  await w.declare(replication([12]));
  await w.up();
  w.eternus.change(12, { isLocalSource: false });
  await w.declare(named("dr2", [12]));
  await w.up();
  await w.destroy();
  expect(w.eternus.session(12)).toMatchObject({ status: "Suspend" });
});

scenario(
  "4 found suspended, reversed, resumed, suspended, renamed: destroy leaves it",
  { eternus: { sessions: [{ id: 12, status: "Suspend" }] } },
  async (w) => {
    await w.declare(replication([12], { targetState: "Active", direction: "RemoteToLocal" }));
    await w.up();
    await w.declare(replication([12]));
    await w.up();
    await w.declare(named("dr2", [12]));
    await w.up();
    await w.destroy();
    expect(w.eternus.session(12)).toMatchObject({ status: "Suspend" });
  },
);

scenario(
  "4b control: the same without a rename",
  { eternus: { sessions: [{ id: 12, status: "Suspend" }] } },
  async (w) => {
    await w.declare(replication([12], { targetState: "Active", direction: "RemoteToLocal" }));
    await w.up();
    await w.declare(replication([12]));
    await w.up();
    await w.destroy();
    expect(w.eternus.session(12)).toMatchObject({ status: "Suspend" });
  },
);

scenario(
  "5 resumed and suspended by hand within ten minutes, then in a new group: destroy leaves it",
  two,
  async (w) => {
    await w.declare(replication([12, 13]));
    await w.up();
    await w.declare(replication([12]));
    await w.up();
    w.eternus.operator.resume(13);
    await w.eventually(() => w.eternus.session(13)?.phase === "Equivalent");
    w.eternus.operator.suspend(13);
    await w.declare(replication([12]), named("new", [13]));
    await w.up();
    await w.destroy();
    expect(w.eternus.session(13)).toMatchObject({ status: "Suspend" });
  },
);

scenario("6 a suspend by hand is under way when destroy begins: destroy leaves it", two, async (w) => {
  await w.declare(replication([12, 13]));
  await w.up();
  w.eternus.operator.resume(13);
  await w.eventually(() => w.eternus.session(13)?.phase === "Equivalent");
  w.eternus.disguise(13, { concurrent_suspend_result: "Running" });
  const destroying = w.destroy();
  setTimeout(() => {
    w.eternus.disguise(13, undefined);
    w.eternus.operator.suspend(13);
  }, 50);
  await destroying;
  expect(w.eternus.session(13)).toMatchObject({ status: "Suspend" });
});

scenario(
  "7 a session on record as complete shows Ready_For_Cutover: no second cutover",
  { powerstore: {} },
  async (w) => {
    await w.declare(volume({ targetState: "Import_Completed" }));
    await w.up();
    w.powerstore.setState((await w.recorded("erp")).id, "Ready_For_Cutover", { stays: true });
    await w.up();
    expect(w.sent()).toEqual(["create sv_42", "cutover"]);
  },
);

scenario("8 a suspend by hand that a refresh saw under way is not recorded as the group's own", two, async (w) => {
  await w.declare(replication([12, 13]));
  await w.up();
  w.eternus.operator.resume(13);
  await w.eventually(() => w.eternus.session(13)?.phase === "Equivalent");
  w.eternus.disguise(13, { concurrent_suspend_result: "Running", status: "Suspend", backup_time: undefined });
  await w.refresh();
  w.eternus.disguise(13, undefined);
  w.eternus.operator.suspend(13);
  await w.destroy();
  expect(w.eternus.session(13)).toMatchObject({ status: "Suspend" });
});
