import { expect } from "vitest";
import { expectDone } from "../expectations.ts";
import { volume } from "../migration.ts";
import { processEngines, processScenario } from "../scenario.ts";

// The embedded engine knows no aliases.
const realEngines = processEngines.filter(({ name }) => name.startsWith("pulumi"));

processScenario(
  "an import that is renamed with an alias, and its record knows its new name (S4)",
  { powerstore: {} },
  async ({ declare, preview, up, recorded, sent }) => {
    await declare(volume());
    await expectDone(up(), { create: 1 });
    const renamed = { ...volume({}, { aliases: [{ name: "erp" }] }), name: "erp-database" };
    await declare(renamed);
    await expectDone(up(), { update: 1 });
    const { urn, outputs } = await recorded("erp-database");
    expect(outputs.resourceUrn).toBe(urn);
    await expectDone(preview(), { same: 1 });
    expect(sent()).toEqual(["create sv_42"]);
  },
  realEngines,
);
