import { expect } from "vitest";
import { expectDone, expectFailed } from "./expectations.ts";
import { adopted, volume } from "./migration.ts";
import { scenario } from "./scenario.ts";

scenario(
  "a completed import goes neither back nor elsewhere, and stays complete without the array's record",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, preview, up, destroy, recorded, sent } = world;
    const completed = { targetState: "Import_Completed" } as const;
    await declare(volume(completed));
    await expectDone(up(), { create: 1 });
    const { id } = await recorded("erp");

    await declare(volume());
    await expectFailed(preview(), /the session is Import_Completed already, and an import only goes forward/);
    await declare(volume({ ...completed, sourceResourceId: "sv_43" }));
    await expectFailed(preview(), /because of sourceResourceId/, /is complete/);

    powerstore.operator.remove(id);
    await declare(volume({ ...completed, forceCancelAfter: "1h" }));
    await expectDone(up(), { update: 1 });
    expect(await recorded("erp")).toMatchObject({ id, outputs: { state: "Import_Completed" }, initErrors: [] });
    await expectDone(up(), { same: 1 });
    await expectDone(destroy(), { delete: 1 });
    expect(sent()).toEqual(["create sv_42", "cutover"]);
  },
);

scenario(
  "a session that the array cuts over by itself is taken over without a gate, and nothing is sent",
  { powerstore: { bytesPerSecond: 0 } },
  async (world) => {
    const { powerstore, declare, preview, up, recorded, sent } = world;
    const source = { remote_system_id: "name:old-unity", source_resource_id: "sv_42" } as const;
    const id = powerstore.operator.create({ name: "by-hand", ...source, automatic_cutover: true });
    await declare(adopted(id, { targetState: "Import_Completed", cutoverApproval: "" }));
    await expectFailed(preview(), /\bsessionId\b.*would not wait for cutoverWindow or cutoverApproval/s);
    await declare(adopted(id));
    const announced = await expectDone(preview(), { create: 1 });
    expect(announced.diagnostics.join()).toContain("the array cuts over by itself: the session does not rest before");

    await declare({
      ...adopted(id, { targetState: "Import_Completed" }),
      options: { customTimeouts: { create: "5s" } },
    });
    await expectFailed(up(), /the deadline passed while copying/);
    expect((await recorded("erp")).outputs).toMatchObject({ cutsOverByItself: true });
    powerstore.setState(id, "Ready_For_Cutover", { stays: true });
    const waits = await preview();
    expect(waits.output).toContain("wait: automatic cutover: irreversible");
    expect(waits.output).not.toContain("; then cutover");
    powerstore.setState(id, "Cutover_In_Progress");
    await expectDone(up(), { update: 1 });
    expect((await recorded("erp")).outputs).toMatchObject({ state: "Import_Completed" });
    expect(sent()).toEqual([]);
  },
);

scenario(
  "a state that this release does not know is waited for, and named when the time is up",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, up, recorded, sent } = world;
    await declare(volume());
    await expectDone(up(), { create: 1 });
    const { id } = await recorded("erp");
    powerstore.disguise(id, { state: "Half_Way_There" });
    await declare(volume({ targetState: "Import_Completed" }, { customTimeouts: { update: "5s" } }));
    await expectFailed(up(), /the deadline passed while the array reports the state "Half_Way_There"/);
    expect((await recorded("erp")).outputs).toMatchObject({ state: "Half_Way_There" });

    powerstore.disguise(id, {});
    await declare(volume({ targetState: "Import_Completed" }));
    await expectDone(up(), { update: 1 });
    expect(sent()).toEqual(["create sv_42", "cutover"]);
  },
);
