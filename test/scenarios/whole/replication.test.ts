import { expect } from "vitest";
import { expectDone } from "../expectations.ts";
import { replication } from "../migration.ts";
import { everyEngineScenario as scenario } from "../scenario.ts";

const inConsistencyMode = [12, 13, 14].map((id) => ({ id, transferMode: "Consistency" }) as const);

scenario(
  "a group is suspended at one moment and resumed",
  { eternus: { sessions: inConsistencyMode } },
  async (world) => {
    const { eternus, declare, up, destroy, recorded, sent } = world;
    await declare(replication([12, 13, 14]));
    const suspended = await expectDone(up(), { create: 1 });
    expect(suspended.output).toContain("suspend copy sessions 12, 13, 14 in one call");
    expect((await recorded("dr")).outputs).toMatchObject({ consistent: true, destinationUsable: true, failures: [] });
    expect(sent()).toEqual(["suspend 12,13,14"]);

    await declare(replication([12, 13, 14], { targetState: "Active" }));
    const resumed = await expectDone(up(), { update: 1 });
    expect(resumed.diagnostics.join()).toContain("discards writes on 3 destinations");
    expect(eternus.sessions().every(({ status, phase }) => status === "Active" && phase === "Equivalent")).toBe(true);
    expect(sent().slice(1).sort()).toEqual(["resume 12", "resume 13", "resume 14"]);

    await expectDone(destroy(), { delete: 1 });
    expect(sent()).toHaveLength(4);
  },
);

const oneCopies = [{ id: 0, phase: "Copying" }, { id: 7 }, { id: 8, status: "Suspend" }] as const;

scenario(
  "destroying a group gives each session back the way it was found",
  { eternus: { sessions: oneCopies } },
  async (world) => {
    const { eternus, declare, up, destroy, recorded, sent } = world;
    await declare(replication([0, 7, 8]));
    await expectDone(up(), { create: 1 });
    expect((await recorded("dr")).outputs).toMatchObject({ consistent: false });
    expect(sent()).toEqual(["suspend 0,7"]);

    await expectDone(destroy(), { delete: 1 });
    expect(eternus.sessions().map(({ id, status }) => [id, status])).toEqual([
      [0, "Active"],
      [7, "Active"],
      [8, "Suspend"],
    ]);
    expect(sent().slice(1).sort()).toEqual(["resume 0", "resume 7"]);
  },
);
