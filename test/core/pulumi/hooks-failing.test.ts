import { expect, test } from "vitest";
import { failure } from "../reconcile/scripted-reconciler.ts";
import { errorOf, given, volumeHooks } from "./volume-hooks.ts";

test.each(["timeout", "cancelled", "stuck", "lost", "failing"] as const)(
  "W7, W9, W10, W12: a create that ends as %s after the object exists keeps its id and what was seen last",
  async (kind) => {
    const { create, play } = volumeHooks();
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
  const { create, play } = volumeHooks();
  play.work = async (_inputs, _run, record) => {
    record({ id: "7", state: { isLabelChosen: true, label: "l", sizeNow: 1, error: undefined } });
    throw failure("timeout");
  };
  const error = await errorOf(create(given));
  const properties = "properties" in error ? error.properties : undefined;
  expect(properties).toMatchObject({ __provider: "code" });
  expect(JSON.parse(JSON.stringify(properties))).toStrictEqual(properties);
});

test("a create that fails before anything exists saves nothing", async () => {
  const { create, play } = volumeHooks();
  const refusal = failure("refused");
  play.work = async () => {
    throw refusal;
  };
  const error = await errorOf(create(given));
  expect(error).toBe(refusal);
  expect(error).not.toHaveProperty("id");
});

test("an update that fails keeps the id and what was recorded before, as long as nothing newer was seen", async () => {
  const { update, play } = volumeHooks();
  play.work = async () => {
    throw failure("unreachable");
  };
  const error = await errorOf(update("7", { ...given, label: "old", sizeNow: 10 }, { ...given, size: 20 }));
  expect(error).toMatchObject({ id: "7", properties: { ...given, size: 20, label: "old", sizeNow: 10 } });
});

test("W17: after a failed run the failure of one resource is not that of another", async () => {
  const { create, play } = volumeHooks();
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
  const { create, play } = volumeHooks();
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
  const { create, play, deployment } = volumeHooks();
  await create(given);
  play.work = async () => {
    throw failure("refused");
  };
  await errorOf(create(given));
  expect(deployment.said).toEqual(["flush", "flush"]);
});

test("what a delete or a read said is taken before it ends, when it fails too", async () => {
  const { remove, read, play, deployment } = volumeHooks();
  play.delete = () => Promise.reject(failure("refused"));
  play.found = () => Promise.reject(failure("unreachable"));
  await errorOf(remove("7", given));
  await errorOf(read("7", given));
  expect(deployment.said).toEqual(["flush", "flush"]);
});

test.each(["notFound", "unreachable", "permission", "contract"] as const)(
  "W18: a read that fails as %s does not mean that the object is gone",
  async (kind) => {
    const { read, play } = volumeHooks();
    play.found = () => Promise.reject(failure(kind));
    expect(await errorOf(read("7", given))).toMatchObject({ kind });
  },
);

test("a read without anything recorded, as `pulumi import` asks for, is refused as such and not as a defect", async () => {
  const { read } = volumeHooks();
  expect((await errorOf(read("7"))).message).not.toContain("defect");
});

test("what an array or a user can cause leaves check, diff, read and delete without frames", async () => {
  const { diff, read, remove, play } = volumeHooks();
  play.found = () => Promise.reject(failure("unreachable"));
  play.delete = () => Promise.reject(failure("refused"));
  const errors = [await errorOf(read("7", given)), await errorOf(remove("7", given))];
  expect(errors.map(({ stack }) => /\n\s+at /.test(stack ?? ""))).toEqual([false, false]);
  const defect = await errorOf(diff("7", { ...given, sizeNow: "much" }, given));
  expect(defect.stack).toBe("");
});

test("an update whose recorded state cannot be read says so in its message", async () => {
  const { update } = volumeHooks();
  const error = await errorOf(update("7", { ...given, sizeNow: "much" }, given));
  expect(error.message).toContain("pulumi-storage-migration has a defect");
});
