import { expect } from "vitest";
import { expectDone } from "../expectations.ts";
import { replication, volume } from "../migration.ts";
import { everyEngineScenario as scenario } from "../scenario.ts";

const setting = { powerstore: {}, eternus: { sessions: [{ id: 12 }, { id: 13 }] } };

scenario("for debugging each request and each decision is said, and no secret", setting, async (world) => {
  await world.declare(replication([12, 13]), volume());
  const { output } = await expectDone(world.up({ debug: true }), { create: 2 });
  expect(output).toMatch(/GET \/api\/rest\/login_session -> 200 in \d+ ms/);
  expect(output).toMatch(/POST \/api\/rest\/import_session -> 201 in \d+ ms/);
  expect(output).toMatch(/POST \/api\/v1\/copysession\/suspend -> 202 in \d+ ms/);
  await expectDone(world.preview({ debug: true }), { same: 2 });
  await expectDone(world.refresh({ debug: true }), { same: 2 });
  await expectDone(world.destroy({ debug: true }), { delete: 2 });
});

scenario("a migration goes through both arrays in order, and a second up changes nothing", setting, async (world) => {
  const { powerstore, eternus, declare, up, destroy, sent } = world;
  await declare(replication([12, 13]), volume());
  await expectDone(up(), { create: 2 });
  expect(sent()).toEqual(["suspend 12,13", "create sv_42"]);

  await expectDone(up(), { same: 2 });
  expect(sent()).toHaveLength(2);

  await declare(replication([12, 13]), volume({ targetState: "Import_Completed" }));
  await expectDone(up(), { update: 1, same: 1 });
  await expectDone(destroy(), { delete: 2 });
  expect(powerstore.sessions()).toEqual([]);
  expect(eternus.sessions()).toMatchObject([{ status: "Active" }, { status: "Active" }]);
  expect(sent().slice(2, 4)).toEqual(["cutover", "remove"]);
  expect(sent().slice(4).sort()).toEqual(["resume 12", "resume 13"]);
});
