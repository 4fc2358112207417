import { expect, test } from "vitest";
import { defaultTimeoutsMs } from "../../../provider/core/pulumi/service.ts";
import { failure } from "../reconcile/scripted-reconciler.ts";
import { noVolume } from "./volume.ts";
import { errorOf, given, recorded, volumeHooks } from "./volume-hooks.ts";

const waiting = () => ({ kind: "wait", reason: "copying" }) as const;

/** The hooks of a volume of an array that never gets anywhere, and how long each hook waits for it, in milliseconds. */
function endlessHooks() {
  const { clock, play, ...hooks } = volumeHooks();
  play.plan = waiting;
  play.planDelete = waiting;
  const lasts = async (run: Promise<unknown>) => {
    const startMs = clock.nowMs();
    expect(await errorOf(run)).toHaveProperty("message", expect.stringContaining("timed out"));
    return clock.nowMs() - startMs;
  };
  /** A read does not wait for the array to get anywhere, but for an answer. */
  const readLasts = (run: () => Promise<unknown>) => {
    play.observe = () => Promise.reject(failure("busy"));
    return lasts(run());
  };
  return { ...hooks, lasts, readLasts };
}

test("W11: the deadline of each hook comes from customTimeouts", async () => {
  const { create, update, read, lasts, readLasts } = endlessHooks();
  const later = endlessHooks();
  const timed = { ...given, timeouts: { create: "8h", update: "2h", delete: "30m", read: "5m" } };
  expect(await lasts(create(timed))).toBe(28_800_000);
  expect(await lasts(update("7", recorded, timed))).toBe(7_200_000);
  expect(await later.lasts(later.remove("7", { ...recorded, ...timed }))).toBe(1_800_000);
  expect(await readLasts(() => read("7", { ...recorded, ...timed }))).toBe(300_000);
});

test("W4: without customTimeouts every hook has a deadline too", async () => {
  const { create, update, read, lasts, readLasts } = endlessHooks();
  const later = endlessHooks();
  expect(await lasts(create(given))).toBe(defaultTimeoutsMs.create);
  expect(await lasts(update("7", recorded, given))).toBe(defaultTimeoutsMs.update);
  expect(await later.lasts(later.remove("7", recorded))).toBe(defaultTimeoutsMs.delete);
  expect(await readLasts(() => read("7", recorded))).toBe(defaultTimeoutsMs.read);
});

test("inputs reach the resource parsed once, without those of Pulumi and of this serving", async () => {
  const { create, play } = volumeHooks();
  await create({ ...given, grace: "5m", timeouts: { create: "8h" } });
  expect(play.reads[0]?.target).toEqual({
    urn: "urn:v",
    operation: { kind: "create" },
    inputs: { size: 10, grace: 300_000 },
    unknown: [],
    recorded: undefined,
    acts: [],
    isPreview: false,
  });
});

test("an update has the inputs of the last run and what was recorded then", async () => {
  const { update, play } = volumeHooks();
  await update("7", { ...recorded, grace: "5m" }, { ...given, size: 20 });
  expect(play.reads[0]?.target).toMatchObject({
    operation: { kind: "update", before: { size: 10, grace: 300_000 } },
    inputs: { size: 20 },
    recorded: { id: "7", state: { label: "vol-7", sizeNow: 10 } },
    isPreview: false,
  });
});

test("what is created is recorded with its inputs as given and its state as plain JSON", async () => {
  const { create } = volumeHooks();
  const { id, outs } = await create({ ...given, grace: "5m" });
  expect([id, outs]).toStrictEqual([
    "7",
    {
      ...given,
      grace: "5m",
      isLabelChosen: true,
      label: "vol-7",
      sizeNow: 10,
      actions: [{ act: "make", at: "1970-01-01T00:00:00.000Z", reason: "0, wanted 10" }],
    },
  ]);
});

test("an update continues the audit log that is recorded", async () => {
  const { create, update } = volumeHooks();
  const { outs } = await create(given);
  const updated = await update("7", { ...outs }, { ...given, size: 20 });
  expect(updated?.outs).toMatchObject({ size: 20, sizeNow: 20, actions: [{ act: "make" }, { act: "grow" }] });
});

test("a run ends with the deployment's interruption and reports on the resource's own row", async () => {
  const { create, play, deployment, clock } = volumeHooks();
  play.plan = waiting;
  play.progress = () => ({ warnings: ["careful"] });
  void clock.sleep(60_000, new AbortController().signal).then(() => deployment.interrupt.abort());
  expect(await errorOf(create(given))).toMatchObject({ kind: "cancelled" });
  expect(clock.nowMs()).toBe(60_000);
  expect(deployment.said).toEqual(
    expect.arrayContaining([
      "progress urn:v copying",
      "warn urn:v careful",
      expect.stringMatching(/^debug urn:v plan/),
    ]),
  );
  expect(deployment.said.at(-1)).toBe("flush");
});

test("a hold is a success with a warning: a person has to open a gate first", async () => {
  const { update, deployment } = volumeHooks();
  const updated = await update("7", recorded, { ...given, size: 20, grace: "5m" });
  expect(updated?.outs).toMatchObject({ size: 20, sizeNow: 10 });
  expect(deployment.said).toContain("warn urn:v held: its grace is not over");
});

test("a read of what a program only looks up fails where it is not there (D1)", async () => {
  const { read, play } = volumeHooks();
  play.observe = async () => noVolume;
  expect((await errorOf(read("7", given))).message).toMatch(/could not read volume 7.*the array has no such object/);
});

test("a read of an object that is gone answers a blank id", async () => {
  const { read, play } = volumeHooks();
  play.observe = async () => ({ id: undefined, label: "", size: 0, isBusy: false });
  expect(await read("7", recorded)).toEqual({ id: "", props: {} });
});

test("a read answers the inputs as they were given and the state as it is", async () => {
  const { read, play } = volumeHooks();
  play.observe = async () => ({ id: "7", label: "l", size: 11, isBusy: false });
  const actions = [{ act: "make", at: "2030-01-01T00:00:00.000Z", reason: "0, wanted 10" }];
  expect(await read("7", { ...recorded, grace: "5m", actions })).toEqual({
    id: "7",
    props: { ...given, grace: "5m", isLabelChosen: true, label: "l", sizeNow: 11, actions },
  });
});

test("a state of an older release, which lacks what came later, is read", async () => {
  const { update, remove, read } = volumeHooks();
  await expect(update("7", given, given)).resolves.toMatchObject({ outs: { sizeNow: 10 } });
  await expect(read("7", given)).resolves.toMatchObject({ props: { label: "", sizeNow: 0 } });
  await expect(remove("7", { ...given, forgotten: 1 })).resolves.toBeUndefined();
});

test("an output is not taken for the input of its name: delete gets the inputs that were given", async () => {
  const { id, outs } = await volumeHooks().create(given);
  const { remove, play } = volumeHooks();
  await remove(id, { ...outs, __provider: "code" });
  expect(play.reads.at(-1)?.target).toMatchObject({ operation: { kind: "delete" }, recorded: { id: "7" } });
  expect(play.reads.at(-1)?.target.inputs).toEqual({ size: 10 });
  expect(play.sent.at(-1)).toEqual({ kind: "remove" });
});
