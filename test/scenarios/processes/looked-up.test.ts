import { expectFailed } from "../expectations.ts";
import { replication } from "../migration.ts";
import { processEngines, processScenario } from "../scenario.ts";

// The embedded engine reads nothing for a program.
const realEngines = processEngines.filter(({ name }) => name.startsWith("pulumi"));

processScenario(
  "a get of what is not there fails (D1)",
  { powerstore: {}, eternus: { sessions: [{ id: 12 }] } },
  async ({ declare, preview, up }) => {
    const id = "0d4e7f19-52b8-4c6e-8a31-6f2b9c0d7e85";
    await declare({ kind: "ImportSession", name: "erp", args: { sessionId: id }, options: { id } });
    for (const run of [preview, up])
      await expectFailed(run(), /could not read import session .*the array has no such object/);
    await declare({ ...replication([99]), options: { id: "dr" } });
    for (const run of [preview, up])
      await expectFailed(run(), /could not read copy session 99.*there is no copy session 99/);
  },
  realEngines,
);
