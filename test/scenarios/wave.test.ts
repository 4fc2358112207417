import { expect } from "vitest";
import { expectDone, expectFailed } from "./expectations.ts";
import { engines, everyEngineScenario, scenario } from "./scenario.ts";
import { isCopying, sessionOf, threeVolumes, wave } from "./wave.ts";

const fast = 1024 ** 4;
const allReady = { a: "Ready_For_Cutover", b: "Ready_For_Cutover", c: "Ready_For_Cutover" };

everyEngineScenario(
  "a wave is copied, two at once, cut over with its canary first, and nothing complete is cancelled",
  threeVolumes("sv_1", "sv_2"),
  async (world) => {
    const { powerstore, declare, preview, up, refresh, destroy, recorded, sent, during } = world;
    await declare(wave({ copiesAtOnce: 2 }));
    const copying = up();
    await during(copying, () => isCopying(powerstore, "sv_1", "sv_2"));
    expect(powerstore.sessions()).toHaveLength(2);
    powerstore.setRate(sessionOf(powerstore, "sv_2").id, fast);
    await during(copying, () => powerstore.sessions().length === 3);
    powerstore.setRate(sessionOf(powerstore, "sv_1").id, fast);
    const { outputs } = await expectDone(copying, { create: 3 });
    expect(outputs.outputs).toEqual({ w: { states: allReady, ready: true, complete: false } });

    await declare(wave({ copiesAtOnce: 2, cutover: true, cutoverApproval: "" }));
    const held = await expectDone(up(), { create: 3, same: 3 });
    expect(held.diagnostics.join()).toContain(`held: until approved: set the wave's cutoverApproval to "w"`);
    expect(held.diagnostics.join()).not.toContain("mark of another");
    // The state of a wave grows with its members, not with their square.
    const copy = await recorded("w-b");
    const { inputs, outputs: made, dependencies } = await recorded("w-b-cutover");
    expect(dependencies.filter((urn) => urn.includes("ImportSession"))).toEqual([copy.urn]);
    expect(JSON.stringify({ ...inputs, ...made })).not.toContain((await recorded("w-c")).id);

    await declare(wave({ copiesAtOnce: 2, cutover: true, cutoverApproval: "w" }));
    const plan = await expectDone(preview(), { update: 3, same: 3 });
    expect(plan.diagnostics.filter((text) => text.includes("cutover: irreversible"))).toHaveLength(3);
    expect(sent()).toHaveLength(3);
    const { outputs: done } = await expectDone(up(), { update: 3, same: 3 });
    expect(done.outputs).toMatchObject({ w: { ready: true, complete: true } });
    expect(powerstore.acts()[3]?.path).toContain((await recorded("w-a-cutover")).id);
    await expectDone(up(), { same: 6 });

    // Somebody clears the record of a session that is over: it is not copied again, not even after a refresh.
    powerstore.operator.remove((await recorded("w-b")).id);
    expect((await expectDone(up(), { same: 6 })).diagnostics.join()).toContain("If it was cut over, nothing is lost");
    expect((await refresh()).ok).toBe(true);
    await declare(wave());
    await expectDone(up(), { delete: 3, same: 3 });
    await expectDone(destroy(), { delete: 3 });
    expect(powerstore.sessions()).toEqual([]);
    expect(sent().slice(3)).toEqual(["cutover", "cutover", "cutover", "remove", "remove"]);
  },
);

everyEngineScenario(
  "a change of the copies hides their sessions from a preview, and neither refuses nor replaces their cutovers",
  threeVolumes(),
  async ({ declare, preview, up, sent }) => {
    const defaults = { remoteSystemId: "name:old-unity", type: "Non_Disruptive", forceCancelAfter: "1h" } as const;
    const announced = "cutover, unless the wave holds it: irreversible";
    await declare(wave({ cutover: true, cutoverApproval: "" }));
    await expectDone(up(), { create: 6 });
    await declare(wave({ cutover: true, cutoverApproval: "w", defaults }));
    const plan = await expectDone(preview(), { update: 6 });
    expect(plan.diagnostics.filter((text) => text.includes(announced))).toHaveLength(3);
    await declare(wave({ cutover: "canary", defaults }));
    await expectDone(up(), { update: 4, delete: 2 });
    expect(sent().slice(3)).toEqual(["cutover"]);

    await declare(wave({ cutover: true }));
    const rest = await expectDone(preview(), { update: 4, create: 2 });
    expect(rest.diagnostics.join()).not.toContain("another session");
    await expectDone(up(), { update: 3, create: 2, same: 1 });
    expect(sent().slice(3)).toEqual(["cutover", "cutover", "cutover"]);
  },
);

scenario("a destroy between cancels what is not over, once, and nothing else", threeVolumes(), async (world) => {
  const { powerstore, declare, preview, up, destroy, sent } = world;
  await declare(wave({ cutover: true, cutoverWindow: { notBefore: "2020-01-01T00:00:00Z" } }));
  const first = await expectDone(preview(), { create: 6 });
  const irreversible = "cutover, unless the wave holds it: irreversible; the source no longer kept in sync";
  expect(first.diagnostics.filter((text) => text.includes(irreversible))).toHaveLength(3);
  await declare(wave({ cutover: true, cutoverApproval: "" }));
  const unapproved = await expectDone(preview(), { create: 6 });
  expect(unapproved.output).toContain(`held: until approved: set the wave's cutoverApproval to "w"`);
  expect(unapproved.diagnostics.join()).not.toContain("cutover, unless");

  await declare(wave({ cutover: "canary" }));
  const { outputs } = await expectDone(up(), { create: 4 });
  expect(outputs.outputs).toMatchObject({ w: { states: { ...allReady, a: "Import_Completed" }, complete: false } });
  await declare(wave({ cutover: true, cutoverApproval: "" }));
  await expectDone(up(), { create: 2, update: 1, same: 3 });

  await expectDone(destroy(), { delete: 6 });
  expect(powerstore.sessions()).toEqual([]);
  expect(sent().slice(4).sort()).toEqual(["cancel", "cancel", "remove", "remove", "remove"]);
});

scenario(
  "a member that fails leaves the others copying and all of them uncut, and the next up goes on",
  threeVolumes("sv_2", "sv_3"),
  async (world) => {
    const { powerstore, declare, up, sent, during } = world;
    await declare(wave({ cutover: true }));
    const failing = up();
    await during(failing, () => isCopying(powerstore, "sv_2", "sv_3"));
    powerstore.fail(sessionOf(powerstore, "sv_2").id, "0xE0201010001", "The source volume was lost.");
    powerstore.setRate(sessionOf(powerstore, "sv_3").id, fast);
    await expectFailed(failing, /The source volume was lost/);
    // Without a bound all begin at once, in whatever order.
    expect([...sent()].sort()).toEqual(["create sv_1", "create sv_2", "create sv_3"]);
    expect(["sv_1", "sv_2", "sv_3"].map((source) => sessionOf(powerstore, source).state)).toEqual([
      "Ready_For_Cutover",
      "Failed",
      "Ready_For_Cutover",
    ]);

    const again = up();
    await during(again, () => isCopying(powerstore, "sv_2"));
    expect(sent()).not.toContain("cutover");
    powerstore.setRate(sessionOf(powerstore, "sv_2").id, fast);
    await expectDone(again, { replace: 1, create: 3, same: 2 });
    expect(sent().slice(3)).toEqual(["remove", "create sv_2", "cutover", "cutover", "cutover"]);
  },
);

scenario(
  "a member that was cancelled by hand holds the wave until it is taken out of it",
  threeVolumes(),
  async (world) => {
    const { powerstore, declare, up, recorded, sent } = world;
    await declare(wave());
    await expectDone(up(), { create: 3 });
    const { id } = await recorded("w-b");
    powerstore.setState(id, "Cancelled", { stays: true });
    powerstore.operator.remove(id);

    await declare(wave({ cutover: "canary" }));
    const held = await expectDone(up(), { create: 1, same: 3 });
    expect(held.diagnostics.join()).toContain(
      `held: session ${id} of the wave is not on the array any more; if it was cut over, take its member out of the wave`,
    );
    const members = { a: { sourceResourceId: "sv_1" }, c: { sourceResourceId: "sv_3" } };
    await declare(wave({ members, cutover: true }));
    await expectDone(up(), { create: 1, update: 1, delete: 1, same: 2 });
    expect(sent().slice(3)).toEqual(["cutover", "cutover"]);
    expect(powerstore.sessions().map(({ state }) => state)).toEqual(["Import_Completed", "Import_Completed"]);
  },
);

// The embedded engine knows no aliases.
for (const engine of engines.filter(({ name }) => name !== "embedded")) {
  scenario(
    "a member that has another name now keeps its session, copied and waiting for its cutover, and so does a wave",
    threeVolumes(),
    async (world) => {
      const { declare, preview, up, recorded, sent } = world;
      const members = { a: { sourceResourceId: "sv_1" }, c: { sourceResourceId: "sv_3" } };
      const waiting = { cutover: true, cutoverApproval: "" } as const;
      await declare(wave(waiting));
      await expectDone(up(), { create: 6 });
      const { id } = await recorded("w-b");

      const renamed = { members: { ...members, beta: { sourceResourceId: "sv_2" } }, formerNames: { beta: "b" } };
      await declare(wave({ ...waiting, ...renamed }));
      await expectDone(preview(), { same: 6 });
      await expectDone(up(), { same: 6 });
      expect((await recorded("w-beta")).id).toBe(id);
      const options = { aliases: [{ name: "w" }] };
      await declare({ ...wave({ ...waiting, ...renamed }), name: "weekend", options });
      await expectDone(preview(), { update: 3, same: 3 });
      await declare(wave({ cutover: true, ...renamed }));
      await expectDone(up(), { update: 3, same: 3 });
      expect(sent().slice(3)).toEqual(["cutover", "cutover", "cutover"]);
    },
    [engine],
  );
}
