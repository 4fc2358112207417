import { Agent, request } from "undici";
import { expect } from "vitest";
import type { SimulatedEternus } from "../arrays/index.ts";
import { expectDone, expectFailed } from "./expectations.ts";
import { replication } from "./migration.ts";
import { scenario } from "./scenario.ts";

const setting = { eternus: { sessions: [12, 13].map((id) => ({ id })) } };

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
