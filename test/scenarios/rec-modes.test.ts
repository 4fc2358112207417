import { expect } from "vitest";
import { expectDone } from "./expectations.ts";
import { replication } from "./migration.ts";
import { scenario } from "./scenario.ts";

const suspended = [12, 13].map((id) => ({ id, status: "Suspend" }) as const);

scenario(
  "split, transfer and recovery mode of suspended sessions are changed where they differ, and restored",
  { eternus: { sessions: suspended } },
  async ({ eternus, declare, preview, up, destroy, recorded, sent }) => {
    const bodies = () => eternus.acts().flatMap(({ method, body }) => (method === "PATCH" ? [body] : []));
    const modes = () => eternus.sessions().map((one) => [one.transferMode, one.splitMode, one.recoveryMode].join());

    await declare(replication([12, 13], { splitMode: "Automatic" }));
    await expectDone(up(), { create: 1 });
    expect(modes()).toEqual(["Synchronous,Automatic,Automatic", "Synchronous,Automatic,Automatic"]);
    expect(bodies()).toEqual([{ split_mode: "Automatic" }, { split_mode: "Automatic" }]);

    // Leaving Synchronous mode sets the split mode to Manual: the array's rule.
    await declare(replication([12, 13], { transferMode: "Consistency" }));
    const announced = await expectDone(preview(), { update: 1 });
    expect(announced.output).toContain("change the modes of copy sessions 12, 13");
    await expectDone(up(), { update: 1 });
    expect(modes()).toEqual(["Consistency,Manual,Automatic", "Consistency,Manual,Automatic"]);
    await expectDone(up(), { same: 1 });

    const all = { transferMode: "Synchronous", splitMode: "Automatic", recoveryMode: "Manual" } as const;
    await declare(replication([12, 13], all));
    await expectDone(up(), { update: 1 });
    expect(modes()).toEqual(["Synchronous,Automatic,Manual", "Synchronous,Automatic,Manual"]);
    expect(bodies().at(-1)).toEqual({ transfer_mode: "Synchronous", split_mode: "Automatic", recovery_mode: "Manual" });
    expect((await recorded("dr")).outputs).toMatchObject({ sessions: [all, all] });

    await expectDone(destroy(), { delete: 1 });
    expect(modes()).toEqual(["Synchronous,Manual,Automatic", "Synchronous,Manual,Automatic"]);
    expect(sent().every((act) => act.startsWith("PATCH "))).toBe(true);
    expect(sent()).toHaveLength(8);
  },
);
