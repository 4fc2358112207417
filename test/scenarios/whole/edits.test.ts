import { expect } from "vitest";
import { expectDone, expectFailed } from "../expectations.ts";
import { adopted, replication, volume } from "../migration.ts";
import { everyEngineScenario } from "../scenario.ts";

const [gone, taken] = [/left to "erp-database"/, /takes over import session \S+ of erp, Ready_For_Cutover/];

everyEngineScenario(
  "an import that is renamed is taken over, and nothing is sent (S1)",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, preview, up, recorded, sent, destroy } = world;
    await declare(volume());
    await expectDone(up(), { create: 1 });
    const { id } = await recorded("erp");
    await declare({ ...volume(), name: "erp-database" });
    const shown = await expectDone(preview(), { create: 1, delete: 1 });
    expect(shown.diagnostics.join("\n")).toMatch(taken);
    const done = await expectDone(up(), { create: 1, delete: 1 });
    expect(done.diagnostics.join("\n")).toMatch(gone);
    expect(await recorded("erp-database")).toMatchObject({ id, outputs: { adopted: false } });
    await expectDone(preview(), { same: 1 });
    expect(sent()).toEqual(["create sv_42"]);
    expect(powerstore.sessions()).toMatchObject([{ id, state: "Ready_For_Cutover" }]);
    await expectDone(destroy(), { delete: 1 });
    expect(sent()).toEqual(["create sv_42", "cancel", "remove"]);
  },
);

everyEngineScenario(
  "an import that moves into a component is taken over, and nothing is sent (S1)",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, preview, up, recorded, sent } = world;
    await declare(volume());
    await expectDone(up(), { create: 1 });
    const { id } = await recorded("erp");
    await declare(volume({}, { component: "part" }));
    const shown = await expectDone(preview(), { create: 1, delete: 1 });
    expect(shown.diagnostics.join("\n")).toMatch(
      /continues with import session \S+, Ready_For_Cutover, 100% copied, last change/,
    );
    await expectDone(up(), { create: 1, delete: 1 });
    expect((await recorded("erp")).id).toBe(id);
    expect(sent()).toEqual(["create sv_42"]);
    expect(powerstore.sessions()).toMatchObject([{ id, state: "Ready_For_Cutover" }]);
  },
);

everyEngineScenario(
  "two resources of one session are refused before anything is sent (S14)",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, preview, up, sent } = world;
    const source = { remote_system_id: "name:old-unity", source_resource_id: "sv_42" } as const;
    const id = powerstore.operator.create({ name: "by-hand", ...source });
    const both = /both "(erp|other)" .* and "(erp|other)" .* declare import session/;
    await declare(adopted(id), { ...adopted(id), name: "other" });
    await expectFailed(preview(), both);
    await declare(adopted(id, { targetState: "Import_Completed" }), { ...volume(), name: "other" });
    await expectFailed(preview(), /both .* and .* declare (import session|source)|is imported by session/);
    await expectFailed(up(), /both .* and .* declare (import session|source)|is imported by session/);
    expect(sent().filter((act) => act !== "cutover")).toEqual([]);
  },
);

const sessions = [{ id: 12 }, { id: 13 }, { id: 14 }];

everyEngineScenario("a group that is renamed stays suspended (S2)", { eternus: { sessions } }, async (world) => {
  const { eternus, declare, preview, up, sent } = world;
  await declare(replication([12, 13]));
  await expectDone(up(), { create: 1 });
  await declare({ ...replication([12, 13]), name: "erp-dr" });
  const shown = await expectDone(preview(), { create: 1, delete: 1 });
  expect(shown.diagnostics.join("\n")).toMatch(/takes over copy session 12, copy session 13 of "dr"/);
  const { diagnostics } = await expectDone(up(), { create: 1, delete: 1 });
  expect(diagnostics.join("\n")).toMatch(/left to "erp-dr" .*nothing is sent: copy session 12, copy session 13/);
  expect(sent()).toEqual(["suspend 12,13"]);
  expect(eternus.sessions().map(({ status }) => status)).toEqual(["Suspend", "Suspend", "Active"]);
});

everyEngineScenario("two groups that share a member are refused (S2)", { eternus: { sessions } }, async (world) => {
  const { declare, preview, up, sent } = world;
  await declare(replication([12, 13]), { ...replication([13, 14]), name: "other" });
  const both = /copySessionIds\[\d\].*both "(dr|other)" .* and "(dr|other)" .* declare copy session 13/;
  await expectFailed(preview(), both);
  await expectFailed(up(), both);
  expect(sent().filter((act) => act !== "suspend 12,13")).toEqual([]);
});

everyEngineScenario(
  "a group that was not asked when another took its member over sends nothing for it in the next run, and says so",
  { eternus: { sessions } },
  async (world) => {
    const { declare, preview, up, recorded, sent } = world;
    const other = (ids: readonly number[]) => ({ ...replication(ids), name: "other" });
    await declare(replication([12, 13]), other([14]));
    await expectDone(up(), { create: 2 });
    const urnOf = async (name: string) => (await recorded(name)).urn;
    await declare(replication([12, 13]), other([13, 14]));
    const toOther = { target: [await urnOf("other")] };
    const taking = await preview(toOther);
    expect(taking.diagnostics.join("\n")).toMatch(/takes over copy session 13 of "dr"/);
    expect((await up(toOther)).ok).toBe(true);
    const before = sent();
    await declare(replication([12, 13], { targetState: "Active" }), other([13, 14]));
    const back = { target: [await urnOf("dr")] };
    const shown = await preview(back);
    expect(shown.diagnostics.join("\n")).toMatch(/takes copy session 13 back from "other"/);
    await expectFailed(up(back), /"other" .* has taken over copy session 13 since the last run of this resource/);
    expect(sent()).toEqual(before);
    await expectFailed(preview(), /both .* and .* declare copy session 13/);
  },
);
