import { expect } from "vitest";
import { expectDone } from "../expectations.ts";
import { everyEngineScenario as scenario } from "../scenario.ts";
import { isCopying, sessionOf, threeVolumes, wave } from "../wave.ts";

const fast = 1024 ** 4;
const allReady = { a: "Ready_For_Cutover", b: "Ready_For_Cutover", c: "Ready_For_Cutover" };

scenario(
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
    expect(plan.diagnostics.filter((text) => text.includes("cut over (irreversible)"))).toHaveLength(3);
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

scenario(
  "a change of the copies hides their sessions from a preview, and neither refuses nor replaces their cutovers",
  threeVolumes(),
  async ({ declare, preview, up, sent }) => {
    const defaults = { remoteSystemId: "name:old-unity", type: "Non_Disruptive", forceCancelAfter: "30m" } as const;
    const announced = "warning: if the wave does not hold it: cut over (irreversible)";
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
