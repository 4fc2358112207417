import { expect, test } from "vitest";
import { connectArray } from "../../../provider/core/array/connection.ts";
import type { LoginProtocol } from "../../../provider/core/array/login.ts";
import { type LoopbackServer, loopbackServer } from "../loopback-server.ts";
import { toldDeployment } from "../pulumi/volume-resource.ts";
import { settingsFor } from "../settings-for.ts";
import { virtualClock } from "../virtual-clock.ts";
import { get, json } from "./connecting.ts";

const vendor = { namespace: "powerstore", title: "PowerStore" };
const protocol: LoginProtocol<string> = {
  login: async (http) => (await http.send({ ...get("/login"), attempted: "log in" })).text && "hunter2",
  logout: async (http) => {
    await http.send({ ...get("/logout"), attempted: "log out" });
  },
  authorize: (token) => ({ authorization: token }),
};

function start(server: LoopbackServer, insecure = false) {
  const deployment = toldDeployment(virtualClock());
  const reachable = { endpoint: server.origin, username: "admin", password: "hunter2" };
  const settings = settingsFor(reachable, { name: "east", insecure, requestsInFlight: 2 });
  return {
    deployment,
    array: connectArray(vendor, settings, protocol, deployment),
  };
}

test("an array is named by its vendor, its name and its address, and by nothing secret", async () => {
  await using server = await loopbackServer(json);
  const { array } = start(server);
  expect(array.title).toBe(`PowerStore east (${server.origin})`);
});

test("an array that is not verified is warned about, and only such a one", async () => {
  await using server = await loopbackServer(json);
  expect(start(server).deployment.said).toEqual([]);
  expect(start(server, true).deployment.said).toEqual([expect.stringMatching(/^warn .*certificate is not verified/)]);
});

test("W16: what is said of each request for debugging holds no secret", async () => {
  await using server = await loopbackServer(json);
  const { array, deployment } = start(server);
  await array.http.send(get("/sessions", { query: "token=hunter2" }));
  await array.logout();
  expect(deployment.said).toHaveLength(3);
  expect(deployment.said.join()).not.toContain("hunter2");
});

test("after the logout no connection is open and no login is left", async () => {
  await using server = await loopbackServer(json);
  const { array } = start(server);
  await array.http.send(get("/sessions"));
  await array.logout();
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect([server.arrived, server.open]).toEqual([["GET /login", "GET /sessions", "GET /logout"], 0]);
});
