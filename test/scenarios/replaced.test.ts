import { expect } from "vitest";
import { expectDone, expectFailed } from "./expectations.ts";
import { adopted, replication, volume } from "./migration.ts";
import { scenario } from "./scenario.ts";

scenario("a session is replaced only if its replacement can be created", { powerstore: {} }, async (world) => {
  const { powerstore, declare, preview, up, recorded, sent } = world;
  await declare(volume());
  await expectDone(up(), { create: 1 });
  const copyAgain = (await recorded("erp")).id;

  await declare(volume({ sourceResourceId: "sv_45", copyAgain }));
  for (const refused of [await preview(), await up()]) {
    expect(refused.ok).toBe(false);
    expect(refused.diagnostics.join()).toContain("sv_45 cannot be imported (importable_criteria Used_By_NAS)");
  }
  await declare(adopted("none", { copyAgain }));
  expect((await up()).diagnostics.join()).toContain("there is no such session");
  expect(powerstore.sessions().map(({ state }) => state)).toEqual(["Ready_For_Cutover"]);

  await declare(volume({ sessionName: "erp-2", copyAgain, targetState: "Import_Completed", cutoverApproval: "" }));
  const { diagnostics, output } = await expectDone(preview(), { replace: 1 });
  expect(diagnostics.join()).toMatch(
    /replaced because of sessionName: .*; first cancel session \S+; then remove the record/,
  );
  expect(output).toContain("create session erp-2; then held until approved");
  await expectDone(up(), { replace: 1 });
  const { id } = await recorded("erp");
  expect(powerstore.sessions()).toMatchObject([{ id, name: "erp-2", state: "Ready_For_Cutover" }]);
  expect(sent()).toEqual(["create sv_42", "cancel", "remove", "create sv_42"]);
});

scenario(
  "a group that Pulumi is told to replace stays suspended, and a later destroy resumes it",
  { eternus: { sessions: [{ id: 12 }, { id: 13 }] } },
  async (world) => {
    const { eternus, declare, preview, up, destroy, recorded, sent } = world;
    await declare(replication([12, 13]));
    await expectDone(up(), { create: 1 });
    const { urn } = await recorded("dr");
    const { output } = await expectDone(preview({ replace: [urn] }), { replace: 1 });
    expect(output).toContain(
      "if it is replaced, copy sessions 12, 13 stay suspended, and a destroy would resume those that this group suspended",
    );
    await expectDone(up({ replace: [urn] }), { replace: 1 });
    expect(sent()).toEqual(["suspend 12,13"]);
    await expectDone(destroy(), { delete: 1 });
    expect(eternus.sessions().map(({ status }) => status)).toEqual(["Active", "Active"]);
    expect(sent().slice(1).sort()).toEqual(["resume 12", "resume 13"]);
  },
);

scenario(
  "an adopted session that Pulumi is told to replace is released and adopted again",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, preview, up, recorded, sent } = world;
    const source = { remote_system_id: "name:old-unity", source_resource_id: "sv_42" } as const;
    const id = powerstore.operator.create({ name: "by-hand", ...source });
    await declare(adopted(id));
    await expectDone(up(), { create: 1 });
    const { urn } = await recorded("erp");
    await expectDone(preview({ replace: [urn] }), { replace: 1 });
    const { output } = await expectDone(up({ replace: [urn] }), { replace: 1 });
    expect(output).toContain(`adopted session ${id} is released as it is (Ready_For_Cutover)`);
    expect(sent()).toEqual([]);
    expect(powerstore.session(id).state).toBe("Ready_For_Cutover");
    await expectDone(up(), { same: 1 });
  },
);

scenario(
  "what Pulumi is told to replace is not given up for what cannot be created",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, preview, up, recorded } = world;
    await declare(volume());
    await expectDone(up(), { create: 1 });
    const { id, urn } = await recorded("erp");
    await declare(volume({ sourceResourceId: "sv_45", copyAgain: id }));
    const { diagnostics } = await expectDone(preview({ replace: [urn] }), { replace: 1 });
    expect(diagnostics.join()).toContain("if it is replaced: would fail: sourceResourceId: sv_45 cannot be imported");
    await expectFailed(up({ replace: [urn] }), /its replacement cannot be created: .*sv_45 cannot be imported/);
    expect(powerstore.session(id).state).toBe("Ready_For_Cutover");
  },
);
