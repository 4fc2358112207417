import { expect } from "vitest";
import { expectDone, expectFailed } from "./expectations.ts";
import { adopted, volume } from "./migration.ts";
import { scenario } from "./scenario.ts";

const begunByHand = {
  name: "by-hand",
  remote_system_id: "name:old-unity",
  source_resource_id: "sv_43",
  type: "Non_Disruptive",
} as const;

scenario("a session begun by hand is adopted, and its record is never removed", { powerstore: {} }, async (world) => {
  const { powerstore, declare, up, destroy, recorded, sent } = world;
  const id = powerstore.operator.create(begunByHand);
  await declare(adopted(id));
  await expectDone(up(), { create: 1 });
  expect(await recorded("erp")).toMatchObject({ id, outputs: { adopted: true, state: "Ready_For_Cutover" } });
  expect(sent()).toEqual([]);

  await expectDone(destroy(), { delete: 1 });
  expect(powerstore.sessions()).toMatchObject([{ id, state: "Cancelled" }]);
  expect(sent()).toEqual(["cancel"]);
});

scenario(
  "a session removed by hand is forgotten by a refresh, and imported again",
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

  const { id } = await recorded("erp");
  await declare(volume({ sourceResourceId: "sv_43" }));
  for (const refused of [preview(), up()])
    await expectFailed(refused, new RegExp(`its copy would be thrown away.*set copyAgain: "${id}"`));
  await declare(volume({ sourceResourceId: "sv_43", copyAgain: id }));
  const plan = await expectDone(preview(), { replace: 1 });
  expect(plan.diagnostics.join()).toContain(`first cancel session ${id}; then remove the record of session ${id}`);
  await expectDone(up(), { replace: 1 });
  expect(powerstore.sessions()).toMatchObject([{ id: (await recorded("erp")).id, source_resource_id: "sv_43" }]);
  expect(sent()).toEqual(["create sv_42", "cancel", "remove", "create sv_43"]);
});
