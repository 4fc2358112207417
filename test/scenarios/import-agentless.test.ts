import { expect } from "vitest";
import { expectDone } from "./expectations.ts";
import { agentlessVolume } from "./migration.ts";
import { scenario } from "./scenario.ts";

scenario("an agentless import is held until people have worked at the hosts", { powerstore: {} }, async (world) => {
  const { declare, up, recorded, sent } = world;
  await declare(agentlessVolume());
  await expectDone(up(), { create: 1 });
  expect((await recorded("erp")).outputs).toMatchObject({
    state: "Mirror_Enabled",
    held: expect.stringContaining("hostSteps.sourceStopped"),
  });

  await declare(agentlessVolume({ hostSteps: { sourceStopped: true } }));
  await expectDone(up(), { update: 1 });
  expect((await recorded("erp")).outputs).toMatchObject({
    state: "Ready_To_Start_Copy",
    held: expect.stringContaining("hostSteps.destinationStarted"),
  });

  await declare(agentlessVolume({ hostSteps: { sourceStopped: true, destinationStarted: true } }));
  await expectDone(up(), { update: 1 });
  const { outputs } = await recorded("erp");
  expect(outputs).toMatchObject({ state: "Ready_For_Cutover" });
  expect(outputs).not.toHaveProperty("held");
  expect(sent()).toEqual(["create sv_44", "enable_destination_volume", "start_copy"]);
});
