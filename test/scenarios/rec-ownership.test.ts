import { expect } from "vitest";
import type { Declaration } from "./declaration.ts";
import { expectDone, expectFailed } from "./expectations.ts";
import { replication } from "./migration.ts";
import { scenario } from "./scenario.ts";
import type { World } from "./world.ts";

const three = { eternus: { sessions: [{ id: 12 }, { id: 13 }, { id: 14 }] } };
const statusesOf = ({ eternus }: Pick<World, "eternus">) => eternus.sessions().map(({ status }) => status);

scenario(
  "a destroy resumes only what the group's own job has suspended, and every preview says what it would do (S10)",
  three,
  async (world) => {
    const { eternus, declare, preview, up, refresh, destroy, sent } = world;
    await declare(replication([12, 13, 14], { targetState: "Active" }));
    await expectDone(up(), { create: 1 });
    // All of them were found Active. Somebody else suspends one.
    eternus.operator.suspend(13);
    await declare(replication([12, 13, 14]));
    const destroys = (ids: string) =>
      `destroy would resume copy sessions ${ids}, discarding writes on the destinations`;
    expect((await expectDone(preview(), { update: 1 })).output).toContain(destroys("12, 14"));
    await expectDone(up(), { update: 1 });
    expect(sent()).toEqual(["suspend 12,14"]);

    // The group's own suspend is undone by hand, and made again by hand.
    eternus.operator.resume(14);
    await refresh();
    eternus.change(14, { phase: "Equivalent" });
    eternus.operator.suspend(14);
    const { diagnostics } = await expectDone(destroy(), { delete: 1 });
    expect(statusesOf(world)).toEqual(["Active", "Suspend", "Suspend"]);
    for (const id of [13, 14])
      expect(diagnostics.join("\n")).toContain(`copy session ${id} stays suspended: no job of this group suspended it`);
    expect(diagnostics.join("\n")).not.toContain("restored");
    expect(sent().slice(1)).toEqual(["resume 12"]);
  },
);

scenario("a destroy of a group that was reversed never reverses it back, and says so (G8)", three, async (world) => {
  const { eternus, declare, up, preview, destroy, sent } = world;
  await declare(replication([12, 13]));
  await expectDone(up(), { create: 1 });
  await declare(replication([12, 13], { direction: "RemoteToLocal" }));
  const { output } = await expectDone(preview(), { update: 1 });
  expect(output).not.toContain("destroy would");
  await expectDone(up(), { update: 1 });
  const before = sent().length;
  const { diagnostics } = await expectDone(destroy(), { delete: 1 });
  expect(sent().slice(before)).toEqual([]);
  expect(eternus.session(12)).toMatchObject({ status: "Suspend", isLocalSource: false });
  expect(diagnostics.join("\n")).toContain(
    "copy session 12 stays suspended: it was reversed since it last copied, and a resume would copy from volume 2012 to volume 1012",
  );
});

scenario("a destroy resumes a reversed group in the direction in which it last copied", three, async (world) => {
  const { eternus, declare, up, destroy, sent } = world;
  const reversed = { direction: "RemoteToLocal" } as const;
  await declare(replication([12], reversed));
  await expectDone(up(), { create: 1 });
  await declare(replication([12], { ...reversed, targetState: "Active" }));
  await expectDone(up(), { update: 1 });
  await declare(replication([12], reversed));
  await expectDone(up(), { update: 1 });
  const before = sent().length;
  await expectDone(destroy(), { delete: 1 });
  expect(sent().slice(before)).toEqual(["resume 12"]);
  expect(eternus.session(12)).toMatchObject({ status: "Active", isLocalSource: false });
});

// The clocks of an array and of the runner agree about when a suspend was.
const named = (name: string, ...declared: Parameters<typeof replication>): Declaration => {
  return { ...replication(...declared), name };
};

scenario(
  "a group that is renamed without an alias leaves its members as they are, and says so: nobody knows in which direction they last copied",
  { ...three, speed: 1 },
  async (world) => {
    const { eternus, declare, preview, up, destroy, sent } = world;
    eternus.operator.suspend(14);
    await declare(named("east", [12, 13, 14]));
    await expectDone(up(), { create: 1 });
    await declare(named("west", [12, 13, 14]));
    const shown = await expectDone(preview(), { create: 1, delete: 1 });
    expect(shown.output).not.toContain("destroy would resume copy");
    const { diagnostics } = await expectDone(up(), { create: 1, delete: 1 });
    expect(diagnostics.join("\n")).toContain("had been suspended before: a destroy leaves them suspended");
    expect(sent()).toEqual(["suspend 12,13"]);
    await expectDone(destroy(), { delete: 1 });
    expect(sent()).toEqual(["suspend 12,13"]);
    expect(statusesOf(world)).toEqual(["Suspend", "Suspend", "Suspend"]);
  },
);

scenario(
  "a group that takes over sessions of which the array does not tell when they were suspended leaves them as they are",
  three,
  async (world) => {
    const { eternus, declare, up, destroy, sent } = world;
    await declare(named("east", [12, 13]));
    await expectDone(up(), { create: 1 });
    for (const id of [12, 13]) eternus.disguise(id, { backup_time: undefined });
    await declare(named("west", [12, 13]));
    const { diagnostics } = await expectDone(up(), { create: 1, delete: 1 });
    expect(diagnostics.join("\n")).toContain(
      "copy sessions 12, 13 had been suspended before: a destroy leaves them suspended",
    );
    const { diagnostics: last, output } = await expectDone(destroy(), { delete: 1 });
    expect([...last, output].join("\n")).not.toMatch(/\brestored\b/);
    expect(sent()).toEqual(["suspend 12,13"]);
  },
);

scenario(
  "a group names its target state: without one nothing is suspended (G7)",
  three,
  async ({ declare, preview, up, sent }) => {
    // As a program in JavaScript declares it.
    await declare(replication([12], JSON.parse('{ "targetState": null }')));
    const sentence = /targetState.* must be \\?"Suspend\\?" or \\?"Active/;
    await expectFailed(preview(), sentence);
    await expectFailed(up(), sentence);
    await declare(replication([12], JSON.parse('{ "direction": "Forward" }')));
    await expectFailed(preview(), /Forward\\?" of 0\.1\.0 is \\?"LocalToRemote\\?" if this array held the source/);
    expect(sent()).toEqual([]);
  },
);
