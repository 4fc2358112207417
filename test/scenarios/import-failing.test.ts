import { expect } from "vitest";
import type { SimulatedPowerStore } from "../arrays/index.ts";
import { expectDone, expectFailed, seen } from "./expectations.ts";
import { volume } from "./migration.ts";
import { scenario } from "./scenario.ts";

const neverEnds = { powerstore: { bytesPerSecond: 0 } };
const fast = 1024 ** 4;

scenario(
  "a session that fails is named and kept, and replaced only where copyAgain names it",
  neverEnds,
  async (world) => {
    const { powerstore, declare, preview, up, recorded, sent, during } = world;
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

    const stays = new RegExp(`the session is Failed: 0xE0201010001 .*set copyAgain: "${first}"`);
    await expectFailed(preview(), stays);
    await expectFailed(up(), stays);
    expect(powerstore.sessions()).toMatchObject([{ id: first, state: "Failed" }]);

    await declare(volume({ copyAgain: first }));
    const replacing = up();
    await during(replacing, () => stateOf(powerstore) === "Copy_In_Progress");
    powerstore.setRate(powerstore.sessions()[0]?.id ?? "", fast);
    const { diagnostics } = await expectDone(replacing, { replace: 1 });
    expect(diagnostics.join()).toContain("the copy starts again");
    expect(powerstore.sessions()).toMatchObject([{ id: (await recorded("erp")).id, state: "Ready_For_Cutover" }]);
    expect(sent()).toEqual(["create sv_42", "remove", "create sv_42"]);
  },
);

/** The state of the only session. */
function stateOf(powerstore: Pick<SimulatedPowerStore, "sessions">): string | undefined {
  return powerstore.sessions()[0]?.state;
}
