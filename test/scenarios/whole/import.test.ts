import { expect } from "vitest";
import { expectDone } from "../expectations.ts";
import { volume } from "../migration.ts";
import { everyEngineScenario as scenario } from "../scenario.ts";

scenario(
  "an import is copied, waits for the cutover, is cut over, and leaves no record",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, preview, up, destroy, recorded, sent } = world;
    await declare(volume());
    const plan = await expectDone(preview(), { create: 1 });
    expect(plan.output).toContain("create session scenario-dev-erp; then rest at Ready_For_Cutover");
    expect(powerstore.acts()).toEqual([]);

    await expectDone(up(), { create: 1 });
    expect((await recorded("erp")).outputs).toMatchObject({ state: "Ready_For_Cutover", progressPercentage: 100 });

    await declare(volume({ targetState: "Import_Completed" }));
    const cutover = await expectDone(up(), { update: 1 });
    expect(cutover.diagnostics.join()).toContain("cut over (irreversible)");
    expect((await recorded("erp")).outputs).toMatchObject({
      state: "Import_Completed",
      actions: [{ act: "create" }, { act: "cutover" }],
    });

    await expectDone(destroy(), { delete: 1 });
    expect(powerstore.sessions()).toEqual([]);
    expect(sent()).toEqual(["create sv_42", "cutover", "remove"]);
  },
);

scenario("a cutover that is not approved is held, and a later up goes on", { powerstore: {} }, async (world) => {
  const { powerstore, declare, up, recorded, sent } = world;
  await declare(volume({ targetState: "Import_Completed", cutoverApproval: "" }));
  const held = await expectDone(up(), { create: 1 });
  const { id, outputs } = await recorded("erp");
  expect(outputs).toMatchObject({ state: "Ready_For_Cutover", held: expect.stringContaining("held until approved") });
  expect(held.diagnostics.join()).toContain("held until approved");

  await expectDone(up(), { same: 1 });
  await declare(volume({ targetState: "Import_Completed", cutoverApproval: id }));
  await expectDone(up(), { update: 1 });
  expect((await recorded("erp")).outputs).not.toHaveProperty("held");
  expect(powerstore.session(id).state).toBe("Import_Completed");
  expect(sent()).toEqual(["create sv_42", "cutover"]);
});
