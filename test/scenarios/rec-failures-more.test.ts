import { expect } from "vitest";
import { expectDone, expectFailed, seen } from "./expectations.ts";
import { replication } from "./migration.ts";
import { scenario } from "./scenario.ts";

const sessions = [12, 13, 14].map((id) => ({ id }));

scenario(
  "when all of a job fails, every member is named and recorded, and the next up suspends them all together",
  { eternus: { sessions } },
  async ({ eternus, declare, up, recorded, sent }) => {
    await declare(replication([12, 13, 14]));
    for (const { id } of sessions) eternus.failNext(id, "suspend", "5300", "Copy path error");
    await expectFailed(up(), /copy sessions 12, 13, 14 failed: 5300: Copy path error/);
    expect((await recorded("dr")).outputs).toMatchObject({
      destinationUsable: false,
      failures: [{ id: 12 }, { id: 13 }, { id: 14 }],
    });

    await expectDone(up(), { update: 1 });
    expect((await recorded("dr")).outputs).toMatchObject({ failures: [], consistent: true, destinationUsable: true });
    // The same call once more: the first has failed whole.
    expect(sent()).toEqual(["suspend 12,13,14", "suspend 12,13,14"]);
  },
);

scenario(
  "a job that somebody cancels has failed for the members that it has not suspended",
  { eternus: { sessions, behaviour: { jobQueuedMs: 3_600_000 } } },
  async ({ eternus, declare, up, recorded, sent, during }) => {
    await declare(replication([12, 13, 14]));
    const running = up();
    await during(
      running,
      seen(eternus, () => eternus.jobs().length === 1),
    );
    for (const { id } of eternus.jobs()) eternus.operator.cancelJob(id);
    await expectFailed(running, /copy sessions 12, 13, 14 failed: job \d+ was canceled/);
    expect((await recorded("dr")).outputs).toMatchObject({ failures: [{ id: 12 }, { id: 13 }, { id: 14 }] });
    expect(sent()).toEqual(["suspend 12,13,14"]);
  },
);

scenario(
  "a session that a copy path error has halted is recovered: suspended by force, then resumed",
  { eternus: { sessions: [{ id: 12, recoveryMode: "Manual" }] } },
  async ({ eternus, declare, up, recorded, sent }) => {
    eternus.halt(12, "buffer");
    await declare(replication([12], { force: true }));
    const forced = await expectDone(up(), { create: 1 });
    expect(forced.diagnostics.join()).toContain("force");
    expect((await recorded("dr")).outputs).toMatchObject({
      destinationUsable: false,
      sessions: [{ status: "Suspend" }],
    });

    await declare(replication([12], { targetState: "Active" }));
    await expectDone(up(), { update: 1 });
    expect(eternus.session(12)).toMatchObject({ status: "Active", phase: "Equivalent" });
    expect(sent()).toEqual(["suspend 12 with force", "resume 12"]);
  },
);

scenario(
  "of many resumes no more than a few are under way at once",
  { eternus: { sessions: Array.from({ length: 12 }, (_, id) => ({ id, status: "Suspend" as const })) } },
  async ({ eternus, declare, up }) => {
    let [now, most] = [0, 0];
    eternus.faults.add({
      when: { method: "POST", path: /resume/ },
      times: Number.POSITIVE_INFINITY,
      do: {
        kind: "custom",
        async play(exchange) {
          now += 1;
          most = Math.max(most, now);
          await exchange.pause(20);
          now -= 1;
          exchange.send(exchange.handle());
        },
      },
    });
    await declare(
      replication(
        Array.from({ length: 12 }, (_, id) => id),
        { targetState: "Active" },
      ),
    );
    await expectDone(up(), { create: 1 });
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
  },
);
