import { expect } from "vitest";
import type { Declaration } from "./declaration.ts";
import { expectDone, expectFailed } from "./expectations.ts";
import { replication } from "./migration.ts";
import { scenario } from "./scenario.ts";

const setting = { eternus: { sessions: [{ id: 12 }, { id: 13 }, { id: 14 }] } };
const named = (name: string, ...declared: Parameters<typeof replication>): Declaration => {
  return { ...replication(...declared), name };
};

scenario("a session that moves to another group costs nothing, whichever is updated first", setting, async (world) => {
  const { declare, preview, up, recorded, sent } = world;
  await declare(named("east", [12, 13]), named("west", [14]));
  await expectDone(up(), { create: 2 });
  const before = sent().length;
  await declare(named("east", [12]), named("west", [13, 14]));
  const { diagnostics } = await expectDone(preview(), { update: 2 });
  expect(diagnostics.join()).toContain("copy session 13 leaves the group suspended (found Active): nothing resumes it");
  await expectDone(up(), { update: 2 });
  expect((await recorded("west")).outputs).toMatchObject({ sessions: [{ id: 13 }, { id: 14 }] });
  await declare(named("east", [12, 13]), named("west", [14]));
  await expectDone(up(), { update: 2 });
  expect((await recorded("east")).outputs).toMatchObject({ sessions: [{ id: 12 }, { id: 13 }] });
  expect(sent().slice(before)).toEqual([]);
});

scenario(
  "a group with another name takes over the sessions, and the delete of the old one sends nothing",
  setting,
  async (world) => {
    const { eternus, declare, up, sent } = world;
    await declare(named("east", [12, 13, 14]));
    await expectDone(up(), { create: 1 });
    await declare(named("west", [12, 13]));
    const { diagnostics } = await expectDone(up(), { create: 1, delete: 1 });
    expect(diagnostics.join()).toMatch(/left to "west" .*nothing is sent: copy session 12, copy session 13/);
    expect(sent()).toEqual(["suspend 12,13,14", "resume 14"]);
    expect(eternus.sessions().map(({ status }) => status)).toEqual(["Suspend", "Suspend", "Active"]);
  },
);

scenario(
  "two groups that list one session are refused in preview, and so is one that another is to resume",
  setting,
  async (world) => {
    const { declare, preview, up, sent } = world;
    await declare(named("east", [12, 13]));
    await expectDone(up(), { create: 1 });
    const both = /declare copy session 13/;
    await declare(named("east", [12, 13]), named("west", [13, 14]));
    await expectFailed(preview(), both);
    await declare(named("east", [12], { resume: [13] }), named("west", [13, 14]));
    await expectFailed(preview(), both);
    await declare(named("east", [12], { resume: [13] }));
    await expectDone(up(), { update: 1 });
    // It has left the group: that it is still named in \`resume\` is no claim.
    await declare(named("east", [12], { resume: [13] }), named("west", [13, 14]));
    await expectDone(up(), { create: 1, same: 1 });
    expect(sent()).toEqual(["suspend 12,13", "resume 13", "suspend 13,14"]);
  },
);
