import { expect } from "vitest";
import { expectDone, expectFailed } from "./expectations.ts";
import { replication } from "./migration.ts";
import { scenario } from "./scenario.ts";

const setting = { eternus: { sessions: [12, 13].map((id) => ({ id })) } };

scenario("a session resumed by hand is suspended again by the next up", setting, async (world) => {
  const { eternus, declare, up, refresh, recorded, sent } = world;
  await declare(replication([12, 13]));
  await expectDone(up(), { create: 1 });
  eternus.operator.resume(13);

  await expectDone(refresh(), { update: 1 });
  expect((await recorded("dr")).outputs).toMatchObject({ consistent: false, destinationUsable: false });
  await expectDone(up(), { update: 1 });
  expect((await recorded("dr")).outputs).toMatchObject({ consistent: false, destinationUsable: true });
  expect(sent()).toEqual(["suspend 12,13", "suspend 13"]);
});

scenario("a session deleted by hand is named, and a destroy resumes the others", setting, async (world) => {
  const { eternus, declare, up, refresh, destroy, recorded, sent } = world;
  await declare(replication([12, 13]));
  await expectDone(up(), { create: 1 });
  eternus.operator.delete(13);

  await expectDone(refresh(), { update: 1 });
  expect((await recorded("dr")).outputs).toMatchObject({ destinationUsable: false });
  await expectFailed(up(), /there is no copy session 13/);
  await expectDone(destroy(), { delete: 1 });
  expect(eternus.session(12)).toMatchObject({ status: "Active" });
  expect(sent()).toEqual(["suspend 12,13", "resume 12"]);
});
