import { expect } from "vitest";
import { expectDone, expectFailed } from "./expectations.ts";
import { replication } from "./migration.ts";
import { scenario } from "./scenario.ts";

const setting = { eternus: { sessions: [{ id: 12 }] } };

scenario("a reversed group that copies is suspended before it is reversed back", setting, async (world) => {
  const { eternus, declare, preview, up, recorded, sent } = world;
  await declare(replication([12], { direction: "Reversed" }));
  await expectDone(up(), { create: 1 });
  await declare(replication([12], { direction: "Reversed", targetState: "Active" }));
  await expectDone(up(), { update: 1 });

  await declare(replication([12], { direction: "Forward", targetState: "Active" }));
  const copies = /copy session 12 copies, and its direction can only be changed while it is suspended/;
  await expectFailed(preview(), copies, /Suspend the group first/);
  await declare(replication([12], { direction: "Reversed" }));
  await expectDone(up(), { update: 1 });
  expect(sent().slice(3)).toEqual(["suspend 12"]);

  // What a rehearsal ends with: turned back and resumed in one go.
  await declare(replication([12], { direction: "Forward", targetState: "Active" }));
  const { diagnostics, output } = await expectDone(preview(), { update: 1 });
  expect(output).toContain("reverse copy session 12; then resume copy session 12");
  expect(diagnostics.join()).toContain("copy session 12 will copy from volume 1012 to volume 2012 once it is resumed");
  expect(diagnostics.join()).toMatch(/discards writes on 1 destination since .*\(volume 2012\)/);
  await expectDone(up(), { update: 1 });
  expect(eternus.session(12)).toMatchObject({ status: "Active", phase: "Equivalent", isLocalSource: true });
  expect((await recorded("dr")).outputs).toMatchObject({ sessions: [{ direction: "Forward" }] });
  expect(sent().slice(4)).toEqual(["reverse 12", "resume 12"]);
});

scenario(
  "an array without buffers for the other direction refuses the reverse, and the group stays suspended",
  { eternus: { sessions: [{ id: 12, transferMode: "Consistency" }], behaviour: { reverseBuffers: false } } },
  async ({ eternus, declare, up, recorded }) => {
    await declare(replication([12], { direction: "Reversed" }));
    await expectFailed(up(), /copy session 12 failed: 5348: .*the REC buffer is not active/);
    expect(eternus.session(12)).toMatchObject({ status: "Suspend", isLocalSource: true });
    expect((await recorded("dr")).outputs).toMatchObject({ failures: [{ id: 12, code: "5348" }] });

    // Without the reverse it is a group like any other.
    await declare(replication([12]));
    await expectDone(up(), { update: 1 });
    expect((await recorded("dr")).outputs).toMatchObject({ consistent: true, destinationUsable: true, failures: [] });
  },
);
