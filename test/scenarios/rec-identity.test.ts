import { expect } from "vitest";
import { expectDone, expectFailed } from "./expectations.ts";
import { replication } from "./migration.ts";
import { scenario } from "./scenario.ts";

const three = { eternus: { sessions: [{ id: 12 }, { id: 13 }, { id: 14 }] } };

scenario(
  "a group whose address leads to another array is not forgotten: every command fails, and sends nothing (S5)",
  three,
  async ({ eternus, declare, preview, up, refresh, destroy, recorded, sent }) => {
    await declare(replication([12, 13, 14]));
    await expectDone(up(), { create: 1 });
    const before = (await recorded("dr")).outputs;
    // The other array has one id less, and other pairs behind the rest.
    eternus.operator.delete(12);
    for (const id of [13, 14]) eternus.reidentify(id, { remoteVolume: { number: 4711 } });
    const elsewhere = /no session on record is on this array: there is no copy session 12; copy session 13 is now/;
    for (const command of [refresh, preview, up, destroy]) await expectFailed(command(), elsewhere);
    await declare();
    await expectFailed(up(), elsewhere);
    expect((await recorded("dr")).outputs).toMatchObject({ sessions: before.sessions });
    expect(sent()).toEqual(["suspend 12,13,14"]);

    eternus.operator.add({ id: 12, status: "Suspend" });
    for (const id of [13, 14]) eternus.reidentify(id, { remoteVolume: { number: 2000 + id } });
    await expectDone(destroy(), { delete: 1 });
    expect(sent().slice(1).sort()).toEqual(["resume 12", "resume 13", "resume 14"]);
  },
);

scenario(
  "a pair that is not told at first is pinned as soon as it is, and another pair is refused from then on (S12)",
  three,
  async ({ eternus, declare, up, recorded, preview, sent }) => {
    const untold = { remote_boxid: undefined, source_volume_number: undefined, is_local_source_volume: undefined };
    for (const id of [12, 13]) eternus.disguise(id, untold);
    await declare(replication([12, 13]));
    await expectDone(up(), { create: 1 });
    expect((await recorded("dr")).outputs).toMatchObject({ sessions: [{ pair: { destinationVolume: 2012 } }, {}] });
    for (const id of [12, 13]) eternus.disguise(id, undefined);
    await expectDone(up(), { update: 1 });
    expect((await recorded("dr")).outputs).toMatchObject({
      sessions: [{ pair: { sourceVolume: 1012, destinationVolume: 2012, isLocalSource: true } }, {}],
    });
    eternus.reidentify(13, { localVolume: { number: 9, name: "vol#9" } });
    await expectFailed(preview(), /copy session 13 is now volume 9 to volume 2013/);
    expect(sent()).toEqual(["suspend 12,13"]);
  },
);

scenario(
  "data that somebody has suspended in one go, or again, is not called consistent (S12)",
  three,
  async ({ eternus, declare, up, refresh, recorded }) => {
    await declare(replication([12, 13]));
    await expectDone(up(), { create: 1 });
    expect((await recorded("dr")).outputs).toMatchObject({ consistent: true });
    for (const id of [12, 13]) eternus.operator.resume(id);
    await refresh();
    for (const id of [12, 13]) {
      eternus.change(id, { phase: "Equivalent" });
      eternus.operator.suspend(id);
    }
    await refresh();
    expect((await recorded("dr")).outputs).toMatchObject({ consistent: false });
  },
);
