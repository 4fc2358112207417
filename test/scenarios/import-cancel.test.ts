import { expect } from "vitest";
import { expectDone, expectFailed } from "./expectations.ts";
import { agentlessVolume, volume } from "./migration.ts";
import { scenario } from "./scenario.ts";

const neverEnds = { powerstore: { bytesPerSecond: 0 } };

scenario(
  "destroying an import in the middle of the copy cancels it and removes its record",
  neverEnds,
  async (world) => {
    const { powerstore, declare, up, destroy, sent, during } = world;
    await declare(volume());
    const ctrlC = new AbortController();
    const interrupted = up({ signal: ctrlC.signal });
    await during(interrupted, () => powerstore.sessions()[0]?.state === "Copy_In_Progress");
    ctrlC.abort();
    await expectFailed(interrupted, /the run was interrupted/);

    await expectDone(destroy(), { delete: 1 });
    expect(powerstore.sessions()).toEqual([]);
    expect(sent()).toEqual(["create sv_42", "cancel", "remove"]);
  },
);

const hostSteps = { sourceStopped: true, destinationStarted: true };

scenario(
  "a graceful cancel that fails is an error, and forceCancel ends the import",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, up, destroy, recorded, sent } = world;
    await declare(agentlessVolume({ hostSteps }));
    await expectDone(up(), { create: 1 });
    const { id } = await recorded("erp");
    powerstore.setConditions(id, { hostsReachable: false });
    await expectFailed(destroy(), /the graceful cancel failed: the session is Cancel_Required/, /forceCancel/);
    expect((await recorded("erp")).id).toBe(id);

    // As the error says. The session can go forward no more, so this up fails; what it declares holds all the same.
    await declare(agentlessVolume({ hostSteps, forceCancel: true }));
    const declared = await expectFailed(up(), /the session is Cancel_Required/);
    expect(declared.diagnostics.join()).toContain("destroy: force cancel, no rollback");

    const forced = await expectDone(destroy(), { delete: 1 });
    expect(forced.diagnostics.join()).toContain("force cancel: no rollback");
    expect(powerstore.sessions()).toEqual([]);
    expect(sent()).toEqual([
      "create sv_44",
      "enable_destination_volume",
      "start_copy",
      "cancel",
      "cancel with force",
      "remove",
    ]);
  },
);

scenario(
  "with forceCancelAfter a graceful cancel that fails is followed by force",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, up, destroy, recorded, sent } = world;
    await declare(agentlessVolume({ hostSteps, targetState: "Ready_To_Start_Copy", forceCancelAfter: "1h" }));
    await expectDone(up(), { create: 1 });
    powerstore.setConditions((await recorded("erp")).id, { hostsReachable: false });

    await expectDone(destroy(), { delete: 1 });
    expect(powerstore.sessions()).toEqual([]);
    expect(sent()).toEqual(["create sv_44", "enable_destination_volume", "cancel", "cancel with force", "remove"]);
  },
);
