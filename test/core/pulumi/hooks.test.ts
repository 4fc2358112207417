import { expect, test } from "vitest";
import { unknownValue } from "../../../provider/core/inputs.ts";
import { defaultTimeoutsMs } from "../../../provider/core/pulumi/hooks.ts";
import { given, volumeHooks } from "./volume-hooks.ts";

test("the configuration is handed to the deployment", async () => {
  const { configure, deployment } = volumeHooks();
  const values: Record<string, string> = { "powerstore:endpoint": "https://a" };
  const config = { get: (key: string) => values[key], require: (key: string) => values[key] ?? "" };
  expect(deployment.config("powerstore:endpoint")).toBeUndefined();
  await configure({ config });
  expect(deployment.config("powerstore:endpoint")).toBe("https://a");
});

test("a check hands the inputs on as they are, with Pulumi's own property and without defaults or parsing", async () => {
  const { check } = volumeHooks();
  const news = { ...given, grace: "5m", timeouts: { create: "8h" } };
  expect(await check({}, news)).toEqual({ inputs: news, failures: [] });
});

test("a check names what is wrong, and announces nothing then", async () => {
  const { check, deployment } = volumeHooks();
  expect(await check({}, { ...given, size: -1, colour: "red" })).toMatchObject({
    failures: [{ property: "size" }, { property: "colour" }],
  });
  expect(deployment.said.filter((line) => line.startsWith("progress"))).toEqual([]);
});

test("a check of a new resource announces on its row what will be done, before it returns", async () => {
  const { check, deployment } = volumeHooks();
  await check({}, { ...given, size: 200 });
  expect(deployment.said).toEqual(["progress urn:v create a volume of 200", "warn urn:v it is large", "flush"]);
});

test("a check of a resource that exists announces nothing: its diff does", async () => {
  const { check, deployment } = volumeHooks();
  await check(given, { ...given, size: 20 });
  expect(deployment.said.filter((line) => line !== "flush")).toEqual([]);
});

test("a check refuses what contradicts what was asked for before", async () => {
  const { check } = volumeHooks();
  expect(await check(given, { ...given, size: 5 })).toMatchObject({
    failures: [{ property: "size", reason: "cannot shrink" }],
  });
});

test("a check passes values that are not known yet and announces nothing about them", async () => {
  const { check, deployment } = volumeHooks();
  expect(await check({}, { ...given, size: unknownValue, label: unknownValue })).toMatchObject({ failures: [] });
  expect(deployment.said.filter((line) => line !== "flush")).toEqual([]);
});

test("a check of inputs recorded by an older release, which this one would refuse, still checks the new ones", async () => {
  const { check } = volumeHooks();
  expect(await check({ ...given, size: "10 GiB" }, given)).toMatchObject({ failures: [] });
});

test("a diff without changes says nothing and changes nothing", async () => {
  const { diff, deployment } = volumeHooks();
  const result = await diff("7", { ...given, sizeNow: 10 }, { ...given, resourceUrn: "urn:renamed" });
  expect(result).toEqual({ changes: false, replaces: [], deleteBeforeReplace: true });
  expect(deployment.said).toEqual(["flush"]);
});

test("a diff names the inputs that differ and shows on the row what an update would do", async () => {
  const { diff, play, deployment } = volumeHooks();
  const result = await diff("7", { ...given, sizeNow: 10 }, { ...given, size: 20, label: "new" });
  expect(play.reviewed).toMatchObject([
    { recorded: { id: "7", state: { sizeNow: 10 } }, changed: ["label", "size"], nowMs: 0 },
  ]);
  expect(result).toEqual({ changes: true, replaces: ["label"], deleteBeforeReplace: true });
  expect(deployment.said).toEqual(["progress urn:v grow it", "warn urn:v it cannot shrink again", "flush"]);
});

test("a diff with values that are not known yet reviews without inputs and is no crash", async () => {
  const { diff, play } = volumeHooks();
  expect(await diff("7", { ...given }, { ...given, size: unknownValue })).toMatchObject({ changes: true });
  expect(play.reviewed[0]).toMatchObject({ inputs: undefined, changed: ["size"] });
});

test("inputs reach the lifecycle parsed once, without Pulumi's own property", async () => {
  const { create, play } = volumeHooks();
  await create({ ...given, grace: "5m", timeouts: { create: "8h" } });
  expect(play.inputs).toEqual([{ resourceUrn: "urn:v", size: 10, grace: 300_000, timeouts: { create: 28_800_000 } }]);
});

test("what is created is recorded with its inputs as given and its state as plain JSON", async () => {
  const { create, play } = volumeHooks();
  play.work = async () => ({ id: "7", state: { isLabelChosen: true, label: "l", sizeNow: 0, error: undefined } });
  const { id, outs } = await create({ ...given, grace: "5m" });
  expect([id, outs]).toEqual(["7", { ...given, grace: "5m", isLabelChosen: true, label: "l", sizeNow: 0 }]);
  expect(Object.values(outs ?? {})).not.toContain(undefined);
});

test("W11: the deadline of each hook comes from customTimeouts", async () => {
  const { create, update, remove, read, play, clock } = volumeHooks();
  await clock.advance(1000);
  const timed = { ...given, timeouts: { create: "8h", update: "2h", delete: "30m", read: "5m" } };
  await create(timed);
  await update("7", given, timed);
  await remove("7", timed);
  await read("7", timed);
  expect(play.runs.map(({ deadlineMs }) => deadlineMs - 1000)).toEqual([28_800_000, 7_200_000, 1_800_000, 300_000]);
});

test("W4: without customTimeouts every hook has a deadline too", async () => {
  const { create, update, read, remove, play } = volumeHooks();
  await create(given);
  await update("7", given, given);
  await remove("7", given);
  await read("7", given);
  const { create: createMs, update: updateMs, delete: deleteMs, read: readMs } = defaultTimeoutsMs;
  expect(play.runs.map(({ deadlineMs }) => deadlineMs)).toEqual([createMs, updateMs, deleteMs, readMs]);
});

test("a run ends with the deployment's interruption and speaks on the resource's own row", async () => {
  const { create, play, deployment } = volumeHooks();
  await create(given);
  const [run] = play.runs;
  run?.progress("copying");
  run?.warn("careful");
  deployment.interrupt.abort();
  expect(run?.signal.aborted).toBe(true);
  expect(deployment.said).toEqual(["flush", "progress urn:v copying", "warn urn:v careful"]);
});

test("a read of an object that is gone gives a blank id", async () => {
  const { read, play } = volumeHooks();
  play.found = async () => undefined;
  expect(await read("7", given)).toEqual({ id: "", props: {} });
});

test("a read gives the inputs as they were given and the state as it is", async () => {
  const { read, play } = volumeHooks();
  play.found = async () => ({ id: "7", state: { isLabelChosen: true, label: "l", sizeNow: 11 } });
  expect(await read("7", { ...given, grace: "5m", sizeNow: 10 })).toEqual({
    id: "7",
    props: { ...given, grace: "5m", isLabelChosen: true, label: "l", sizeNow: 11 },
  });
});

test("a state of an older release, which lacks what came later, is read", async () => {
  const { update, remove, read } = volumeHooks();
  await expect(update("7", given, given)).resolves.toBeDefined();
  await expect(read("7", given)).resolves.toMatchObject({ props: { label: "", sizeNow: 0 } });
  await expect(remove("7", { ...given, forgotten: 1 })).resolves.toBeUndefined();
});

test("an output is not taken for the input of its name: a second `up` changes nothing", async () => {
  const { create, diff, play } = volumeHooks();
  const { id, outs } = await create(given);
  expect(outs).toMatchObject({ label: "vol-7" });
  expect(await diff(id, { ...outs, __provider: "code" }, given)).toMatchObject({ changes: false, replaces: [] });
  expect(play.reviewed[0]?.changed).toEqual([]);
});

test("an output is not taken for the input of its name: delete gets the inputs that were given", async () => {
  const { create, remove, play } = volumeHooks();
  const { id, outs } = await create(given);
  await remove(id, { ...outs, __provider: "code" });
  expect(play.inputs.at(-1)).toEqual({ resourceUrn: "urn:v", size: 10 });
});
