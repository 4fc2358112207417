import { describe, expect, test } from "vitest";
import { connectPowerStore } from "../../provider/powerstore/connect.ts";
import { settingsFor } from "../core/settings-for.ts";
import { virtualClock } from "../core/virtual-clock.ts";
import { connected } from "./connected.ts";

const signal = new AbortController().signal;
const sending = { attempted: "cut over import session 7" };
const body = { remote_system_id: "name:old-unity", source_resource_id: "sv_42", name: "erp" };

describe("the login", () => {
  test("is one for all that is asked at once", async () => {
    const { array, client } = await connected();
    await Promise.all(Array.from({ length: 12 }, () => client.listSessions("name=eq.erp", signal)));
    expect(array.requests.filter(({ path }) => path.endsWith("/login_session"))).toHaveLength(1);
    expect(array.logins).toBe(1);
  });

  test("that ends is renewed once for all that is under way", async () => {
    const { array, client } = await connected();
    await client.listSessions("name=eq.erp", signal);
    array.endLogins();
    await Promise.all(Array.from({ length: 12 }, () => client.listSessions("name=eq.erp", signal)));
    expect(array.requests.filter(({ path }) => path.endsWith("/login_session"))).toHaveLength(2);
  });

  test("sends the password once, and never again with a request", async () => {
    const { array, client } = await connected();
    const id = await client.createSession(body);
    await client.cancel(id, false, sending);
    expect(array.logins).toBe(1);
  });

  test("is given back at the end, and nothing is left on the array", async () => {
    const { array, client, logout } = await connected();
    await client.listSessions("name=eq.erp", signal);
    await logout();
    expect([array.logins, array.requests.at(-1)]).toMatchObject([0, { path: "/api/rest/logout", status: 204 }]);
  });

  test("is not asked for at the end when there was none", async () => {
    const { array, logout } = await connected();
    await logout();
    expect(array.requests).toEqual([]);
  });

  test("without a cookie or a token is no login", async () => {
    const { array, client } = await connected();
    array.faults.add({ when: { path: /login_session/ }, do: { kind: "status", status: 200, body: [] } });
    await expect(client.listSessions("name=eq.erp", signal)).rejects.toMatchObject({
      kind: "contract",
      message: expect.stringContaining("log in"),
    });
  });

  test("that is refused is not tried for each request anew: that would lock the account", async () => {
    const { array, client } = await connected();
    array.faults.add({
      when: { path: /login_session/ },
      times: Number.POSITIVE_INFINITY,
      do: { kind: "status", status: 401 },
    });
    for (let attempt = 0; attempt < 3; attempt++) {
      await expect(client.listSessions("name=eq.erp", signal)).rejects.toMatchObject({ kind: "authentication" });
    }
    expect(array.requests).toHaveLength(1);
    array.faults.clear();
  });

  test("is refused to an array whose certificate does not verify", async () => {
    const { array } = await connected();
    const clock = virtualClock();
    const { client, logout } = connectPowerStore(settingsFor(array, { caCertificate: undefined }), { clock });
    await expect(client.listSessions("name=eq.erp", signal)).rejects.toMatchObject({ kind: "untrusted" });
    await logout();
    expect(array.requests).toEqual([]);
  });
});
