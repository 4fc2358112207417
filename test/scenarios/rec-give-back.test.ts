import { expect } from "vitest";
import { expectDone, expectFailed, seen } from "./expectations.ts";
import { replication } from "./migration.ts";
import { scenario } from "./scenario.ts";

const mixed = [{ id: 12 }, { id: 13 }, { id: 14 }, { id: 15, status: "Suspend" }, { id: 16 }] as const;

scenario(
  "a destroy resumes what it can, names the rest, and the next one resumes only that",
  { eternus: { sessions: mixed } },
  async ({ eternus, declare, up, destroy, sent }) => {
    await declare(replication([12, 13, 14, 15, 16]));
    await expectDone(up(), { create: 1 });
    eternus.operator.delete(13);
    eternus.reidentify(14, { remoteVolume: { number: 4711 } });
    eternus.failNext(16, "resume", "5300", "Copy path error");
    await expectFailed(destroy(), /could not restore .*copy session 16 failed: 5300: Copy path error/s);
    const statuses = () => eternus.sessions().map(({ id, status }) => `${id} ${status}`);
    expect(statuses()).toEqual(["12 Active", "14 Suspend", "15 Suspend", "16 Suspend"]);

    const { diagnostics } = await expectDone(destroy(), { delete: 1 });
    expect(diagnostics.join("\n")).toContain("copy session 13 does not exist any more: there was nothing to restore");
    expect(diagnostics.join("\n")).toContain("copy session 14 names another pair than it did, and was left alone");
    expect(statuses()).toEqual(["12 Active", "14 Suspend", "15 Suspend", "16 Active"]);
    expect(sent()[0]).toBe("suspend 12,13,14,16");
    expect(sent().slice(1, 3).sort()).toEqual(["resume 12", "resume 16"]);
    expect(sent().slice(3)).toEqual(["resume 16"]);
  },
);

// The whole difference takes ten seconds here.
const slowly = { id: 12, totalMb: 60_000, writeMbPerSecond: 60_000, rateMbPerSecond: 100 };

scenario(
  "a resume waits for equivalence, or only for the restart of the copy, as declared",
  { eternus: { sessions: [slowly] } },
  async ({ eternus, declare, preview, up, recorded, sent }) => {
    await declare(replication([12]));
    await expectDone(up(), { create: 1 });
    await declare(replication([12], { targetState: "Active", waitForEquivalent: false }));
    const announced = await expectDone(preview(), { update: 1 });
    const whatIsLost = /discards writes on 1 destination since \d{4}-\d\d-\d\dT[\d:]+Z \(volume 2012\)/;
    expect(announced.diagnostics.join()).toMatch(whatIsLost);
    await expectDone(up(), { update: 1 });
    expect((await recorded("dr")).outputs).toMatchObject({ sessions: [{ status: "Active", phase: "Copying" }] });

    await declare(replication([12], { targetState: "Active" }));
    await expectDone(up(), { update: 1 });
    expect((await recorded("dr")).outputs).toMatchObject({ sessions: [{ status: "Active", phase: "Equivalent" }] });
    expect(eternus.session(12)).toMatchObject({ phase: "Equivalent" });
    expect(sent()).toEqual(["suspend 12", "resume 12"]);
  },
);

scenario(
  "a suspend is sent when the last member is equivalent, not before",
  { eternus: { sessions: [{ id: 12 }, { id: 13, phase: "Copying", rateMbPerSecond: 0 }] } },
  async ({ eternus, declare, up, recorded, sent, during }) => {
    await declare(replication([12, 13]));
    const running = up();
    await during(
      running,
      seen(eternus, () => true),
    );
    expect(sent()).toEqual([]);
    eternus.change(13, { rateMbPerSecond: 1000 });
    await expectDone(running, { create: 1 });
    expect((await recorded("dr")).outputs).toMatchObject({ consistent: true, destinationUsable: true });
    expect(sent()).toEqual(["suspend 12,13"]);
  },
);
