import { expect } from "vitest";
import type { SimulatedEternus } from "../arrays/index.ts";
import { expectDone } from "./expectations.ts";
import { replication } from "./migration.ts";
import { scenario } from "./scenario.ts";

const loginsOf = ({ requests }: SimulatedEternus) => {
  return requests.filter(
    ({ method, path, status }) => method === "POST" && path === "/api/v1/session" && status === 200,
  );
};
const turnedAway = ({ requests }: SimulatedEternus) => requests.filter(({ status }) => status === 401);
const sessions = [{ id: 0 }, { id: 7 }];

scenario(
  "a run that outlasts its token renews the login before it ends, and logs out",
  // A token that lasts a minute and two seconds is renewed after two.
  {
    speed: 1,
    eternus: {
      sessions,
      behaviour: { tokenLifetimeMs: 62_000, jobQueuedMs: 100, jobRunningMs: 100, suspendDrainMs: 6000 },
    },
  },
  async ({ eternus, declare, up, sent }) => {
    await declare(replication([0, 7]));
    await expectDone(up(), { create: 1 });
    expect(loginsOf(eternus).length).toBeGreaterThan(1);
    expect(turnedAway(eternus)).toEqual([]);
    expect(eternus.jobs()).toEqual([]);
    expect(sent()).toEqual(["suspend 0,7"]);
    // The manual wants commas as they are.
    expect(eternus.requests).toContainEqual(
      expect.objectContaining({ rawQuery: expect.stringMatching(/copysession_id=0,7/) }),
    );
  },
);

scenario(
  "a login that the array has lost is made again, and nothing is sent twice",
  // What lasts two minutes on the array lasts two seconds here, which the run does not know.
  { eternus: { sessions, behaviour: { tokenLifetimeMs: 120_000, suspendDrainMs: 360_000 } } },
  async ({ eternus, declare, up, sent }) => {
    await declare(replication([0, 7]));
    await expectDone(up(), { create: 1 });
    expect(turnedAway(eternus).length).toBeGreaterThan(0);
    expect(turnedAway(eternus).length).toBeLessThan(loginsOf(eternus).length + 1);
    expect(sent()).toEqual(["suspend 0,7"]);
  },
);
