import { Agent, request } from "undici";
import { expect } from "vitest";
import type { SimulatedEternus } from "../arrays/index.ts";
import { expectDone, expectFailed } from "./expectations.ts";
import { replication } from "./migration.ts";
import { scenario } from "./scenario.ts";

const setting = { eternus: { sessions: [12, 13].map((id) => ({ id })) } };

scenario("an id that names another pair is refused, and leaves the group untouched", setting, async (world) => {
  const { eternus, declare, preview, up, sent } = world;
  await declare(replication([12, 13]));
  await expectDone(up(), { create: 1 });
  eternus.reidentify(13, { remoteVolume: { number: 4711 } });

  const isAnother = /copy session 13 is now .*4711.* but was .*2013/;
  await expectFailed(preview(), isAnother, /Take the id out of `copySessionIds`/);
  await expectFailed(up(), isAnother);

  await declare(replication([12]));
  const left = await expectDone(up(), { update: 1 });
  expect(left.diagnostics.join("\n")).toContain("copy session 13 names another pair than it did, and was left alone");
  expect(eternus.session(13)).toMatchObject({ status: "Suspend", remoteVolume: { number: 4711 } });
  expect(sent()).toEqual(["suspend 12,13"]);
});

scenario("a destroy names the session that no longer exists", setting, async (world) => {
  const { eternus, declare, up, destroy, sent } = world;
  await declare(replication([12, 13]));
  await expectDone(up(), { create: 1 });
  eternus.operator.delete(13);

  const { diagnostics } = await expectDone(destroy(), { delete: 1 });
  expect(diagnostics.join("\n")).toContain("copy session 13 does not exist any more: there was nothing to restore");
  expect(sent()).toEqual(["suspend 12,13", "resume 12"]);
});

const unfit = [
  { id: 1, type: "OPC" },
  { id: 2, status: "Error", copyErrorCode: "b1" },
  { id: 3, transferMode: "Through" },
  { id: 4 },
] as const;

scenario(
  "what can never be suspended is refused in preview, by the name of the property",
  { eternus: { sessions: unfit } },
  async ({ declare, preview, sent }) => {
    await declare(replication([1, 2, 3, 4, 99]));
    await expectFailed(
      preview(),
      /copySessionIds.*copy session 1 is of type OPC/,
      /copySessionIds.*copy session 2 is in Error \(copy error code b1\)/,
      /copySessionIds.*copy session 3 is in Through mode/,
      /copySessionIds.*there is no copy session 99/,
    );
    await declare(replication([4, 4]));
    await expectFailed(preview(), /copySessionIds\[1\].*names copy session 4 a second time/);
    expect(sent()).toEqual([]);
  },
);

scenario("the 65th login is refused with the limit named, and made when one has ended", setting, async (world) => {
  const { eternus, declare, up, transcript, sent, during } = world;
  await declare(replication([12, 13]));
  // Others do not log out; each login lasts ten hours.
  await logInTimes(eternus, 64);
  const waiting = up();
  await during(waiting, () => /the array has all the logins it takes \(64\)/.test(transcript()));
  expect(sent()).toEqual([]);
  eternus.restart();

  await expectDone(waiting, { create: 1 });
  expect(sent()).toEqual(["suspend 12,13"]);
});

async function logInTimes(array: SimulatedEternus, times: number): Promise<void> {
  const { endpoint, username, password, caCertificate } = array;
  const dispatcher = new Agent({ connections: 4, connect: { ca: caCertificate } });
  const body = JSON.stringify({ user_name: username, password, is_refresh_token_required: true });
  const headers = { "content-type": "application/json" };
  await Promise.all(
    Array.from({ length: times }, async () => {
      const answer = await request(`${endpoint}/api/v1/session`, { dispatcher, method: "POST", headers, body });
      await answer.body.dump();
    }),
  );
  await dispatcher.destroy();
  expect(array.logins).toBe(times);
}
