import { expect } from "vitest";
import { expectDone, expectFailed, seen } from "./expectations.ts";
import { replication } from "./migration.ts";
import { scenario } from "./scenario.ts";

const sessions = [12, 13, 14].map((id) => ({ id }));
const stalled = { id: 13, phase: "Copying", rateMbPerSecond: 0 } as const;
// The suspend goes on long after its job: ten seconds here.
const slow = { suspendDrainMs: 600_000 };

scenario(
  "after a partial error the next up suspends only the session that failed",
  { eternus: { sessions } },
  async (world) => {
    const { eternus, declare, up, recorded, sent } = world;
    await declare(replication([12, 13, 14]));
    eternus.failNext(13, "suspend", "5300", "Copy path error");
    await expectFailed(up(), /copy session 13 failed: 5300: Copy path error/);
    expect((await recorded("dr")).outputs).toMatchObject({
      consistent: false,
      failures: [{ id: 13, code: "5300" }],
      sessions: [
        { id: 12, status: "Suspend" },
        { id: 13, status: "Active" },
        { id: 14, status: "Suspend" },
      ],
    });

    await expectDone(up(), { update: 1 });
    expect(await recorded("dr")).toMatchObject({ outputs: { failures: [], destinationUsable: true }, initErrors: [] });
    expect(sent()).toEqual(["suspend 12,13,14", "suspend 13"]);
  },
);

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
  "after a Ctrl-C in the middle of the suspend the next up waits for it",
  { eternus: { sessions, behaviour: slow } },
  async (world) => {
    const { eternus, declare, up, recorded, sent, during } = world;
    await declare(replication([12, 13, 14]));
    const ctrlC = new AbortController();
    const interrupted = up({ signal: ctrlC.signal });
    await during(
      interrupted,
      seen(eternus, () => eternus.acts().length > 0 && eternus.jobs().length === 0),
    );
    ctrlC.abort();
    await expectFailed(interrupted, /the run was interrupted while .*the array suspends/);

    await expectDone(up(), { update: 1 });
    expect((await recorded("dr")).outputs).toMatchObject({ consistent: true, destinationUsable: true });
    expect(sent()).toEqual(["suspend 12,13,14"]);
  },
);
