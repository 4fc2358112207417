import { expect } from "vitest";
import { expectDone, expectFailed } from "./expectations.ts";
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

scenario(
  "modes are changed together with the suspend or the resume that is declared with them, and not while a session copies",
  { eternus: { sessions: [{ id: 12 }] } },
  async ({ eternus, declare, preview, up, sent }) => {
    await declare(replication([12], { splitMode: "Automatic", recoveryMode: "Manual" }));
    await expectDone(up(), { create: 1 });
    expect(sent()).toEqual(["suspend 12", "PATCH 12"]);

    await declare(replication([12], { targetState: "Active", transferMode: "Consistency" }));
    const announced = await expectDone(preview(), { update: 1 });
    expect(announced.output).toContain("change the modes of copy session 12; then resume copy session 12");
    await expectDone(up(), { update: 1 });
    expect(eternus.session(12)).toMatchObject({ status: "Active", transferMode: "Consistency", splitMode: "Manual" });
    expect(sent().slice(2)).toEqual(["PATCH 12", "resume 12"]);

    await declare(replication([12], { targetState: "Active", transferMode: "Stack" }));
    const copies = /copy session 12 copies, and its modes can only be changed while it is suspended/;
    await expectFailed(preview(), copies, /Suspend the group first/);
    await expectFailed(up(), copies);
    expect(sent()).toHaveLength(4);
  },
);

scenario(
  "a split mode is refused in preview for a member outside Synchronous mode, and together with another mode",
  { eternus: { sessions: [{ id: 12 }, { id: 13, transferMode: "Consistency" }] } },
  async ({ eternus, declare, preview, up, destroy, sent }) => {
    await declare(replication([12, 13], { splitMode: "Automatic", transferMode: "Stack" }));
    await expectFailed(preview(), /splitMode.*exists in Synchronous mode only/);

    await declare(replication([12, 13], { splitMode: "Automatic" }));
    const unfit = /copy session 13 is in Consistency mode, and split mode exists in Synchronous mode only/;
    await expectFailed(preview(), unfit);
    await expectFailed(up(), unfit);
    expect(sent()).toEqual([]);

    await declare(replication([12, 13], { splitMode: "Automatic", transferMode: "Synchronous" }));
    await expectDone(up(), { create: 1 });
    expect(sent()[0]).toBe("suspend 12,13");
    expect(sent().slice(1).sort()).toEqual(["PATCH 12", "PATCH 13"]);

    // On the way back to Consistency mode no split mode may be sent.
    await expectDone(destroy(), { delete: 1 });
    expect(eternus.sessions()).toMatchObject([
      { status: "Active", transferMode: "Synchronous", splitMode: "Manual" },
      { status: "Active", transferMode: "Consistency", splitMode: "Manual" },
    ]);
  },
);
