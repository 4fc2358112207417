import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { expectDone, expectFailed } from "../expectations.ts";
import { processScenario as scenario } from "../scenario.ts";

const program = fileURLToPath(new URL("copy-session-lookups", import.meta.url));
const sessions = [{ id: 0 }, { id: 3, type: "OPC" }, { id: 7, transferMode: "Stack" }, { id: 8 }, { id: 9 }] as const;

scenario(
  "a program looks copy sessions up by id, by ids and all of them, before and after it suspends them",
  { program, eternus: { sessions, behaviour: { pageSize: 2 } } },
  async ({ configure, preview, up, destroy, sent }) => {
    await configure({ "copy-session-lookups:id": "0" });
    const before = {
      one: { id: 0, type: "REC", status: "Active", phase: "Equivalent", sourceVolume: 1000, destinationVolume: 2000 },
      all: ["0: REC", "3: OPC", "7: REC", "8: REC", "9: REC"],
      some: [7],
    };
    // What is known already is looked up in preview, too.
    expect((await expectDone(preview(), { create: 1 })).outputs).toMatchObject({ ...before, number: 5 });
    expect(sent()).toEqual([]);
    const { outputs } = await expectDone(up(), { create: 1 });
    const after = { oneSuspended: "Suspend", allSuspended: ["0: Suspend", "7: Suspend"], number: 5 };
    expect(outputs).toMatchObject({ ...before, ...after });

    const again = await expectDone(up(), { same: 1 });
    expect(again.outputs).toMatchObject({ one: { status: "Suspend" }, ...after });
    await expectDone(destroy(), { delete: 1 });
    expect(sent()[0]).toBe("suspend 0,7");
  },
);

scenario(
  "a program that looks up a copy session that is not there fails in preview, by its id",
  { program, eternus: { sessions } },
  async ({ configure, preview, sent }) => {
    await configure({ "copy-session-lookups:id": "99" });
    const { output } = await expectFailed(preview());
    expect(output).toMatch(/ETERNUS .*: could not look up copy session 99: there is no such session\./);
    expect(sent()).toEqual([]);
  },
);
