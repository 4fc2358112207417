import { expect } from "vitest";
import type { ScriptedFault, SimulatedEternus } from "../arrays/index.ts";
import { expectDone, seen } from "./expectations.ts";
import { replication } from "./migration.ts";
import { scenario } from "./scenario.ts";

const two = [{ id: 12 }, { id: 13 }];
const isUnderWay = (eternus: SimulatedEternus) => eternus.sessions().some(({ suspending }) => suspending !== undefined);

scenario(
  "an array that restarts in the middle of a suspend loses the job and the login, and the sessions show the end",
  { eternus: { sessions: two, behaviour: { jobRunningMs: 180_000, suspendDrainMs: 180_000 } } },
  async ({ eternus, declare, up, recorded, sent, during }) => {
    await declare(replication([12, 13]));
    const running = up();
    await during(
      running,
      seen(eternus, () => isUnderWay(eternus)),
    );
    expect(eternus.jobs()).toMatchObject([{ status: "Running" }]);
    eternus.restart();

    await expectDone(running, { create: 1 });
    expect(eternus.requests).toContainEqual(expect.objectContaining({ path: "/api/v1/job/8192001", status: 404 }));
    expect((await recorded("dr")).outputs).toMatchObject({ consistent: true, destinationUsable: true });
    expect(sent()).toEqual(["suspend 12,13"]);
  },
);

scenario(
  "what somebody else does in the same moment counts as done",
  { eternus: { sessions: two } },
  async ({ eternus, declare, up, recorded, sent }) => {
    await declare(replication([12, 13]));
    eternus.faults.add(meanwhile("/api/v1/copysession/suspend", () => eternus.operator.suspend(13)));
    await expectDone(up(), { create: 1 });
    // But it was not the same job.
    expect((await recorded("dr")).outputs).toMatchObject({ consistent: false, destinationUsable: true, failures: [] });

    await declare(replication([12, 13], { targetState: "Active" }));
    eternus.faults.add(meanwhile("/api/v1/copysession/13/resume", () => eternus.operator.resume(13)));
    await expectDone(up(), { update: 1 });
    expect((await recorded("dr")).outputs).toMatchObject({ failures: [], sessions: [{ status: "Active" }, {}] });
    expect(sent()[0]).toBe("suspend 12,13");
    expect(sent().slice(1).sort()).toEqual(["resume 12", "resume 13"]);
  },
);

scenario(
  "firmware that rejects at once what is already done is handled, too",
  { eternus: { sessions: two, behaviour: { stateJudgedBy: "request" } } },
  async ({ eternus, declare, up, sent }) => {
    await declare(replication([12]));
    eternus.faults.add(meanwhile("/api/v1/copysession/suspend", () => eternus.operator.suspend(12)));
    await expectDone(up(), { create: 1 });
    await declare(replication([12], { targetState: "Active" }));
    eternus.faults.add(meanwhile("/api/v1/copysession/12/resume", () => eternus.operator.resume(12)));
    await expectDone(up(), { update: 1 });
    expect(eternus.session(12)).toMatchObject({ status: "Active", phase: "Equivalent" });
    expect(sent()).toEqual(["suspend 12 (refused)", "resume 12 (refused)"]);
  },
);

/** Something happens on the array right before it gets to see the next such command. */
function meanwhile(path: string, happen: () => void): ScriptedFault {
  return {
    when: { method: "POST", path },
    do: {
      kind: "custom",
      play(exchange) {
        happen();
        exchange.send(exchange.handle());
      },
    },
  };
}
