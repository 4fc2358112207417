import { expect, onTestFinished, test } from "vitest";
import type { Preflight } from "../../../provider/core/lifecycle.ts";
import { connectPowerStore } from "../../../provider/powerstore/connect.ts";
import { importSessionInputs } from "../../../provider/powerstore/import-session/inputs.ts";
import { importSessionLifecycle } from "../../../provider/powerstore/import-session/lifecycle.ts";
import { ownershipMark } from "../../../provider/powerstore/import-session/naming.ts";
import { startPowerStore, steppedClock } from "../../arrays/index.ts";
import { settingsFor } from "../../core/settings-for.ts";
import { virtualClock } from "../../core/virtual-clock.ts";

const resourceUrn = "urn:pulumi:dev::migration::pulumi-nodejs:dynamic/powerstore:ImportSession::erp";
const creating = { remoteSystemId: "name:old-unity", sourceResourceId: "sv_42", type: "Non_Disruptive" };
const signal = new AbortController().signal;

test("a new session that nothing stands against passes", async () => {
  const { check, array } = await open();
  expect(await check(creating)).toEqual(passes);
  expect(array.acts()).toEqual([]);
});

test("a remote system that is not there is named", async () => {
  const { check } = await open();
  const { refusals } = await check({ ...creating, remoteSystemId: "name:nowhere" });
  expect(refusals).toEqual([
    { property: "remoteSystemId", reason: expect.stringContaining("no remote system name:nowhere") },
  ]);
});

test("a start in the past is refused, unless a run that was killed has made the session already", async () => {
  const { check, array } = await open();
  const late = { ...creating, sessionName: "ours", scheduledTimestamp: "2029-12-31T23:59:59Z" };
  expect((await check(late)).refusals).toEqual([
    { property: "scheduledTimestamp", reason: "lies in the past; leave it out to start at once" },
  ]);
  array.operator.create({ ...body, name: "ours", description: ownershipMark(resourceUrn) });
  expect(await check(late)).toEqual(passes);
});

test("a name that somebody else's session has is refused", async () => {
  const { check, array } = await open();
  array.operator.create({ ...body, name: "taken" });
  const { refusals } = await check({ ...creating, sessionName: "taken" });
  expect(refusals).toEqual([{ property: "sessionName", reason: expect.stringContaining("has this name already") }]);
});

test("a session that cannot be adopted is refused, one that can passes", async () => {
  const { check, array } = await open();
  const id = array.operator.create({ ...body, name: "by-hand" });
  expect(await check({ sessionId: id })).toEqual(passes);
  expect((await check({ sessionId: "none" })).refusals).toEqual([
    { property: "sessionId", reason: expect.stringContaining("there is no such session") },
  ]);
});

test("a name that this resource's own session has passes, whatever became of it: the run decides", async () => {
  const { check, array } = await open();
  const id = array.operator.create({ ...body, name: "ours", description: ownershipMark(resourceUrn) });
  array.setState(id, "Failed");
  expect(await check({ ...creating, sessionName: "ours" })).toEqual(passes);
});

test("adopting a session with the mark of another resource passes with a warning, one with its own without", async () => {
  const { check, array } = await open();
  const anothers = ownershipMark(resourceUrn.replace("dev", "prod"));
  const id = array.operator.create({ ...body, name: "anothers", description: `wave 3 ${anothers}` });
  const own = { ...body, name: "own", source_resource_id: "sv_43", description: ownershipMark(resourceUrn) };
  const ownId = array.operator.create(own);
  expect(await check({ sessionId: id })).toEqual({
    refusals: [],
    warnings: [`session ${id} carries the mark of another Pulumi resource: destroying either of the two cancels it`],
  });
  expect(await check({ sessionId: ownId })).toEqual(passes);
});

test("a resource that exists is not held against the rules for a new one", async () => {
  const { check, array } = await open();
  array.operator.create({ ...body, name: "taken" });
  const changed = { ...creating, sessionName: "taken", remoteSystemId: "name:nowhere" };
  expect(await check(changed, false)).toEqual(passes);
  expect(await check({ sessionId: "none" }, false)).toEqual(passes);
  expect(array.requests).toEqual([]);
});

const passes = { refusals: [], warnings: [] };
const body = {
  remote_system_id: "name:old-unity",
  source_resource_id: "sv_42",
  type: "Non_Disruptive" as const,
};

async function open() {
  const arrayClock = steppedClock();
  const array = await startPowerStore({ clock: arrayClock });
  const clock = virtualClock({ along: [arrayClock] });
  const connection = connectPowerStore(settingsFor(array), { clock });
  onTestFinished(async () => {
    await connection.logout();
    await array.close();
  });
  const lifecycle = importSessionLifecycle(() => connection);
  const check = async (inputs: Readonly<Record<string, unknown>>, isNew = true): Promise<Preflight> => {
    const parsed = importSessionInputs.parse({ ...inputs, resourceUrn });
    const checked = await lifecycle.preflight?.(parsed, clock.nowMs(), isNew, signal);
    if (checked === undefined) throw new Error("nothing is checked before a run");
    return checked;
  };
  return { array, check };
}
