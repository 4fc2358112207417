import { expect } from "vitest";
import { expectDone, expectFailed } from "./expectations.ts";
import { scenario } from "./scenario.ts";
import { isCopying, sessionOf, threeVolumes, wave } from "./wave.ts";

const fast = 1024 ** 4;
const allReady = { a: "Ready_For_Cutover", b: "Ready_For_Cutover", c: "Ready_For_Cutover" };

scenario("a destroy between cancels what is not over, once, and nothing else", threeVolumes(), async (world) => {
  const { powerstore, declare, preview, up, destroy, sent } = world;
  await declare(wave({ cutover: true, cutoverWindow: { notBefore: "2020-01-01T00:00:00Z" } }));
  const first = await expectDone(preview(), { create: 6 });
  const irreversible = "warning: if the wave does not hold it: cut over (irreversible)";
  expect(first.diagnostics.filter((text) => text.includes(irreversible))).toHaveLength(3);
  await declare(wave({ cutover: true, cutoverApproval: "" }));
  const unapproved = await expectDone(preview(), { create: 6 });
  expect(unapproved.output).toContain(`held: until approved: set the wave's cutoverApproval to "w"`);
  expect(unapproved.diagnostics.join()).not.toContain("irreversible");

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
  "a member that fails leaves the others copying and none of them cut over, until copyAgain names it",
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

    await expectFailed(up(), /The source volume was lost.*set copyAgain: "/);
    expect(sent()).toHaveLength(3);
    const b = { sourceResourceId: "sv_2", copyAgain: sessionOf(powerstore, "sv_2").id };
    const members = { a: { sourceResourceId: "sv_1" }, b, c: { sourceResourceId: "sv_3" } };
    await declare(wave({ members, cutover: true }));
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
