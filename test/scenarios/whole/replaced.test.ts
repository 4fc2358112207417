import { expect } from "vitest";
import { expectDone, expectFailed } from "../expectations.ts";
import { volume } from "../migration.ts";
import { everyEngineScenario as scenario } from "../scenario.ts";

scenario(
  "a session that Pulumi is told to replace is cancelled before another is made, where copyAgain names it",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, preview, up, recorded, sent } = world;
    await declare(volume());
    await expectDone(up(), { create: 1 });
    const { id, urn } = await recorded("erp");
    await expectFailed(up({ replace: [urn] }), /its copy would be thrown away.*set copyAgain: "/);
    await declare(volume({ copyAgain: id }));
    const { output } = await expectDone(preview({ replace: [urn] }), { replace: 1 });
    expect(output).toContain(`continue with session ${id} (Ready_For_Cutover)`);
    await expectDone(up({ replace: [urn] }), { replace: 1 });
    const replacement = await recorded("erp");
    expect(replacement.id).not.toBe(id);
    expect(powerstore.sessions()).toMatchObject([{ id: replacement.id, state: "Ready_For_Cutover" }]);
    expect(sent()).toEqual(["create sv_42", "cancel", "remove", "create sv_42"]);
  },
);
