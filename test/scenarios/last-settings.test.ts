import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { newCertificateAuthority } from "../arrays/certificate.ts";
import { expectDone, expectFailed } from "./expectations.ts";
import { replication, volume } from "./migration.ts";
import { scenario } from "./scenario.ts";

const says = [/settings of the last `pulumi up`/, /--run-program/, /passwordFile/];

scenario(
  "after a new password, a refresh and a destroy say that they use the last up's, and an up helps (S15)",
  { powerstore: {} },
  async (world) => {
    const { powerstore, configure, declare, up, refresh, destroy, preview, recorded, sent } = world;
    await declare(volume());
    await expectDone(up(), { create: 1 });
    const { id } = await recorded("erp");
    powerstore.changePassword("another-one-2");
    await configure({ "powerstore:password": { secret: "another-one-2" } });
    await expectFailed(refresh(), /answered 401/, ...says);
    await expectFailed(destroy(), /answered 401/, ...says);
    expect((await recorded("erp")).id).toBe(id);
    await expectDone(preview(), { same: 1 });
    await expectDone(up(), { same: 1 });
    await expectDone(refresh(), { same: 1 });
    await expectDone(destroy(), { delete: 1 });
    expect(sent()).toEqual(["create sv_42", "cancel", "remove"]);
  },
);

scenario(
  "a password in a file is today's in every command, also for a resource that left the program (S15)",
  { powerstore: {}, eternus: { sessions: [{ id: 12 }] } },
  async (world) => {
    const { powerstore, configure, declare, up, refresh, recorded, sent } = world;
    const file = join(mkdtempSync(join(tmpdir(), "storage-migration-password-")), "password");
    writeFileSync(file, `${powerstore.password}\n`);
    await configure({ "powerstore:password": "", "powerstore:passwordFile": file });
    await declare(volume(), replication([12]));
    await expectDone(up(), { create: 2 });
    powerstore.changePassword("another-one-3");
    writeFileSync(file, "another-one-3\n");
    await expectDone(refresh(), { same: 2 });
    expect(JSON.stringify(await recorded("erp"))).not.toContain("another-one-3");
    await declare(replication([12]));
    await expectDone(up(), { same: 1, delete: 1 });
    expect(sent()).toEqual(["create sv_42", "suspend 12", "cancel", "remove"]);
  },
);

scenario(
  "after a new certificate, a refresh says that it uses the last up's (S15)",
  { powerstore: {} },
  async (world) => {
    const { configure, declare, powerstore, up, refresh, destroy } = world;
    const { caCertificate: other } = await newCertificateAuthority();
    const file = join(mkdtempSync(join(tmpdir(), "storage-migration-ca-")), "ca.pem");
    writeFileSync(file, powerstore.caCertificate);
    await configure({ "powerstore:caCertificate": file });
    await declare(volume());
    await expectDone(up(), { create: 1 });
    writeFileSync(file, other);
    for (const run of [refresh, destroy]) await expectFailed(run(), /certificate failed verification/, ...says);
    writeFileSync(file, powerstore.caCertificate);
    await expectDone(destroy(), { delete: 1 });
  },
);
