import { expect } from "vitest";
import { expectDone, expectFailed } from "./expectations.ts";
import { replication } from "./migration.ts";
import { scenario } from "./scenario.ts";

const mixed = [{ id: 12 }, { id: 13 }, { id: 14 }, { id: 15, status: "Suspend" }, { id: 16 }] as const;

scenario(
  "a destroy resumes what it can, names the rest, and the next one resumes only that",
  { eternus: { sessions: mixed } },
  async ({ eternus, declare, up, destroy, sent }) => {
    await declare(replication([12, 13, 14, 15, 16]));
    await expectDone(up(), { create: 1 });
    eternus.operator.delete(13);
    eternus.reidentify(14, { remoteVolume: { number: 4711 } });
    eternus.failNext(16, "resume", "5300", "Copy path error");
    await expectFailed(
      destroy(),
      /could not restore copy sessions 12, 13, 14, 15, 16: copy session 16 failed: 5300: Copy path error/,
    );
    const statuses = () => eternus.sessions().map(({ id, status }) => `${id} ${status}`);
    expect(statuses()).toEqual(["12 Active", "14 Suspend", "15 Suspend", "16 Suspend"]);

    const { diagnostics } = await expectDone(destroy(), { delete: 1 });
    expect(diagnostics.join("\n")).toContain("copy session 13 does not exist any more: there was nothing to restore");
    expect(diagnostics.join("\n")).toContain("copy session 14 names another pair than it did, and was left alone");
    expect(statuses()).toEqual(["12 Active", "14 Suspend", "15 Suspend", "16 Active"]);
    expect(sent()[0]).toBe("suspend 12,13,14,16");
    expect(sent().slice(1, 3).sort()).toEqual(["resume 12", "resume 16"]);
    expect(sent().slice(3)).toEqual(["resume 16"]);
  },
);
