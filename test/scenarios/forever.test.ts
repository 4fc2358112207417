import { expect } from "vitest";
import type { AnyImportSessionArgs } from "../../sdk/powerstore/import-session.ts";
import { expectDone, expectFailed } from "./expectations.ts";
import { agentlessVolume, volume } from "./migration.ts";
import { scenario } from "./scenario.ts";

const completed = { targetState: "Import_Completed" } as const;
const group = (args: AnyImportSessionArgs = {}) => volume({ sourceResourceId: "res_7", ...args });
const acts = ["create sv_42", "cutover"];

scenario(
  "an edit while a session cuts over replaces nothing, and neither does --replace (S3)",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, preview, up, recorded, sent } = world;
    await declare(volume());
    await expectDone(up(), { create: 1 });
    const { id, urn } = await recorded("erp");
    powerstore.setState(id, "Cutover_In_Progress", { stays: true });
    const edits = [{ sourceResourceId: "sv_43" }, { sessionName: "erp-2" }, { volumeGroupId: "name:databases" }];
    for (const edit of edits) {
      await declare(volume({ ...edit, copyAgain: id }));
      for (const run of [preview, up]) await expectFailed(run(), /its cutover is under way/);
    }
    await declare(volume({ copyAgain: id }));
    await expectFailed(up({ replace: [urn] }), /its cutover is under way/);
    expect(sent()).toEqual(["create sv_42"]);
  },
);

scenario(
  "an import whose session was cleared away after its cutover is not made again (S3)",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, preview, up, refresh, recorded, sent } = world;
    await declare(volume(completed));
    await expectDone(up(), { create: 1 });
    const { id, urn, outputs } = await recorded("erp");
    expect(outputs.cutOver).toMatchObject({ from: "Ready_For_Cutover" });
    powerstore.operator.remove(id);
    await expectDone(preview(), { same: 1 });
    await expectDone(up(), { same: 1 });
    await expectDone(refresh(), { same: 1 });
    await declare(volume({ ...completed, description: "again" }));
    await up();
    await declare(volume({ ...completed, sessionName: "erp-2" }));
    const runs = [preview, up, () => up({ replace: [urn] })];
    for (const run of runs) await expectFailed(run(), /a cutover is for ever/, new RegExp(`copyAgain: "${id}"`));
    expect((await recorded("erp")).outputs.cutOver).toEqual(outputs.cutOver);
    expect(sent()).toEqual(acts);
  },
);

scenario("a group that is partly cut over is not copied again (S3)", { powerstore: {} }, async (world) => {
  const { powerstore, declare, preview, up, recorded, sent, eventually } = world;
  await declare(group());
  await expectDone(up(), { create: 1 });
  const { id } = await recorded("erp");
  const member = powerstore.sessions().find(({ source_resource_id: source }) => source === "sv_52");
  powerstore.setConditions(member?.id ?? "", { cutover: "incomplete" });
  powerstore.operator.cutover(id);
  await eventually(() => powerstore.session(id).state === "Import_Cutover_Incomplete");
  await declare(group({ sessionName: "erp-2", copyAgain: id }));
  for (const run of [preview, up]) await expectFailed(run(), /members of the group are imported.*declare each/);
  expect(sent()).toEqual(["create res_7"]);
});

scenario(
  "a preview shows the forced cancel of the session that it replaces (S13)",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, preview, up, recorded, sent, destroy } = world;
    const agentless = (args: AnyImportSessionArgs = {}) =>
      agentlessVolume({ hostSteps: { sourceStopped: true, destinationStarted: true }, ...args });
    await declare(agentless());
    await expectDone(up(), { create: 1 });
    const { id } = await recorded("erp");
    powerstore.setConditions(id, { hostsReachable: false });
    await expectFailed(destroy(), /the session is Cancel_Required/);
    await declare(agentless({ forceCancel: true }));
    await expectFailed(up(), /the session is Cancel_Required/);
    await declare(agentless({ forceCancel: true, sessionName: "erp-2", copyAgain: id }));
    const { diagnostics } = await expectDone(preview(), { replace: 1 });
    expect(diagnostics.join("\n")).toMatch(/first cancel session \S+ with force; then remove the record/);
    expect(diagnostics.join("\n")).toMatch(/force cancel: .*without a rollback/);
    await expectDone(up(), { replace: 1 });
    expect(sent().filter((act) => /create|cancel|remove/.test(act))).toEqual([
      "create sv_44",
      "cancel",
      "cancel with force",
      "remove",
      "create sv_44",
    ]);
  },
);

scenario("the actions of a session that is replaced are carried over (E2)", { powerstore: {} }, async (world) => {
  const { declare, up, recorded, journal, destroy } = world;
  await declare(volume());
  await expectDone(up(), { create: 1 });
  const { id } = await recorded("erp");
  await declare(volume({ sourceResourceId: "sv_43", copyAgain: id }));
  await expectDone(up(), { replace: 1 });
  const { actions } = (await recorded("erp")).outputs;
  const words = Array.isArray(actions) ? actions.map(({ act }) => act) : [];
  expect(words).toEqual(["create", "cancel", "remove", "create"]);
  await expectDone(destroy(), { delete: 1 });
  const sending = journal().filter(({ kind }) => kind === "sending");
  expect(sending).toHaveLength(6);
});
