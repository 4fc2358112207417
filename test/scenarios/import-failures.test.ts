import { expect } from "vitest";
import type { SimulatedPowerStore } from "../arrays/index.ts";
import { expectDone, expectFailed, seen } from "./expectations.ts";
import { volume } from "./migration.ts";
import { scenario } from "./scenario.ts";

const neverEnds = { powerstore: { bytesPerSecond: 0 } };
const fast = 1024 ** 4;

scenario("a session that fails is named, and the next up replaces it", neverEnds, async (world) => {
  const { powerstore, declare, up, recorded, sent, during } = world;
  await declare(volume());
  const failing = up();
  await during(
    failing,
    seen(powerstore, () => stateOf(powerstore) === "Copy_In_Progress"),
  );
  const first = powerstore.sessions()[0]?.id ?? "";
  powerstore.fail(first, "0xE0201010001", "The connection to the source volume was lost.");
  await expectFailed(failing, /the session is Failed: 0xE0201010001 The connection to the source volume was lost/);
  expect(await recorded("erp")).toMatchObject({
    id: first,
    outputs: { state: "Failed", error: { code: "0xE0201010001" } },
    initErrors: [expect.stringContaining(`import session ${first}`)],
  });

  const replacing = up();
  await during(replacing, () => stateOf(powerstore) === "Copy_In_Progress");
  powerstore.setRate(powerstore.sessions()[0]?.id ?? "", fast);
  const { diagnostics } = await expectDone(replacing, { replace: 1 });
  expect(diagnostics.join()).toContain("the copy starts again");
  expect(powerstore.sessions()).toMatchObject([{ id: (await recorded("erp")).id, state: "Ready_For_Cutover" }]);
  expect(sent()).toEqual(["create sv_42", "remove", "create sv_42"]);
});

scenario(
  "when the time is up the session stays recorded, and the next up goes on with it",
  neverEnds,
  async (world) => {
    const { powerstore, declare, up, recorded, sent } = world;
    await declare(volume({}, { customTimeouts: { create: "4s" } }));
    await expectFailed(up(), /the deadline passed while copying/, /[Rr]un .* again/);
    const { id, outputs, initErrors } = await recorded("erp");
    expect(outputs).toMatchObject({ state: "Copy_In_Progress" });
    expect(initErrors).toEqual([expect.stringContaining("the deadline passed")]);

    powerstore.setRate(id, fast);
    await expectDone(up(), { update: 1 });
    expect(await recorded("erp")).toMatchObject({ id, outputs: { state: "Ready_For_Cutover" }, initErrors: [] });
    expect(sent()).toEqual(["create sv_42"]);
  },
);

scenario("after a Ctrl-C in the middle of the copy the next up goes on with the session", neverEnds, async (world) => {
  const { powerstore, declare, up, recorded, sent, during } = world;
  await declare(volume());
  const ctrlC = new AbortController();
  const interrupted = up({ signal: ctrlC.signal });
  await during(
    interrupted,
    seen(powerstore, () => stateOf(powerstore) === "Copy_In_Progress"),
  );
  ctrlC.abort();
  await expectFailed(interrupted, /the run was interrupted while copying/);
  const { id, outputs } = await recorded("erp");
  expect(outputs).toMatchObject({ state: "Copy_In_Progress" });

  powerstore.setRate(id, fast);
  await expectDone(up(), { update: 1 });
  expect((await recorded("erp")).id).toBe(id);
  expect(powerstore.sessions()).toMatchObject([{ id, state: "Ready_For_Cutover" }]);
  expect(sent()).toEqual(["create sv_42"]);
});

scenario("after the loss of the machine the next up finds the session by its name", neverEnds, async (world) => {
  const { powerstore, declare, up, recorded, sent, during } = world;
  await declare(volume());
  const loss = new AbortController();
  const lost = up({ loss: loss.signal });
  await during(
    lost,
    seen(powerstore, () => stateOf(powerstore) === "Copy_In_Progress"),
  );
  loss.abort();
  expect((await lost).ok).toBe(false);
  expect(await recorded("erp")).toMatchObject({ id: "", pending: "creating" });
  powerstore.endLogins();

  powerstore.setRate(powerstore.sessions()[0]?.id ?? "", fast);
  await expectDone(up(), { create: 1 });
  expect(powerstore.sessions()).toMatchObject([{ id: (await recorded("erp")).id, state: "Ready_For_Cutover" }]);
  expect(sent()).toEqual(["create sv_42"]);
});

/** The state of the only session. */
function stateOf(powerstore: Pick<SimulatedPowerStore, "sessions">): string | undefined {
  return powerstore.sessions()[0]?.state;
}
