import { expect } from "vitest";
import { expectDone, expectFailed } from "./expectations.ts";
import { replication } from "./migration.ts";
import { scenario } from "./scenario.ts";

const modes = ["Synchronous", "Consistency", "Stack"] as const;
const ofAllModes = Array.from({ length: 64 }, (_, id) => ({ id, transferMode: modes[id % 3] ?? "Stack" }));
const ids = ofAllModes.map(({ id }) => id);

scenario(
  "64 sessions of all three transfer modes are suspended in one call and resumed",
  { eternus: { sessions: ofAllModes } },
  async ({ eternus, declare, up, recorded, sent }) => {
    await declare(replication(ids));
    await expectDone(up(), { create: 1 });
    expect((await recorded("dr")).outputs).toMatchObject({ consistent: true, destinationUsable: true, failures: [] });
    expect(sent()).toEqual([`suspend ${ids.join(",")}`]);
    expect(eternus.sessions().every(({ status }) => status === "Suspend")).toBe(true);

    await declare(replication(ids, { targetState: "Active" }));
    await expectDone(up(), { update: 1 });
    expect(sent().slice(1).sort()).toEqual(ids.map((id) => `resume ${id}`).sort());
    expect(eternus.sessions().every(({ status, phase }) => status === "Active" && phase === "Equivalent")).toBe(true);
  },
);

const oneStalls = [{ id: 12 }, { id: 13, phase: "Copying", rateMbPerSecond: 0 }] as const;

scenario(
  "a destination that force left without its data is unusable until the next suspend from equivalence",
  { eternus: { sessions: oneStalls } },
  async ({ eternus, declare, preview, up, refresh, recorded, sent }) => {
    await declare({ ...replication([12, 13]), options: { customTimeouts: { create: "10s" } } });
    await expectFailed(up(), /copy session 13: still copying/);
    expect(sent()).toEqual([]);

    await declare(replication([12, 13], { force: true }));
    const announced = await expectDone(preview(), { update: 1 });
    const lacking = /force: copy session \d+ .*is suspended before its data is transferred: volume \d+/g;
    expect(announced.diagnostics.join("\n").match(lacking)).toEqual([
      "force: copy session 13 (Active, Copying, 0%) is suspended before its data is transferred: volume 2013",
    ]);
    await expectDone(up(), { update: 1 });
    expect(sent()).toEqual(["suspend 12,13 with force"]);
    const spoilt = {
      destinationUsable: false,
      sessions: [
        { id: 12, destinationUsable: true },
        { id: 13, destinationUsable: false },
      ],
    };
    expect((await recorded("dr")).outputs).toMatchObject(spoilt);

    // Not even the array's own word makes the data whole.
    eternus.change(13, { phase: "Equivalent", rateMbPerSecond: 1000 });
    await refresh();
    expect((await recorded("dr")).outputs).toMatchObject(spoilt);

    await declare(replication([12, 13], { targetState: "Active" }));
    await expectDone(up(), { update: 1 });
    await declare(replication([12, 13]));
    await expectDone(up(), { update: 1 });
    expect((await recorded("dr")).outputs).toMatchObject({ consistent: true, destinationUsable: true });
    expect(sent().at(-1)).toBe("suspend 12,13");
  },
);

scenario(
  "a suspended group is reversed and turned back",
  { eternus: { sessions: [{ id: 12 }] } },
  async ({ eternus, declare, preview, up, recorded, sent }) => {
    await declare(replication([12]));
    await expectDone(up(), { create: 1 });

    await declare(replication([12], { direction: "Reversed" }));
    const announced = await expectDone(preview(), { update: 1 });
    expect(announced.diagnostics.join()).toContain("copy session 12 will copy from volume 2012 to volume 1012");
    expect(eternus.session(12)).toMatchObject({ isLocalSource: true });
    await expectDone(up(), { update: 1 });
    expect(eternus.session(12)).toMatchObject({ status: "Suspend", isLocalSource: false });
    expect((await recorded("dr")).outputs).toMatchObject({ sessions: [{ direction: "Reversed" }] });

    await declare(replication([12], { direction: "Forward" }));
    await expectDone(up(), { update: 1 });
    expect(eternus.session(12)).toMatchObject({ status: "Suspend", isLocalSource: true });
    expect((await recorded("dr")).outputs).toMatchObject({ sessions: [{ direction: "Forward" }] });
    expect(sent()).toEqual(["suspend 12", "reverse 12", "reverse 12"]);
  },
);

scenario(
  "a tenant user is told that tenants never reverse",
  { eternus: { tenant: "acme", sessions: [{ id: 12, status: "Suspend", tenant: "acme" }] } },
  async ({ eternus, declare, up }) => {
    await declare(replication([12], { direction: "Reversed" }));
    await expectFailed(up(), /a tenant user may suspend, resume and change only .* never reverse/);
    expect(eternus.session(12)).toMatchObject({ isLocalSource: true });
  },
);

scenario(
  "the modes of a suspended group are changed, and a destroy gives them back",
  { eternus: { sessions: [{ id: 12 }] } },
  async ({ eternus, declare, up, destroy, sent }) => {
    await declare(replication([12]));
    await expectDone(up(), { create: 1 });

    await declare(replication([12], { transferMode: "Stack", recoveryMode: "Manual" }));
    await expectDone(up(), { update: 1 });
    expect(eternus.session(12)).toMatchObject({ status: "Suspend", transferMode: "Stack", recoveryMode: "Manual" });
    expect(sent()).toEqual(["suspend 12", "PATCH 12"]);

    await expectDone(destroy(), { delete: 1 });
    const asFound = { status: "Active", transferMode: "Synchronous", splitMode: "Manual", recoveryMode: "Automatic" };
    expect(eternus.session(12)).toMatchObject(asFound);
    expect(sent().slice(2)).toEqual(["PATCH 12", "resume 12"]);
  },
);
