import { expect } from "vitest";
import { expectDone, expectFailed, seen } from "./expectations.ts";
import { replication, volume } from "./migration.ts";
import { scenario } from "./scenario.ts";
import type { World } from "./world.ts";

const neverEnds = { powerstore: { bytesPerSecond: 0 } };

scenario(
  "after a refresh has wiped why an import was not done, the next up still goes on",
  neverEnds,
  async (world) => {
    const { powerstore, declare, refresh, up, recorded, sent } = world;
    await declare(volume({ targetState: "Import_Completed" }));
    await ctrlC(world, "powerstore", () => powerstore.sessions()[0]?.state === "Copy_In_Progress");
    expect((await recorded("erp")).initErrors).toHaveLength(1);
    expect(await refresh()).toMatchObject({ ok: true });
    const { id, initErrors } = await recorded("erp");
    expect(initErrors).toEqual([]);

    powerstore.setRate(id, 1024 ** 4);
    await expectDone(up(), { update: 1 });
    expect(powerstore.session(id).state).toBe("Import_Completed");
    expect(sent()).toEqual(["create sv_42", "cutover"]);
  },
);

const stalled = { eternus: { sessions: [{ id: 12 }, { id: 13, phase: "Copying", rateMbPerSecond: 0 }] } } as const;

scenario(
  "after a refresh has wiped why a group was not suspended, the next up still goes on",
  stalled,
  async (world) => {
    const { eternus, declare, refresh, up, recorded, sent } = world;
    await declare(replication([12, 13]));
    await ctrlC(world, "eternus", () => true);
    expect((await recorded("dr")).initErrors).toHaveLength(1);
    expect(await refresh()).toMatchObject({ ok: true });
    expect((await recorded("dr")).initErrors).toEqual([]);

    eternus.change(13, { rateMbPerSecond: 1000 });
    await expectDone(up(), { update: 1 });
    expect(sent()).toEqual(["suspend 12,13"]);
  },
);

scenario(
  "somebody else's session under the name of a lost create is refused, and left alone",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, up, sent } = world;
    await declare(volume());
    const loss = new AbortController();
    // The machine is lost before anything was sent.
    powerstore.faults.add({
      when: { method: "POST", path: /\/import_session$/ },
      do: {
        kind: "custom",
        async play(exchange) {
          loss.abort();
          await exchange.pause(Infinity);
        },
      },
    });
    expect(await up({ loss: loss.signal })).toMatchObject({ ok: false });
    const id = powerstore.operator.create({
      name: "scenario-dev-erp",
      remote_system_id: "name:old-unity",
      source_resource_id: "sv_43",
      type: "Non_Disruptive",
    });

    await expectFailed(up(), /scenario-dev-erp/, /does not carry the mark of this stack and resource/);
    expect(powerstore.sessions()).toMatchObject([{ id, state: expect.not.stringContaining("Cancel") }]);
    // The one that was lost on its way.
    expect(sent()).toEqual(["create sv_42"]);
  },
);

/** Runs `up` until that is so, then interrupts it. */
async function ctrlC(world: World, array: "powerstore" | "eternus", isSo: () => boolean): Promise<void> {
  const signal = new AbortController();
  const running = world.up({ signal: signal.signal });
  await world.during(running, seen(world[array], isSo));
  signal.abort();
  await expectFailed(running, /the run was interrupted/);
}
