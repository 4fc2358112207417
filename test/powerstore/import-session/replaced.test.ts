import { expect, onTestFinished, test } from "vitest";
import { unknownValue } from "../../../provider/core/inputs.ts";
import { dynamicHooks } from "../../../provider/core/pulumi/hooks.ts";
import { outputsOf } from "../../../provider/core/pulumi/recorded.ts";
import { connectPowerStore } from "../../../provider/powerstore/connect.ts";
import type { ImportSessionInputs } from "../../../provider/powerstore/import-session/inputs.ts";
import { ownershipMark } from "../../../provider/powerstore/import-session/naming.ts";
import { importSessionLifecycle } from "../../../provider/powerstore/import-session/resource.ts";
import { type SimulatedPowerStore, startPowerStore, steppedClock } from "../../arrays/index.ts";
import { toldDeployment } from "../../core/pulumi/volume-resource.ts";
import { settingsFor } from "../../core/settings-for.ts";
import { virtualClock } from "../../core/virtual-clock.ts";
import { sampleRecord, sampleUrn } from "./samples.ts";

const creating = { remoteSystemId: "name:old-unity", sourceResourceId: "sv_42", type: "Non_Disruptive" };
const body = { remote_system_id: "name:old-unity", source_resource_id: "sv_42", type: "Non_Disruptive" as const };
const irreversible = "cutover: irreversible; the source no longer kept in sync";

test("another name for a session that copies passes, though its source is being imported", async () => {
  const { live, replace } = await open();
  const { replaces, failures } = await replace(
    { ...creating, sessionName: "erp" },
    { ...creating, sessionName: "erp-2" },
  );
  expect(replaces).toEqual(["sessionName"]);
  expect(failures).toEqual([]);
  expect(live()).toBe("Copy_In_Progress");
});

test("a session that was adopted is made anew from the same source", async () => {
  const { id, replace } = await open();
  const { replaces, failures } = await replace({ sessionId: id }, creating);
  expect(replaces).toContain("sessionId");
  expect(failures).toEqual([]);
});

test("a session that is gone is made again, whatever start was declared for it", async () => {
  const { array, id, replace } = await open();
  array.setState(id, "Cancelled", { stays: true });
  array.operator.remove(id);
  const inputs = { ...creating, scheduledTimestamp: "2029-12-31T23:59:59Z" };
  const { said, ...decided } = await replace(inputs, inputs);
  expect(decided).toMatchObject({ replaces: ["state"], failures: [] });
  expect(said.join()).toContain("start at once (2029-12-31T23:59:59Z has passed), bring it to Ready_For_Cutover");
});

test("a source that somebody else imports is refused, also where the session that is given up is an adopted one", async () => {
  const { array, id, replace } = await open();
  array.operator.create({ ...body, name: "theirs", source_resource_id: "sv_43" });
  expect((await replace({ sessionId: id }, { ...creating, sourceResourceId: "sv_43" })).failures).toMatchObject([
    { property: "sourceResourceId", reason: expect.stringContaining("sv_43 is imported by session") },
  ]);
});

test("what takes the place of a session that is gone needs a source that can be imported", async () => {
  const { array, id, replace } = await open();
  array.setState(id, "Cancelled", { stays: true });
  array.operator.remove(id);
  const inputs = { ...creating, remoteSystemId: "name:nowhere" };
  expect((await replace(inputs, inputs)).failures).toMatchObject([{ property: "remoteSystemId" }]);
});

test("no session is given up for one that is not there or leads nowhere", async () => {
  const { array, replace } = await open();
  expect((await replace(creating, { sessionId: "none" })).failures).toMatchObject([
    { property: "sessionId", reason: expect.stringContaining("there is no such session") },
  ]);
  const dead = array.operator.create({ ...body, name: "dead", source_resource_id: "sv_43" });
  array.setState(dead, "Cancel_Required", { stays: true });
  expect((await replace(creating, { sessionId: dead })).failures).toMatchObject([{ property: "sessionId" }]);
});

test("the cutover of a session that is adopted in the place of another is announced", async () => {
  const { array, replace } = await open();
  const other = array.operator.create({ ...body, name: "other", source_resource_id: "sv_43" });
  array.setState(other, "Ready_For_Cutover", { stays: true });
  const { said } = await replace(creating, { sessionId: other, targetState: "Import_Completed" });
  expect(said).toContain(`progress ${sampleUrn} adopt session ${other} (Ready_For_Cutover); ${irreversible}`);
  expect(said).toContain(`warn ${sampleUrn} ${irreversible}`);
});

test("the cutover of a session in the place of another is announced also while some inputs are not known", async () => {
  const { replace } = await open();
  const after = { ...creating, type: "Agentless", hostIds: [unknownValue], targetState: "Import_Completed" };
  const { replaces, said } = await replace(creating, after);
  expect(replaces).toEqual(["type"]);
  expect(said.filter((line) => line.startsWith("warn")).join()).toContain("cutover: irreversible; source sv_42");
});

test("on another array a name and a source that are taken there are refused", async () => {
  const { replace, east } = await open();
  const toEast = { ...creating, sessionName: "erp", array: "east" };
  east.operator.create({ ...body, name: "theirs" });
  expect((await replace({ ...creating, sessionName: "erp" }, toEast)).failures).toMatchObject([
    { property: "sourceResourceId", reason: expect.stringContaining("In_Progress") },
  ]);
  east.operator.create({ ...body, name: "erp", source_resource_id: "sv_43" });
  expect((await replace({ ...creating, sessionName: "erp" }, toEast)).failures).toMatchObject([
    { property: "sessionName", reason: expect.stringContaining("has this name already") },
  ]);
});

test("an adopted session is not cancelled for itself, though Pulumi asked no diff", async () => {
  const { id, live, giveUp } = await open();
  await expect(giveUp({ sessionId: id }, { sessionId: id })).rejects.toThrow(
    "the program adopts the very session that would be cancelled for it",
  );
  expect(live()).toBe("Copy_In_Progress");
});

test("a completed import is not given up, though Pulumi asked no diff", async () => {
  const { array, id, live, giveUp } = await open();
  array.setState(id, "Import_Completed", { stays: true });
  await expect(giveUp(creating, creating)).rejects.toThrow(`import session ${id} is complete`);
  expect(live()).toBe("Import_Completed");
});

type Inputs = Readonly<Record<string, unknown>>;

/**
 * A session that copies, and what the engine asks when other inputs are declared for it: a check, a diff, and a check as if nothing were there. One that was
 * told to replace gives the session up after that last check alone.
 */
async function open() {
  const arrayClock = steppedClock();
  const clock = virtualClock({ along: [arrayClock] });
  const connect = async () => {
    const array = await startPowerStore({ clock: arrayClock });
    const connection = connectPowerStore(settingsFor(array), { clock });
    onTestFinished(async () => {
      await connection.logout();
      await array.close();
    });
    return { array, connection };
  };
  const [main, east] = [await connect(), await connect()];
  const { array } = main;
  const id = array.operator.create({ ...body, name: "erp", description: ownershipMark(sampleUrn) });
  array.setState(id, "Copy_In_Progress", { stays: true });
  const lifecycle = importSessionLifecycle((name) => (name === "east" ? east.connection : main.connection));
  const live = () => stateOf(array, id);
  const replace = async (before: Inputs, after: Inputs) => {
    const deployment = toldDeployment(clock);
    const { check, diff } = dynamicHooks<ImportSessionInputs, ReturnType<typeof sampleRecord>>(lifecycle, deployment);
    if (!(check && diff)) throw new Error("a hook is missing");
    const [olds, news] = [before, after].map((inputs) => ({ ...inputs, resourceUrn: sampleUrn }));
    if (olds === undefined || news === undefined) throw new Error("no inputs");
    const state = sampleRecord({ sessionId: id, adopted: "sessionId" in before, state: "Copy_In_Progress" });
    const first = await check(olds, news);
    if ((first.failures ?? []).length > 0) return { replaces: [], failures: first.failures, said: deployment.said };
    const { replaces } = await diff(id, outputsOf(olds, { id, state }), news);
    const { failures } = await check({}, news);
    return { replaces, failures, said: deployment.said };
  };
  const giveUp = async (before: Inputs, after: Inputs) => {
    const hooks = dynamicHooks<ImportSessionInputs, ReturnType<typeof sampleRecord>>(lifecycle, toldDeployment(clock));
    const state = sampleRecord({ sessionId: id, adopted: "sessionId" in before, state: "Copy_In_Progress" });
    await hooks.check?.({}, { ...after, resourceUrn: sampleUrn });
    await hooks.delete?.(id, outputsOf({ ...before, resourceUrn: sampleUrn }, { id, state }));
  };
  return { array, east: east.array, id, live, replace, giveUp };
}

function stateOf({ sessions }: SimulatedPowerStore, id: string): string | undefined {
  return sessions().find((session) => session.id === id)?.state;
}
