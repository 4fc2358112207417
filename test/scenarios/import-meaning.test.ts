import { expect } from "vitest";
import { expectDone, expectFailed } from "./expectations.ts";
import { agentlessVolume, volume } from "./migration.ts";
import { scenario } from "./scenario.ts";

const hostSteps = { sourceStopped: true, destinationStarted: true };

scenario("what means the same is no change (S7)", { powerstore: {} }, async (world) => {
  const { declare, preview, up, recorded, sent, powerstore } = world;
  const [one, other] = ["name:esx-01", "name:esx-02"] as const;
  await declare(agentlessVolume({ hostSteps, hostIds: [one, other] }));
  await expectDone(up(), { create: 1 });
  const before = sent();
  const { id } = await recorded("erp");
  const { name, remote_system_id: remoteSystemId } = powerstore.session(id);
  const spellings = [
    { automaticCutover: false, description: "", forceCancel: false, targetState: "Ready_For_Cutover" },
    { hostIds: [other, one] },
    { sessionName: name },
    { remoteSystemId },
  ] as const;
  for (const spelling of [...spellings, Object.assign({}, ...spellings)]) {
    await declare(agentlessVolume({ hostSteps, hostIds: [one, other], ...spelling }));
    await expectDone(preview(), { same: 1 });
    await expectDone(up(), { same: 1 });
  }
  expect(sent()).toEqual(before);
  expect((await recorded("erp")).id).toBe(id);
});

scenario(
  "another description replaces nothing, and a note says what the array keeps (S7)",
  { powerstore: {} },
  async (world) => {
    const { declare, preview, up, recorded, sent } = world;
    await declare(volume({ description: "first" }));
    await expectDone(up(), { create: 1 });
    const { id } = await recorded("erp");
    await declare(volume({ description: "second" }));
    const { output } = await expectDone(preview(), { update: 1 });
    expect(output).toContain("the array keeps the description that the session was created with");
    await expectDone(up(), { update: 1 });
    expect((await recorded("erp")).id).toBe(id);
    expect(sent()).toEqual(["create sv_42"]);
  },
);

scenario(
  "another name of the same array in the configuration sends nothing (S7)",
  { powerstore: {} },
  async (world) => {
    const { configure, declare, preview, up, recorded, sent, powerstore, destroy } = world;
    const { endpoint, username, password, caCertificate } = powerstore;
    const east = { endpoint, username, password, caCertificate, pollMinimumSeconds: 0.1 };
    await declare(volume());
    await expectDone(up(), { create: 1 });
    const { id } = await recorded("erp");
    await configure({ "powerstore:arrays": { secret: JSON.stringify({ east }) } });
    await declare(volume({ array: "east" }));
    const { output } = await expectDone(preview(), { update: 1 });
    expect(output).toContain("nothing to send; the record is updated to the array's new name in the configuration");
    await expectDone(up(), { update: 1 });
    await expectDone(preview(), { same: 1 });
    expect((await recorded("erp")).id).toBe(id);
    expect(sent()).toEqual(["create sv_42"]);
    await expectDone(destroy(), { delete: 1 });
  },
);

scenario(
  "what was cut over, paused or cancelled by hand is an update in preview, and recorded by up (S17)",
  { powerstore: {} },
  async (world) => {
    const { declare, preview, up, refresh, recorded, sent, powerstore, eventually } = world;
    await declare(volume());
    await expectDone(up(), { create: 1 });
    const { id } = await recorded("erp");
    powerstore.operator.cutover(id);
    await eventually(() => powerstore.session(id).state === "Import_Completed");
    const { output } = await expectDone(preview(), { update: 1 });
    expect(output).toMatch(/nothing to send; the record is updated to import session \S+ in Import_Completed/);
    await expectDone(up(), { update: 1 });
    const { outputs } = await recorded("erp");
    expect(outputs).toMatchObject({ state: "Import_Completed" });
    await expectDone(preview(), { same: 1 });
    // Two reads, apart, make it one for ever.
    await expectDone(refresh(), { same: 1 });
    const { cutOver } = (await recorded("erp")).outputs;
    expect(cutOver).toMatchObject({ by: "seen" });
    // A program that goes back a stage does not take the outputs back.
    await declare(volume({ paused: true }));
    await up();
    expect((await recorded("erp")).outputs).toMatchObject({ state: "Import_Completed", cutOver });
    expect(sent()).toEqual(["create sv_42"]);
  },
);

scenario(
  "a copy that was cancelled by hand is told by preview, and nothing replaces it by itself (S17)",
  { powerstore: {} },
  async (world) => {
    const { declare, preview, up, recorded, sent, powerstore, eventually } = world;
    await declare(volume());
    await expectDone(up(), { create: 1 });
    const { id } = await recorded("erp");
    powerstore.operator.cancel(id);
    await eventually(() => powerstore.session(id).state === "Cancelled");
    for (const run of [preview, up]) await expectFailed(run(), /the session is Cancelled.*set copyAgain/);
    expect(sent()).toEqual(["create sv_42"]);
  },
);

scenario(
  "resources whose names differ in what PowerStore refuses get sessions of their own (D2)",
  { powerstore: {} },
  async (world) => {
    const { declare, up, destroy, powerstore, sent } = world;
    const [one, other] = [
      { ...volume(), name: "erp db" },
      { ...volume({ sourceResourceId: "sv_43" }), name: "erp/db" },
    ];
    await declare(one, other);
    await expectDone(up(), { create: 2 });
    expect(new Set(powerstore.sessions().map(({ name }) => name)).size).toBe(2);
    expect(sent()).toEqual(["create sv_42", "create sv_43"]);
    await expectDone(destroy(), { delete: 2 });
  },
);

scenario(
  "two resources that come to one session name are refused in preview, with both names (D2)",
  { powerstore: {} },
  async (world) => {
    const { declare, preview, up, sent } = world;
    await declare(volume({ sessionName: "ERP" }), {
      ...volume({ sourceResourceId: "sv_43", sessionName: "erp" }),
      name: "other",
    });
    const both = /sessionName.*both "(erp|other)" .* and "(erp|other)" .* declare session name (erp|ERP)/;
    await expectFailed(preview(), both);
    await expectFailed(up(), both);
    expect(sent().filter((act) => act !== "create sv_42")).toEqual([]);
  },
);

scenario("nobody is told to adopt the session of another source (D2)", { powerstore: {} }, async (world) => {
  const { declare, preview, powerstore } = world;
  powerstore.operator.create({ name: "theirs", remote_system_id: "name:old-unity", source_resource_id: "sv_43" });
  await declare(volume({ sessionName: "theirs" }));
  const { diagnostics } = await expectFailed(preview(), /has this name already.*Choose another sessionName\./);
  expect(diagnostics.join()).not.toMatch(/adopt/);
});
