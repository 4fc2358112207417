import { expect } from "vitest";
import { expectDone, expectFailed } from "./expectations.ts";
import { replication } from "./migration.ts";
import { scenario } from "./scenario.ts";

// Stack mode promises no equivalence: all is transferred, and the phase stays Copying.
const never = { transferMode: "Stack", phase: "Copying", becomesEquivalent: false, rateMbPerSecond: 1000 } as const;
const sessions = [{ id: 12 }, { id: 13, ...never }];
const shortly = { customTimeouts: { create: "10s" } };
const spoilt = {
  consistent: true,
  destinationUsable: false,
  sessions: [
    { id: 12, destinationUsable: true },
    { id: 13, status: "Suspend", destinationUsable: false },
  ],
};

scenario(
  "a Stack session that never becomes equivalent holds the suspend up until force is declared, which is announced",
  { eternus: { sessions, behaviour: { forceLiftsStackRule: true } } },
  async ({ declare, preview, up, recorded, sent }) => {
    await declare({ ...replication([12, 13]), options: shortly });
    await expectFailed(up(), /copy session 13: still copying, in Stack mode, which may never become equivalent/);
    expect(sent()).toEqual([]);

    await declare(replication([12, 13], { force: true }));
    const announced = (await expectDone(preview(), { update: 1 })).diagnostics.join("\n");
    expect(announced).toMatch(/force: copy session 13 \(Active, Copying, 100%\) .* volume 2013 will not be usable/);
    expect(announced).not.toContain("force: copy session 12 (");
    const forced = await expectDone(up(), { update: 1 });
    expect(forced.diagnostics.join()).toContain("its destination, volume 2013, lacks data and is not usable");
    expect((await recorded("dr")).outputs).toMatchObject(spoilt);
    expect(sent()).toEqual(["suspend 12,13 with force"]);
  },
);

scenario(
  "a Stack destination that force has spoilt is usable after the next suspend from equivalence",
  { eternus: { sessions, behaviour: { forceLiftsStackRule: true } } },
  async ({ eternus, declare, up, refresh, recorded, sent }) => {
    await declare(replication([12, 13], { force: true }));
    await expectDone(up(), { create: 1 });
    await refresh();
    expect((await recorded("dr")).outputs).toMatchObject(spoilt);

    // Whoever waited for equivalence would wait for ever.
    await declare(replication([12, 13], { targetState: "Active", waitForEquivalent: false }));
    await expectDone(up(), { update: 1 });
    expect(eternus.session(13)).toMatchObject({ status: "Active", phase: "Copying" });
    eternus.change(13, { becomesEquivalent: true });
    await declare(replication([12, 13]));
    await expectDone(up(), { update: 1 });
    expect((await recorded("dr")).outputs).toMatchObject({ consistent: true, destinationUsable: true });
    expect(sent()[0]).toBe("suspend 12,13 with force");
    expect(sent().slice(1, 3).sort()).toEqual(["resume 12", "resume 13"]);
    expect(sent().slice(3)).toEqual(["suspend 12,13"]);
  },
);

scenario(
  "where not even force suspends a Stack session that is not equivalent, the others stay suspended and it is named",
  { eternus: { sessions } },
  async ({ eternus, declare, up, recorded, sent }) => {
    await declare(replication([12, 13], { force: true }));
    await expectFailed(up(), /copy session 13 failed: 5201: .*the copy is not equivalent yet/);
    expect((await recorded("dr")).outputs).toMatchObject({
      consistent: false,
      destinationUsable: false,
      failures: [{ id: 13, code: "5201" }],
      sessions: [
        { id: 12, status: "Suspend", destinationUsable: true },
        { id: 13, status: "Active", destinationUsable: false },
      ],
    });

    eternus.change(13, { becomesEquivalent: true });
    await declare(replication([12, 13]));
    await expectDone(up(), { update: 1 });
    const { outputs } = await recorded("dr");
    expect(outputs).toMatchObject({ consistent: false, destinationUsable: true, failures: [] });
    expect(sent()).toEqual(["suspend 12,13 with force", "suspend 13"]);
  },
);
