import { expect } from "vitest";
import { expectDone } from "./expectations.ts";
import { adopted, volume } from "./migration.ts";
import { scenario } from "./scenario.ts";

const begunByHand = {
  name: "by-hand",
  remote_system_id: "name:old-unity",
  source_resource_id: "sv_43",
  type: "Non_Disruptive",
} as const;

scenario(
  "a session begun by hand is taken over, and its record is never removed",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, up, destroy, recorded, sent } = world;
    const id = powerstore.operator.create(begunByHand);
    await declare(adopted(id));
    await expectDone(up(), { create: 1 });
    expect(await recorded("erp")).toMatchObject({ id, outputs: { adopted: true, state: "Ready_For_Cutover" } });
    expect(sent()).toEqual([]);

    await expectDone(destroy(), { delete: 1 });
    expect(powerstore.sessions()).toMatchObject([{ id, state: "Cancelled" }]);
    expect(sent()).toEqual(["cancel"]);
  },
);

scenario(
  "a session cut over by hand is beyond its target: nothing is left to do",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, up, refresh, destroy, recorded, sent, eventually } = world;
    await declare(volume());
    await expectDone(up(), { create: 1 });
    const { id } = await recorded("erp");
    powerstore.operator.cutover(id);
    await eventually(() => powerstore.session(id).state === "Import_Completed");

    await expectDone(refresh(), { same: 1 });
    expect((await recorded("erp")).outputs).toMatchObject({ state: "Import_Completed" });
    await expectDone(up(), { same: 1 });
    await expectDone(destroy(), { delete: 1 });
    expect(sent()).toEqual(["create sv_42", "remove"]);
  },
);

scenario(
  "a session removed by hand is forgotten by a refresh, and imported anew",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, up, refresh, recorded, sent, eventually } = world;
    await declare(volume());
    await expectDone(up(), { create: 1 });
    const { id } = await recorded("erp");
    powerstore.operator.cancel(id);
    await eventually(() => powerstore.session(id).state === "Cancelled");
    powerstore.operator.remove(id);

    await expectDone(refresh(), { delete: 1 });
    await expect(recorded("erp")).rejects.toThrow("not recorded");
    await expectDone(up(), { create: 1 });
    expect(powerstore.sessions()).toMatchObject([{ id: (await recorded("erp")).id }]);
    expect(sent()).toEqual(["create sv_42", "create sv_42"]);
  },
);

scenario("another source means another session: the old one is cancelled first", { powerstore: {} }, async (world) => {
  const { powerstore, declare, preview, up, recorded, sent } = world;
  await declare(volume());
  await expectDone(up(), { create: 1 });

  await declare(volume({ sourceResourceId: "sv_43" }));
  const plan = await expectDone(preview(), { replace: 1 });
  expect(plan.diagnostics.join()).toContain("is cancelled, and the copy starts again");
  await expectDone(up(), { replace: 1 });
  expect(powerstore.sessions()).toMatchObject([{ id: (await recorded("erp")).id, source_resource_id: "sv_43" }]);
  expect(sent()).toEqual(["create sv_42", "cancel", "remove", "create sv_43"]);
});

scenario(
  "a session cancelled by hand is replaced by the next up, which says that the copy starts again",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, preview, up, recorded, sent, eventually } = world;
    await declare(volume());
    await expectDone(up(), { create: 1 });
    const { id } = await recorded("erp");
    powerstore.operator.cancel(id);
    await eventually(() => powerstore.session(id).state === "Cancelled");

    const planned = await expectDone(preview(), { replace: 1 });
    expect(planned.diagnostics.join()).toContain("the copy starts again");
    await expectDone(up(), { replace: 1 });
    expect(powerstore.sessions()).toMatchObject([{ id: (await recorded("erp")).id, state: "Ready_For_Cutover" }]);
    expect(sent()).toEqual(["create sv_42", "remove", "create sv_42"]);
  },
);
