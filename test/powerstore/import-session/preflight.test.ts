import { expect, onTestFinished, test } from "vitest";
import { connectPowerStore } from "../../../provider/powerstore/connect.ts";
import { importSessionInputs } from "../../../provider/powerstore/import-session/inputs.ts";
import { preflightImport } from "../../../provider/powerstore/import-session/preflight.ts";
import { startPowerStore, steppedClock } from "../../arrays/index.ts";
import { virtualClock } from "../../core/virtual-clock.ts";

const resourceUrn = "urn:pulumi:dev::migration::pulumi-nodejs:dynamic/powerstore:ImportSession::erp";
const creating = { remoteSystemId: "name:old-unity", sourceResourceId: "sv_42", type: "Non_Disruptive" };
const signal = new AbortController().signal;

test("a new session that nothing stands against passes", async () => {
  const { check, array } = await open();
  expect(await check(creating)).toEqual([]);
  expect(array.acts()).toEqual([]);
});

test("a remote system that is not there is named", async () => {
  const { check } = await open();
  const failures = await check({ ...creating, remoteSystemId: "name:nowhere" });
  expect(failures).toEqual([
    { property: "remoteSystemId", reason: expect.stringContaining("no remote system name:nowhere") },
  ]);
});

test("a name that somebody else's session has is refused", async () => {
  const { check, array } = await open();
  array.operator.create({ ...body, name: "taken" });
  const failures = await check({ ...creating, sessionName: "taken" });
  expect(failures).toEqual([{ property: "sessionName", reason: expect.stringContaining("has this name already") }]);
});

test("a session that cannot be adopted is refused, one that can passes", async () => {
  const { check, array } = await open();
  const id = array.operator.create({ ...body, name: "by-hand" });
  expect(await check({ sessionId: id })).toEqual([]);
  expect(await check({ sessionId: "none" })).toEqual([
    { property: "sessionId", reason: expect.stringContaining("there is no such session") },
  ]);
});

const body = {
  remote_system_id: "name:old-unity",
  source_resource_id: "sv_42",
  type: "Non_Disruptive" as const,
};

async function open() {
  const arrayClock = steppedClock();
  const array = await startPowerStore({ clock: arrayClock });
  const clock = virtualClock({ along: [arrayClock] });
  const settings = {
    name: "default",
    origin: array.endpoint,
    username: array.username,
    password: array.password,
    caCertificate: array.caCertificate,
    insecure: false,
    pollMinimumMs: 2000,
    pollMaximumMs: 60_000,
    requestsInFlight: 4,
  };
  const connection = connectPowerStore(settings, { clock });
  onTestFinished(async () => {
    await connection.logout();
    await array.close();
  });
  const check = (inputs: Readonly<Record<string, unknown>>) =>
    preflightImport(connection, importSessionInputs.parse({ ...inputs, resourceUrn }), signal);
  return { array, check };
}
