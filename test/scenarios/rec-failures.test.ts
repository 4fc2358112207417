import { expect } from "vitest";
import { expectDone, expectFailed, seen } from "./expectations.ts";
import { replication } from "./migration.ts";
import { scenario } from "./scenario.ts";

const sessions = [12, 13, 14].map((id) => ({ id }));
const stalled = { id: 13, phase: "Copying", rateMbPerSecond: 0 } as const;

scenario(
  "after a Ctrl-C before the suspend the next up sends it, once",
  { eternus: { sessions: [{ id: 12 }, stalled] } },
  async (world) => {
    const { eternus, declare, up, recorded, sent, during } = world;
    await declare(replication([12, 13]));
    const ctrlC = new AbortController();
    const interrupted = up({ signal: ctrlC.signal });
    await during(
      interrupted,
      seen(eternus, () => true),
    );
    ctrlC.abort();
    await expectFailed(interrupted, /the run was interrupted while .*still copying/);
    expect((await recorded("dr")).outputs).toMatchObject({ sessions: [{ id: 12 }, { id: 13, phase: "Copying" }] });
    expect(sent()).toEqual([]);

    eternus.change(13, { rateMbPerSecond: 1000 });
    await expectDone(up(), { update: 1 });
    expect((await recorded("dr")).outputs).toMatchObject({ consistent: true, destinationUsable: true });
    expect(sent()).toEqual(["suspend 12,13"]);
  },
);

scenario(
  "when all of a job fails, every member is named and recorded, and the next up suspends them all together",
  { eternus: { sessions } },
  async ({ eternus, declare, up, recorded, sent }) => {
    await declare(replication([12, 13, 14]));
    for (const { id } of sessions) eternus.failNext(id, "suspend", "5300", "Copy path error");
    await expectFailed(up(), /copy sessions 12, 13, 14 failed: 5300: Copy path error/);
    expect((await recorded("dr")).outputs).toMatchObject({
      destinationUsable: false,
      failures: [{ id: 12 }, { id: 13 }, { id: 14 }],
    });

    await expectDone(up(), { update: 1 });
    expect((await recorded("dr")).outputs).toMatchObject({ failures: [], consistent: true, destinationUsable: true });
    // The same call once more: the first has failed whole.
    expect(sent()).toEqual(["suspend 12,13,14", "suspend 12,13,14"]);
  },
);

scenario(
  "a session that a copy path error has halted is recovered: suspended by force, then resumed",
  { eternus: { sessions: [{ id: 12, recoveryMode: "Manual" }] } },
  async ({ eternus, declare, up, recorded, sent }) => {
    eternus.halt(12, "buffer");
    await declare(replication([12], { force: true }));
    const forced = await expectDone(up(), { create: 1 });
    expect(forced.diagnostics.join()).toContain("force");
    expect((await recorded("dr")).outputs).toMatchObject({
      destinationUsable: false,
      sessions: [{ status: "Suspend" }],
    });

    await declare(replication([12], { targetState: "Active" }));
    await expectDone(up(), { update: 1 });
    expect(eternus.session(12)).toMatchObject({ status: "Active", phase: "Equivalent" });
    expect(sent()).toEqual(["suspend 12 with force", "resume 12"]);
  },
);
