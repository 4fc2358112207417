import { expect, test } from "vitest";
import { defaultTimeoutsMs, dynamicHooks } from "../../provider/core/hooks.ts";
import { unknownValue } from "../../provider/core/inputs.ts";
import { failure } from "./scripted-settling.ts";
import { virtualClock } from "./virtual-clock.ts";
import { playVolume, toldDeployment } from "./volume-lifecycle.ts";

const given = { __provider: "code", resourceUrn: "urn:v", size: 10 };

function start() {
  const clock = virtualClock({ startMs: 0 });
  const play = playVolume();
  const deployment = toldDeployment(clock);
  const { configure, check, diff, create, read, update, delete: remove } = dynamicHooks(play.lifecycle, deployment);
  if (!(configure && check && diff && read && update && remove)) throw new Error("a hook is missing");
  return { clock, play, deployment, configure, check, diff, create, read, update, remove };
}

async function errorOf(work: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new Error("it did not fail");
  return Object.assign(error);
}

test("the configuration is handed to the deployment", async () => {
  const { configure, deployment } = start();
  const values: Record<string, string> = { "powerstore:endpoint": "https://a" };
  const config = { get: (key: string) => values[key], require: (key: string) => values[key] ?? "" };
  expect(deployment.config("powerstore:endpoint")).toBeUndefined();
  await configure({ config });
  expect(deployment.config("powerstore:endpoint")).toBe("https://a");
});

test("a check hands the inputs on as they are, with Pulumi's own property and without defaults or parsing", async () => {
  const { check } = start();
  const news = { ...given, grace: "5m", timeouts: { create: "8h" } };
  expect(await check({}, news)).toEqual({ inputs: news, failures: [] });
});

test("a check names what is wrong, and announces nothing then", async () => {
  const { check, deployment } = start();
  expect(await check({}, { ...given, size: -1, colour: "red" })).toMatchObject({
    failures: [{ property: "size" }, { property: "colour" }],
  });
  expect(deployment.said.filter((line) => line.startsWith("progress"))).toEqual([]);
});

test("a check of a new resource announces on its row what will be done, before it returns", async () => {
  const { check, deployment } = start();
  await check({}, { ...given, size: 200 });
  expect(deployment.said).toEqual(["progress urn:v create a volume of 200", "warn urn:v it is large", "flush"]);
});

test("a check of a resource that exists announces nothing: its diff does", async () => {
  const { check, deployment } = start();
  await check(given, { ...given, size: 20 });
  expect(deployment.said.filter((line) => line !== "flush")).toEqual([]);
});

test("a check refuses what contradicts what was asked for before", async () => {
  const { check } = start();
  expect(await check(given, { ...given, size: 5 })).toMatchObject({
    failures: [{ property: "size", reason: "cannot shrink" }],
  });
});

test("a check passes values that are not known yet and announces nothing about them", async () => {
  const { check, deployment } = start();
  expect(await check({}, { ...given, size: unknownValue, label: unknownValue })).toMatchObject({ failures: [] });
  expect(deployment.said.filter((line) => line !== "flush")).toEqual([]);
});

test("a check of inputs recorded by an older release, which this one would refuse, still checks the new ones", async () => {
  const { check } = start();
  expect(await check({ ...given, size: "10 GiB" }, given)).toMatchObject({ failures: [] });
});

test("a diff without changes says nothing and changes nothing", async () => {
  const { diff, deployment } = start();
  const result = await diff("7", { ...given, sizeNow: 10 }, { ...given, resourceUrn: "urn:renamed" });
  expect(result).toEqual({ changes: false, replaces: [], deleteBeforeReplace: true });
  expect(deployment.said).toEqual(["flush"]);
});

test("a diff names the inputs that differ and shows on the row what an update would do", async () => {
  const { diff, play, deployment } = start();
  const result = await diff("7", { ...given, sizeNow: 10 }, { ...given, size: 20, label: "new" });
  expect(play.reviewed).toMatchObject([
    { recorded: { id: "7", state: { sizeNow: 10 } }, changed: ["label", "size"], nowMs: 0 },
  ]);
  expect(result).toEqual({ changes: true, replaces: ["label"], deleteBeforeReplace: true });
  expect(deployment.said).toEqual(["progress urn:v grow it", "warn urn:v it cannot shrink again", "flush"]);
});

test("a diff with values that are not known yet reviews without inputs and is no crash", async () => {
  const { diff, play } = start();
  expect(await diff("7", { ...given }, { ...given, size: unknownValue })).toMatchObject({ changes: true });
  expect(play.reviewed[0]).toMatchObject({ inputs: undefined, changed: ["size"] });
});

test("inputs reach the lifecycle parsed once, without Pulumi's own property", async () => {
  const { create, play } = start();
  await create({ ...given, grace: "5m", timeouts: { create: "8h" } });
  expect(play.inputs).toEqual([{ resourceUrn: "urn:v", size: 10, grace: 300_000, timeouts: { create: 28_800_000 } }]);
});

test("what is created is recorded with its inputs as given and its state as plain JSON", async () => {
  const { create, play } = start();
  play.work = async () => ({ id: "7", state: { isLabelChosen: true, label: "l", sizeNow: 0, error: undefined } });
  const { id, outs } = await create({ ...given, grace: "5m" });
  expect([id, outs]).toEqual(["7", { ...given, grace: "5m", isLabelChosen: true, label: "l", sizeNow: 0 }]);
  expect(Object.values(outs ?? {})).not.toContain(undefined);
});

test("W11: the deadline of each hook comes from customTimeouts", async () => {
  const { create, update, remove, play, clock } = start();
  await clock.advance(1000);
  const timed = { ...given, timeouts: { create: "8h", update: "2h", delete: "30m" } };
  await create(timed);
  await update("7", given, timed);
  await remove("7", timed);
  expect(play.runs.map(({ deadlineMs }) => deadlineMs - 1000)).toEqual([28_800_000, 7_200_000, 1_800_000]);
});

test("W4: without customTimeouts every hook has a deadline too", async () => {
  const { create, update, read, remove, play } = start();
  await create(given);
  await update("7", given, given);
  await remove("7", given);
  await read("7", given);
  const { create: createMs, update: updateMs, delete: deleteMs, read: readMs } = defaultTimeoutsMs;
  expect(play.runs.map(({ deadlineMs }) => deadlineMs)).toEqual([createMs, updateMs, deleteMs, readMs]);
});

test("a run ends with the deployment's interruption and speaks on the resource's own row", async () => {
  const { create, play, deployment } = start();
  await create(given);
  const [run] = play.runs;
  run?.progress("copying");
  run?.warn("careful");
  deployment.interrupt.abort();
  expect(run?.signal.aborted).toBe(true);
  expect(deployment.said).toEqual(["flush", "progress urn:v copying", "warn urn:v careful"]);
});

test.each(["timeout", "cancelled", "stuck", "lost", "failing"] as const)(
  "W7, W9, W10, W12: a create that ends as %s after the object exists keeps its id and what was seen last",
  async (kind) => {
    const { create, play } = start();
    play.work = async (_inputs, _run, record) => {
      record({ id: "7", state: { isLabelChosen: true, label: "first", sizeNow: 1 } });
      record({ id: "7", state: { isLabelChosen: true, label: "last", sizeNow: 2 } });
      throw failure(kind);
    };
    const error = await errorOf(create(given));
    expect(error).toMatchObject({
      message: failure(kind).message,
      id: "7",
      properties: { ...given, label: "last", sizeNow: 2 },
      reasons: [failure(kind).message],
    });
  },
);

test("W9: what is saved of a failed create carries Pulumi's own property, or its delete would fail", async () => {
  const { create, play } = start();
  play.work = async (_inputs, _run, record) => {
    record({ id: "7", state: { isLabelChosen: true, label: "l", sizeNow: 1, error: undefined } });
    throw failure("timeout");
  };
  const { properties } = await errorOf(create(given));
  expect(properties).toMatchObject({ __provider: "code" });
  expect(JSON.parse(JSON.stringify(properties))).toStrictEqual(properties);
});

test("a create that fails before anything exists saves nothing", async () => {
  const { create, play } = start();
  const refusal = failure("refused");
  play.work = async () => {
    throw refusal;
  };
  const error = await errorOf(create(given));
  expect(error).toBe(refusal);
  expect(error).not.toHaveProperty("id");
});

test("an update that fails keeps the id and what was recorded before, as long as nothing newer was seen", async () => {
  const { update, play } = start();
  play.work = async () => {
    throw failure("unreachable");
  };
  const error = await errorOf(update("7", { ...given, label: "old", sizeNow: 10 }, { ...given, size: 20 }));
  expect(error).toMatchObject({ id: "7", properties: { ...given, size: 20, label: "old", sizeNow: 10 } });
});

test("W17: after a failed run the failure of one resource is not that of another", async () => {
  const { create, play } = start();
  let failures = 1;
  play.work = async (_inputs, _run, record) => {
    record({ id: "7", state: { isLabelChosen: true, label: "l", sizeNow: 1 } });
    if (failures-- > 0) throw failure("failing");
    return { id: "8", state: { isLabelChosen: true, label: "m", sizeNow: 2 } };
  };
  const [first, second] = await Promise.allSettled([create(given), create({ ...given, size: 2 })]);
  expect([first?.status, second]).toMatchObject(["rejected", { status: "fulfilled", value: { id: "8" } }]);
});

test("a defect in the middle of a run keeps the id too, and is told as a defect", async () => {
  const { create, play } = start();
  play.work = async (_inputs, _run, record) => {
    record({ id: "7", state: { isLabelChosen: true, label: "l", sizeNow: 1 } });
    throw new TypeError("x is undefined");
  };
  expect(await errorOf(create(given))).toMatchObject({
    id: "7",
    message: expect.stringMatching(/has a defect: TypeError: x is/),
  });
});

test("what a run said is taken before its hook ends, however it ends", async () => {
  const { create, play, deployment } = start();
  await create(given);
  play.work = async () => {
    throw failure("refused");
  };
  await errorOf(create(given));
  expect(deployment.said).toEqual(["flush", "flush"]);
});

test.fails("what a delete or a read said is taken before it ends, when it fails too", async () => {
  const { remove, read, play, deployment } = start();
  play.delete = () => Promise.reject(failure("refused"));
  play.found = () => Promise.reject(failure("unreachable"));
  await errorOf(remove("7", given));
  await errorOf(read("7", given));
  expect(deployment.said).toEqual(["flush", "flush"]);
});

test("a read of an object that is gone gives a blank id", async () => {
  const { read, play } = start();
  play.found = async () => undefined;
  expect(await read("7", given)).toEqual({ id: "", props: {} });
});

test.each(["notFound", "unreachable", "permission", "contract"] as const)(
  "W18: a read that fails as %s does not mean that the object is gone",
  async (kind) => {
    const { read, play } = start();
    play.found = () => Promise.reject(failure(kind));
    expect(await errorOf(read("7", given))).toMatchObject({ kind });
  },
);

test("a read gives the inputs as they were given and the state as it is", async () => {
  const { read, play } = start();
  play.found = async () => ({ id: "7", state: { isLabelChosen: true, label: "l", sizeNow: 11 } });
  expect(await read("7", { ...given, grace: "5m", sizeNow: 10 })).toEqual({
    id: "7",
    props: { ...given, grace: "5m", isLabelChosen: true, label: "l", sizeNow: 11 },
  });
});

test.fails("a read without anything recorded, as `pulumi import` asks for, is refused as such and not as a defect", async () => {
  const { read } = start();
  expect((await errorOf(read("7"))).message).not.toContain("defect");
});

test("what an array or a user can cause leaves check, diff, read and delete without frames", async () => {
  const { diff, read, remove, play } = start();
  play.found = () => Promise.reject(failure("unreachable"));
  play.delete = () => Promise.reject(failure("refused"));
  const errors = [await errorOf(read("7", given)), await errorOf(remove("7", given))];
  expect(errors.map(({ stack }) => /\n\s+at /.test(stack ?? ""))).toEqual([false, false]);
  const defect = await errorOf(diff("7", { ...given, sizeNow: "much" }, given));
  expect(defect.stack).toBe(defect.message);
});

test.fails("an update whose recorded state cannot be read says so in its message", async () => {
  const { update } = start();
  const error = await errorOf(update("7", { ...given, sizeNow: "much" }, given));
  expect(error.message).toContain("pulumi-storage-migration has a defect");
});

test("a state of an older release, which lacks what came later, is read", async () => {
  const { update, remove, read } = start();
  await expect(update("7", given, given)).resolves.toBeDefined();
  await expect(read("7", given)).resolves.toMatchObject({ props: { label: "", sizeNow: 0 } });
  await expect(remove("7", { ...given, forgotten: 1 })).resolves.toBeUndefined();
});

// An output of the same name as an input that was not given: `sessionId` of a PowerStore import session is one.
test("an output is not taken for the input of its name: a second `up` changes nothing", async () => {
  const { create, diff, play } = start();
  const { id, outs } = await create(given);
  expect(outs).toMatchObject({ label: "vol-7" });
  expect(await diff(id, { ...outs, __provider: "code" }, given)).toMatchObject({ changes: false, replaces: [] });
  expect(play.reviewed[0]?.changed).toEqual([]);
});

test("an output is not taken for the input of its name: delete gets the inputs that were given", async () => {
  const { create, remove, play } = start();
  const { id, outs } = await create(given);
  await remove(id, { ...outs, __provider: "code" });
  expect(play.inputs.at(-1)).toEqual({ resourceUrn: "urn:v", size: 10 });
});
