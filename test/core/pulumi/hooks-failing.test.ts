import { expect, test } from "vitest";
import { failure } from "../reconcile/scripted-reconciler.ts";
import type { ObservedVolume } from "./volume.ts";
import { errorOf, given, recorded, volumeHooks } from "./volume-hooks.ts";
import type { VolumePlay } from "./volume-resource.ts";

const seen = (label: string, size: number): ObservedVolume => ({ id: "7", label, size, isBusy: true });

/** Has the array show these, one after the other, and then fail. */
function reads(play: VolumePlay, shown: readonly ObservedVolume[], error: Error): void {
  const left = [...shown];
  play.observe = async () => {
    const next = left.shift();
    if (next === undefined) throw error;
    return next;
  };
}

test.each(["timeout", "cancelled", "stuck", "permission", "notFound"] as const)(
  "W7, W9, W10, W12: a create that ends as %s after the object exists keeps its id and what was read last",
  async (kind) => {
    const { create, play } = volumeHooks();
    reads(play, [seen("first", 1), seen("last", 2)], failure(kind));
    const error = await errorOf(create(given));
    const message = `The array: could not do it: it was ${kind}. Recorded: volume 7 of 2. Try again.`;
    expect(error).toMatchObject({
      message,
      id: "7",
      properties: { ...given, label: "last", sizeNow: 2 },
      reasons: [message],
    });
  },
);

test.each(["lost", "failing"] as const)(
  "W7, W9: a create whose reads fail as %s until the deadline keeps its id and what was read last",
  async (kind) => {
    const { create, play } = volumeHooks();
    reads(play, [seen("last", 2)], failure(kind));
    expect(await errorOf(create(given))).toMatchObject({
      message: expect.stringMatching(/timed out while the array is at work; .* Recorded: volume 7 of 2\. The array/),
      id: "7",
      properties: { ...given, label: "last", sizeNow: 2 },
    });
  },
);

test("what was sent last is saved although the array could not be read since", async () => {
  const { create, play } = volumeHooks();
  const nothing: ObservedVolume = { id: undefined, label: "", size: 0, isBusy: false };
  reads(play, [nothing], failure("permission"));
  expect(await errorOf(create(given))).toMatchObject({
    id: "7",
    properties: { ...given, sizeNow: 10, actions: [{ act: "make", reason: "0, wanted 10" }] },
  });
});

test("W9: what is saved of a failed create carries Pulumi's own property, or its delete would fail", async () => {
  const { create, play } = volumeHooks();
  reads(play, [seen("l", 1)], failure("timeout"));
  const error = await errorOf(create(given));
  const properties = "properties" in error ? error.properties : undefined;
  expect(properties).toMatchObject({ __provider: "code" });
  expect(JSON.parse(JSON.stringify(properties))).toStrictEqual(properties);
});

test("a create that fails before anything exists saves nothing", async () => {
  const { create, play } = volumeHooks();
  reads(play, [], failure("permission"));
  const error = await errorOf(create(given));
  expect(error).toMatchObject({ kind: "permission", message: expect.stringContaining("Recorded: nothing.") });
  expect(error).not.toHaveProperty("id");
});

test("an update that fails keeps the id and what was recorded before, as long as nothing newer was read", async () => {
  const { update, play } = volumeHooks();
  reads(play, [], failure("permission"));
  const error = await errorOf(update("7", { ...recorded, label: "old" }, { ...given, size: 20 }));
  expect(error).toMatchObject({
    message: expect.stringContaining("Recorded: volume 7 of 10."),
    id: "7",
    properties: { ...given, size: 20, label: "old", sizeNow: 10 },
  });
});

test("an update that fails before the array is known keeps the id and what was recorded before", async () => {
  const { update, play } = volumeHooks();
  const settings = failure("settings");
  Object.defineProperty(play, "settings", {
    get() {
      throw settings;
    },
  });
  const error = await errorOf(update("7", recorded, { ...given, size: 20 }));
  expect(error).toMatchObject({ id: "7", properties: { ...given, size: 20, sizeNow: 10 } });
});

test("W17: after a failed run the failure of one resource is not that of another", async () => {
  const { create, play } = volumeHooks();
  const { observe } = play;
  play.observe = async (target, before) => {
    if (target.inputs.size === 10 && before !== undefined) throw failure("permission");
    return observe(target, before);
  };
  const [first, second] = await Promise.allSettled([create(given), create({ ...given, size: 2 })]);
  expect([first, second]).toMatchObject([
    { status: "rejected", reason: { id: "7", properties: { sizeNow: 10 } } },
    { status: "fulfilled", value: { outs: { sizeNow: 2 } } },
  ]);
});

test("a defect in the middle of a run keeps the id too, and is reported as a defect", async () => {
  const { create, play } = volumeHooks();
  reads(play, [seen("l", 1)], new TypeError("x is undefined"));
  expect(await errorOf(create(given))).toMatchObject({
    id: "7",
    message: expect.stringMatching(/has a defect: TypeError: x is/),
  });
});

test("a defect before anything exists is reported as a defect, without a stack of its own", async () => {
  const { create, play } = volumeHooks();
  reads(play, [], new TypeError("x is undefined"));
  const error = await errorOf(create(given));
  expect(error.message).toMatch(/^pulumi-storage-migration has a defect: TypeError: x is undefined/);
  expect(error.stack).toBe("");
});

test("what a run reported is taken before its hook ends, however it ends", async () => {
  const { create, play, deployment } = volumeHooks();
  await create(given);
  expect(deployment.said.at(-1)).toBe("flush");
  reads(play, [], failure("permission"));
  await errorOf(create(given));
  expect(deployment.said.slice(-2)).toEqual(["flush", "flush"]);
});

test("what a delete or a read reported is taken before it ends, when it fails too", async () => {
  const { remove, read, play, deployment } = volumeHooks();
  reads(play, [], failure("permission"));
  await errorOf(remove("7", recorded));
  await errorOf(read("7", recorded));
  expect(deployment.said).toEqual(["flush", "flush"]);
});

test("a delete that fails says that the record is as before", async () => {
  const { remove, play } = volumeHooks();
  reads(play, [], failure("permission"));
  expect((await errorOf(remove("7", recorded))).message).toContain("Recorded: volume 7 of 10, as before.");
});

test.each(["notFound", "permission", "refused", "identity"] as const)(
  "W18: a read that fails as %s does not mean that the object is gone",
  async (kind) => {
    const { read, play } = volumeHooks();
    reads(play, [], failure(kind));
    expect(await errorOf(read("7", recorded))).toMatchObject({ kind });
  },
);

test.each(["unreachable", "contract"] as const)(
  "W18: a read that fails as %s until its deadline does not mean that the object is gone",
  async (kind) => {
    const { read, play } = volumeHooks();
    reads(play, [], failure(kind));
    expect(await errorOf(read("7", recorded))).toMatchObject({
      kind: "timeout",
      message: expect.stringContaining(failure(kind).message),
    });
  },
);

test("a read without anything recorded, as `pulumi import` asks for, is refused as such and not as a defect", async () => {
  const { read } = volumeHooks();
  expect(await errorOf(read("7"))).toMatchObject({
    kind: "input",
    message: expect.stringContaining("the stack has no record of it, and Pulumi cannot import a dynamic resource"),
  });
});

test("what an array or a user can cause leaves check, diff, read and delete without frames", async () => {
  const { check, diff, read, remove, play } = volumeHooks();
  reads(play, [], failure("permission"));
  const errors = [
    await errorOf(read("7", recorded)),
    await errorOf(remove("7", recorded)),
    await errorOf(diff("7", recorded, given)),
    await errorOf(diff("7", { ...recorded, sizeNow: "much" }, given)),
  ];
  play.preflight = () => Promise.reject(new TypeError("x is undefined"));
  errors.push(await errorOf(check({}, given)));
  expect(errors.map(({ stack }) => stack)).toEqual(["", "", "", "", ""]);
});

test("an update whose recorded state cannot be read says so in its message", async () => {
  const { update } = volumeHooks();
  const error = await errorOf(update("7", { ...recorded, sizeNow: "much" }, given));
  expect(error.message).toContain("pulumi-storage-migration has a defect");
  expect(error.stack).toBe("");
});
