import { expect } from "vitest";
import { during, expectDone, expectFailed } from "./expectations.ts";
import { everyEngineScenario, scenario } from "./scenario.ts";
import { isCopying, sessionOf, threeVolumes, wave } from "./wave.ts";

const fast = 1024 ** 4;
const allReady = { a: "Ready_For_Cutover", b: "Ready_For_Cutover", c: "Ready_For_Cutover" };

everyEngineScenario(
  "a wave is copied, two at once, cut over with its canary first, and nothing complete is cancelled",
  threeVolumes("sv_1", "sv_2"),
  async (world) => {
    const { powerstore, declare, preview, up, refresh, destroy, recorded, sent } = world;
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

scenario("a destroy between cancels what is not over, once, and nothing else", threeVolumes(), async (world) => {
  const { powerstore, declare, up, destroy, sent } = world;
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
    const { powerstore, declare, up, sent } = world;
    await declare(wave({ cutover: true }));
    const failing = up();
    await during(failing, () => isCopying(powerstore, "sv_2", "sv_3"));
    powerstore.fail(sessionOf(powerstore, "sv_2").id, "0xE0201010001", "The source volume was lost.");
    powerstore.setRate(sessionOf(powerstore, "sv_3").id, fast);
    await expectFailed(failing, /The source volume was lost/);
    expect(sent()).toEqual(["create sv_1", "create sv_2", "create sv_3"]);
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
