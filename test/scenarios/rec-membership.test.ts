import { expect } from "vitest";
import { expectDone } from "./expectations.ts";
import { replication } from "./migration.ts";
import { scenario } from "./scenario.ts";

const inConsistencyMode = [12, 13, 14].map((id) => ({ id, transferMode: "Consistency" }) as const);

scenario(
  "a session that joins is suspended, and one that leaves is resumed",
  { eternus: { sessions: inConsistencyMode } },
  async (world) => {
    const { eternus, declare, up, recorded, sent } = world;
    await declare(replication([12, 13]));
    await expectDone(up(), { create: 1 });

    await declare(replication([12, 14]));
    await expectDone(up(), { update: 1 });
    expect(eternus.sessions().map(({ id, status }) => [id, status])).toEqual([
      [12, "Suspend"],
      [13, "Active"],
      [14, "Suspend"],
    ]);
    // Two commands suspended them: not the same moment.
    const { outputs } = await recorded("dr");
    expect(outputs).toMatchObject({ consistent: false, destinationUsable: true, sessions: [{ id: 12 }, { id: 14 }] });
    expect(sent().slice(1).sort()).toEqual(["resume 13", "suspend 14"]);
  },
);
