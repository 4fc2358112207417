import { expect, test } from "vitest";
import type { Findings } from "../../../provider/core/resource.ts";
import { failure } from "../reconcile/scripted-reconciler.ts";
import { type ObservedVolume, planVolume, planVolumeDelete, type VolumeTarget } from "./volume.ts";
import { errorOf, given, recorded, volumeHooks } from "./volume-hooks.ts";

const named = { ...given, label: "new" };

/** Refuses what takes the place of another. */
async function refusesReplacements({ operation }: VolumeTarget): Promise<Findings<ObservedVolume>> {
  const isReplacement = operation.kind === "replace";
  return { refusals: isReplacement ? [{ property: "size", reason: "is too much" }] : [], warnings: [] };
}

test("what takes the place of another is checked as that, before the other is deleted, and shown like something new", async () => {
  const { check, diff, remove, create, play, deployment } = volumeHooks();
  await check(given, named);
  expect(await diff("7", recorded, named)).toMatchObject({ replaces: ["label"] });
  expect(await check({}, named)).toEqual({ inputs: named, failures: [] });
  expect(deployment.said).toContain("progress urn:v create a volume of 10");
  await remove("7", recorded);
  await create(named);
  await check({}, named);
  const before = { size: 10 };
  expect(play.preflights.map(({ target }) => target.operation)).toEqual([
    { kind: "update", before },
    { kind: "replace", before },
    // Once more, right before the delete.
    { kind: "replace", before },
    { kind: "create" },
  ]);
  expect(play.sent.map(({ kind }) => kind)).toEqual(["remove", "make"]);
});

test("what takes the place of another is refused like something new", async () => {
  const { check, diff, play } = volumeHooks();
  play.preflight = refusesReplacements;
  expect(await check(given, named)).toMatchObject({ failures: [] });
  await diff("7", recorded, named);
  expect(await check({}, named)).toMatchObject({ failures: [{ property: "size", reason: "is too much" }] });
});

test("nothing is deleted for what cannot be created, though Pulumi asked for no diff", async () => {
  const { check, remove, play } = volumeHooks();
  await check({}, given);
  play.preflight = refusesReplacements;
  expect(await errorOf(remove("7", recorded))).toMatchObject({
    kind: "input",
    message:
      "Array default (https://default): could not replace 7: its replacement cannot be created: size: is too much. " +
      "Recorded: volume 7 of 10, as before. Nothing was sent, and the existing object is untouched. Fix the input named above, or revert the change.",
  });
  expect(play.sent).toEqual([]);
});

test("nothing is deleted for what is on an array that cannot be reached, though a preview only warned of that", async () => {
  const { check, remove, play } = volumeHooks();
  play.preflight = () => Promise.reject(failure("unreachable"));
  expect(await check({}, given)).toMatchObject({ failures: [] });
  expect(await errorOf(remove("7", recorded))).toMatchObject({ kind: "unreachable" });
  expect(play.sent).toEqual([]);
});

test("the replacement is judged by what the array shows right before the delete", async () => {
  const { check, remove, play } = volumeHooks();
  play.observe = async () => ({ id: "7", label: "vol-7", size: 99, isBusy: false });
  play.refuseReplacement = ({ state }) => (state.sizeNow === 99 ? failure("input") : undefined);
  await check({}, given);
  expect(await errorOf(remove("7", recorded))).toMatchObject({ kind: "input" });
  expect(play.sent).toEqual([]);
});

test("with preflight off the array is not read for the replacement", async () => {
  const { check, remove, play } = volumeHooks();
  play.settings = { preflight: "off" };
  play.preflight = () => Promise.reject(failure("unreachable"));
  await check({}, given);
  await remove("7", recorded);
  expect(play.sent).toEqual([{ kind: "remove" }]);
});

test("a delete that is for no replacement is not confirmed: of what was never checked as new", async () => {
  const { check, remove, play } = volumeHooks();
  await check(given, { ...given, size: 20 });
  await remove("7", recorded);
  expect(play.preflights).toHaveLength(1);
  expect(play.sent.map(({ kind }) => kind)).toEqual(["remove"]);
});

test("the rest of a replacement that created first sends nothing: the new resource drives the same object", async () => {
  const { check, create, remove, play, deployment } = volumeHooks();
  await check({}, given);
  const { id } = await create(given);
  await remove(id, recorded);
  expect(play.sent.map(({ kind }) => kind)).toEqual(["make"]);
  expect(deployment.said).toContainEqual(expect.stringMatching(/^warn urn:v left to .*nothing is sent: volume 7$/));
});

test("the rest of an interrupted replacement sends nothing: the diff of this run has kept the object", async () => {
  const { check, diff, remove, play } = volumeHooks();
  await check(given, given);
  await diff("7", recorded, given);
  await remove("7", recorded);
  expect(play.sent).toEqual([]);
});

test("a replacement sends nothing for what it keeps, and creates with the record of it", async () => {
  const { check, remove, create, play } = volumeHooks();
  play.keeps = ({ id }, before, after) => (before.size < after.size ? [`volume ${id}`] : []);
  const targets: VolumeTarget[] = [];
  play.plan = (target, observed, moment) => {
    targets.push(target);
    return planVolume(target, observed, moment);
  };
  await check({}, { ...given, size: 20 });
  await remove("7", recorded);
  expect(play.sent).toEqual([]);
  await create({ ...given, size: 20 });
  expect(targets.at(-1)?.predecessor).toMatchObject({ id: "7", kept: new Set(["volume 7"]) });
});

test("a delete gets the keys of what the replacement keeps, and of nothing without a replacement", async () => {
  const { check, remove, play } = volumeHooks();
  play.keeps = () => ["volume 8"];
  const handedOver: unknown[] = [];
  play.planDelete = (target, observed) => {
    handedOver.push(target.handedOver);
    return planVolumeDelete(observed);
  };
  await remove("7", recorded);
  await check({}, given);
  await remove("7", recorded);
  expect(handedOver[0]).toEqual(new Set());
  expect(handedOver.at(-1)).toEqual(new Set(["volume 8"]));
});

test("what a replacement keeps stays on record if its create fails before it has read the array", async () => {
  const { check, remove, create, play } = volumeHooks();
  play.keeps = () => ["volume 7"];
  await check({}, given);
  await remove("7", recorded);
  play.observe = () => Promise.reject(failure("permission"));
  expect(await errorOf(create(given))).toMatchObject({ id: "7", properties: { label: "vol-7", size: 10 } });
});

test("a resource that is renamed with an alias and replaced in one run is confirmed like any other", async () => {
  const { check, diff, remove, play } = volumeHooks();
  const renamed = { ...given, resourceUrn: "urn:renamed", label: "new" };
  await check(given, renamed);
  expect(await diff("7", recorded, renamed)).toMatchObject({ replaces: ["label"] });
  await check({}, renamed);
  const before = play.preflights.length;
  // The engine deletes what is on record, under the URN that is on record.
  await remove("7", recorded);
  expect(play.preflights.length).toBe(before + 1);
});
