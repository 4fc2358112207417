import { expect } from "vitest";
import { expectDone, expectFailed } from "./expectations.ts";
import { replication } from "./migration.ts";
import { scenario } from "./scenario.ts";

const setting = { eternus: { sessions: [{ id: 12 }] } };

scenario("a group that was reversed is resumed the other way", setting, async (world) => {
  const { eternus, declare, preview, up, refresh, recorded, sent } = world;
  await declare(replication([12], { direction: "Reversed" }));
  const first = await expectDone(preview(), { create: 1 });
  expect(first.diagnostics.join()).toContain("copy session 12 will copy from volume 2012 to volume 1012 once it is");
  await expectDone(up(), { create: 1 });
  expect(sent()).toEqual(["suspend 12", "reverse 12"]);

  await declare(replication([12], { direction: "Reversed", targetState: "Active" }));
  const announced = await expectDone(preview(), { update: 1 });
  // It is the source of before that is overwritten now.
  const whatIsLost = /discards writes on 1 destination since \d{4}-\d\d-\d\dT[\d:]+Z \(volume 1012\)/;
  expect(announced.diagnostics.join()).toMatch(whatIsLost);
  await expectDone(up(), { update: 1 });
  expect(eternus.session(12)).toMatchObject({ status: "Active", phase: "Equivalent", isLocalSource: false });
  await expectDone(refresh(), { same: 1 });
  const copyingBack = { direction: "Reversed", pair: { sourceVolume: 1012, destinationVolume: 2012 } };
  expect((await recorded("dr")).outputs).toMatchObject({ sessions: [copyingBack], failures: [] });
  expect(sent()).toEqual(["suspend 12", "reverse 12", "resume 12"]);
});

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
  "a destroy reverses a suspended group back, and leaves one that copies reversed, with a warning",
  setting,
  async ({ eternus, declare, up, destroy, sent }) => {
    await declare(replication([12], { direction: "Reversed" }));
    await expectDone(up(), { create: 1 });
    await expectDone(destroy(), { delete: 1 });
    expect(eternus.session(12)).toMatchObject({ status: "Active", isLocalSource: true });
    expect(sent().slice(2)).toEqual(["reverse 12", "resume 12"]);

    await expectDone(up(), { create: 1 });
    await declare(replication([12], { direction: "Reversed", targetState: "Active" }));
    await expectDone(up(), { update: 1 });
    const left = await expectDone(destroy(), { delete: 1 });
    expect(left.diagnostics.join()).toContain("copy session 12 continues to copy in the reversed direction");
    expect(eternus.session(12)).toMatchObject({ status: "Active", isLocalSource: false });
    expect(sent().slice(4)).toEqual(["suspend 12", "reverse 12", "resume 12"]);
  },
);

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
