import { expect } from "vitest";
import { expectDone, expectFailed } from "./expectations.ts";
import { replication } from "./migration.ts";
import { scenario } from "./scenario.ts";

const setting = { eternus: { sessions: [{ id: 12 }] } };

scenario("a reversed group that copies is suspended before it is reversed back", setting, async (world) => {
  const { eternus, declare, preview, up, recorded, sent } = world;
  await declare(replication([12], { direction: "RemoteToLocal" }));
  await expectDone(up(), { create: 1 });
  await declare(replication([12], { direction: "RemoteToLocal", targetState: "Active" }));
  await expectDone(up(), { update: 1 });

  await declare(replication([12], { direction: "LocalToRemote", targetState: "Active" }));
  const copies = /copy session 12 copies, and its direction can only be changed while it is suspended/;
  await expectFailed(preview(), copies, /Suspend the group first/);
  await declare(replication([12], { direction: "RemoteToLocal" }));
  await expectDone(up(), { update: 1 });
  expect(sent().slice(3)).toEqual(["suspend 12"]);

  // What a rehearsal ends with: turned back and resumed in one go.
  await declare(replication([12], { direction: "LocalToRemote", targetState: "Active" }));
  const { diagnostics, output } = await expectDone(preview(), { update: 1 });
  expect(output).toContain("reverse copy session 12; then resume copy session 12");
  expect(diagnostics.join()).toContain("copy session 12 will copy from volume 1012 to volume 2012 once it is resumed");
  expect(diagnostics.join()).toMatch(/discards writes on 1 destination since .*\(volume 2012\)/);
  await expectDone(up(), { update: 1 });
  expect(eternus.session(12)).toMatchObject({ status: "Active", phase: "Equivalent", isLocalSource: true });
  expect((await recorded("dr")).outputs).toMatchObject({ sessions: [{ direction: "LocalToRemote" }] });
  expect(sent().slice(4)).toEqual(["reverse 12", "resume 12"]);
});

scenario(
  "an array without buffers for the other direction refuses the reverse, and the group stays suspended",
  { eternus: { sessions: [{ id: 12, transferMode: "Consistency" }], behaviour: { reverseBuffers: false } } },
  async ({ eternus, declare, up, recorded }) => {
    await declare(replication([12], { direction: "RemoteToLocal" }));
    await expectFailed(up(), /copy session 12 failed: 5348: .*the REC buffer is not active/);
    expect(eternus.session(12)).toMatchObject({ status: "Suspend", isLocalSource: true });
    expect((await recorded("dr")).outputs).toMatchObject({ failures: [{ id: 12, code: "5348" }] });

    // Without the reverse it is a group like any other.
    await declare(replication([12]));
    await expectDone(up(), { update: 1 });
    expect((await recorded("dr")).outputs).toMatchObject({ consistent: true, destinationUsable: true, failures: [] });
  },
);

const oneRefuses = {
  eternus: {
    sessions: [{ id: 12 }, { id: 13 }, { id: 14, transferMode: "Consistency" }],
    behaviour: { reverseBuffers: false },
  },
} as const;

scenario(
  "nobody is resumed in the turned direction while one member refuses to turn, with or without a declared direction (S6)",
  oneRefuses,
  async ({ eternus, declare, preview, up, sent }) => {
    const ids = [12, 13, 14];
    await declare(replication(ids));
    await expectDone(up(), { create: 1 });
    await declare(replication(ids, { direction: "RemoteToLocal", targetState: "Active" }));
    await expectFailed(
      up(),
      /copy session 14 failed: 5348/,
      /not resumed before all have the declared direction: copy sessions 12, 13/,
    );
    const acts = () =>
      sent()
        .slice(1)
        .map((act) => act.replace(" (refused)", ""));
    expect(acts().every((act) => act.startsWith("reverse"))).toBe(true);
    expect(eternus.sessions().map(({ status }) => status)).toEqual(["Suspend", "Suspend", "Suspend"]);

    // The direction is taken out of the program: then nobody can tell which is meant.
    await declare(replication(ids, { targetState: "Active" }));
    const mixed = /reversed since the last copy: copy sessions 12, 13; not reversed: copy session 14/;
    expect((await preview()).output).toMatch(mixed);
    await expectFailed(up(), mixed, /Declare `direction`/);
    expect(acts().some((act) => act.startsWith("resume"))).toBe(false);

    await declare(replication(ids, { direction: "LocalToRemote", targetState: "Active" }));
    await expectDone(up(), { update: 1 });
    expect(eternus.sessions().map(({ status, isLocalSource }) => [status, isLocalSource])).toEqual(
      ids.map(() => ["Active", true]),
    );
  },
);

scenario(
  "a direction that the array does not tell cannot be declared: neither in preview nor in the run",
  { eternus: { sessions: [{ id: 12, phase: "Copying", rateMbPerSecond: 0 }] } },
  async ({ eternus, declare, preview, up, sent }) => {
    eternus.disguise(12, { is_local_source_volume: undefined });
    await declare(replication([12], { direction: "LocalToRemote" }));
    const untold = /the array does not report the direction of copy session 12/;
    await expectFailed(preview(), untold);
    await expectFailed(up(), untold);
    expect(sent()).toEqual([]);
  },
);
