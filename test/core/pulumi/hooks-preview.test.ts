import { expect, test } from "vitest";
import { failure } from "../reconcile/scripted-reconciler.ts";
import { errorOf, given, volumeHooks } from "./volume-hooks.ts";

const absent = ["unreachable", "lost", "busy", "failing", "contract", "cancelled"] as const;
const lasting = ["untrusted", "authentication", "permission", "settings", "identity", "refused"] as const;
const warnings = (said: readonly string[]) => said.filter((line) => line.startsWith("warn"));

test("a diff is decided by what the array shows now, not by what was recorded last", async () => {
  const { diff, play } = volumeHooks();
  play.seen = async ({ id, state }) => ({ id, state: { ...state, sizeNow: 11 } });
  await diff("7", { ...given, sizeNow: 10 }, given);
  expect(play.reviewed).toMatchObject([{ recorded: { id: "7", state: { sizeNow: 11 } }, isGone: false }]);
});

test("a diff looks where the object is recorded, with the inputs it was made with", async () => {
  const { diff, play } = volumeHooks();
  const asked: unknown[] = [];
  play.seen = async (recorded, inputs) => {
    asked.push(recorded.id, inputs);
    return recorded;
  };
  await diff("7", { ...given, label: "old", grace: "5m" }, { ...given, label: "new" });
  expect(asked).toEqual(["7", { resourceUrn: "urn:v", size: 10, label: "old", grace: 300_000 }]);
});

test("a diff of an object that is gone says so to the review, with what was recorded last", async () => {
  const { diff, play } = volumeHooks();
  play.seen = async () => undefined;
  await diff("7", { ...given, sizeNow: 10 }, given);
  expect(play.reviewed).toMatchObject([{ recorded: { id: "7", state: { sizeNow: 10 } }, isGone: true }]);
});

test.each(absent)("a diff goes by what was recorded, with a warning, while the array is absent: %s", async (kind) => {
  const { diff, play, deployment } = volumeHooks();
  play.seen = () => Promise.reject(failure(kind));
  expect(await diff("7", { ...given, sizeNow: 10 }, given)).toMatchObject({ changes: false });
  expect(play.reviewed).toMatchObject([{ recorded: { state: { sizeNow: 10 } }, isGone: false }]);
  expect(warnings(deployment.said)).toEqual([`warn urn:v decided by what was recorded last: ${failure(kind).message}`]);
});

test.each(lasting)("a diff fails where the run would too: %s", async (kind) => {
  const { diff, play } = volumeHooks();
  play.seen = () => Promise.reject(failure(kind));
  expect(await errorOf(diff("7", given, given))).toMatchObject({ kind });
  expect(play.reviewed).toEqual([]);
});

test("a diff that is interrupted looks no longer", async () => {
  const { diff, play, deployment } = volumeHooks();
  await diff("7", given, given);
  const [signal] = play.looked;
  expect(signal?.aborted).toBe(false);
  deployment.interrupt.abort();
  expect(signal?.aborted).toBe(true);
});

test("what takes the place of another is checked as that, before the other is deleted, and announced like something new", async () => {
  const { check, diff, play, deployment } = volumeHooks();
  const occasions: unknown[] = [];
  play.foreseen = async (_inputs, occasion) => {
    occasions.push(occasion);
    return { refusals: [], warnings: [] };
  };
  const after = { ...given, label: "new" };
  await check(given, after);
  expect(await diff("7", { ...given, sizeNow: 10 }, after)).toMatchObject({ replaces: ["label"] });
  expect(await check({}, after)).toEqual({ inputs: after, failures: [] });
  expect(deployment.said).toContain("progress urn:v create a volume of 10");
  await check({}, after);
  const before = { resourceUrn: "urn:v", size: 10 };
  expect(occasions).toEqual([{ is: "change", before }, { is: "replacement", before }, { is: "creation" }]);
});

test("what takes the place of another is refused like something new", async () => {
  const { check, diff, play } = volumeHooks();
  play.foreseen = async (_inputs, { is }) => ({
    refusals: is === "replacement" ? [{ property: "label", reason: "is taken" }] : [],
    warnings: [],
  });
  const after = { ...given, label: "new" };
  expect(await check(given, after)).toMatchObject({ failures: [] });
  await diff("7", { ...given, sizeNow: 10 }, after);
  expect(await check({}, after)).toMatchObject({ failures: [{ property: "label", reason: "is taken" }] });
});

test("a diff of what cannot be done fails with the refusal, after what is at stake is shown", async () => {
  const { diff, play, deployment } = volumeHooks();
  play.refusal = failure("input");
  expect(await errorOf(diff("7", given, { ...given, size: 20 }))).toBe(play.refusal);
  expect(deployment.said).toEqual(["progress urn:v grow it", "warn urn:v it cannot shrink again", "flush"]);
});

test("a check knows whether the resource is new, and looks at the array only for what is new or changed", async () => {
  const { check, play } = volumeHooks();
  const asked: string[] = [];
  play.foreseen = async (_inputs, { is }) => {
    asked.push(is);
    return { refusals: [], warnings: [] };
  };
  await check({}, given);
  await check(given, { ...given, size: 20 });
  await check(given, given);
  expect(asked).toEqual(["creation", "change"]);
});

test("a check refuses what a look shows to fail, and warns of what is at stake", async () => {
  const { check, play, deployment } = volumeHooks();
  play.foreseen = async () => ({ refusals: [{ property: "size", reason: "is too much" }], warnings: ["it is shared"] });
  expect(await check({}, given)).toMatchObject({ failures: [{ property: "size", reason: "is too much" }] });
  expect(deployment.said).toEqual(["warn urn:v it is shared", "flush"]);
});

test.each(absent)("a check passes with a warning while the array is absent: %s", async (kind) => {
  const { check, play, deployment } = volumeHooks();
  play.foreseen = () => Promise.reject(failure(kind));
  expect(await check({}, given)).toMatchObject({ failures: [] });
  expect(warnings(deployment.said)).toEqual([
    `warn urn:v could not be checked before the run: ${failure(kind).message}`,
  ]);
});

test.each(lasting)("a check is refused where the run would fail too: %s", async (kind) => {
  const { check, play } = volumeHooks();
  play.foreseen = () => Promise.reject(failure(kind));
  expect(await check({}, given)).toMatchObject({
    failures: [{ property: "array", reason: failure(kind).message }],
  });
});

test("with preflight off a preview asks the array nothing, and a diff goes by what was recorded", async () => {
  const { check, diff, play, deployment } = volumeHooks();
  play.mode = "off";
  play.foreseen = () => Promise.reject(failure("authentication"));
  play.seen = () => Promise.reject(failure("authentication"));
  expect(await check({}, given)).toMatchObject({ failures: [] });
  expect(await diff("7", { ...given, sizeNow: 10 }, given)).toMatchObject({ changes: false });
  expect(play.looked).toEqual([]);
  expect(play.reviewed).toMatchObject([{ recorded: { state: { sizeNow: 10 } }, isGone: false }]);
  expect(warnings(deployment.said)).toEqual([]);
});

test("with preflight warn what a look shows to fail is a warning, and so is a look that fails for good", async () => {
  const { check, diff, play, deployment } = volumeHooks();
  play.mode = "warn";
  play.foreseen = async () => ({ refusals: [{ property: "size", reason: "is too much" }], warnings: ["it is shared"] });
  expect(await check({}, given)).toMatchObject({ failures: [] });
  expect(warnings(deployment.said)).toEqual(["warn urn:v would fail: size: is too much", "warn urn:v it is shared"]);
  play.foreseen = () => Promise.reject(failure("permission"));
  play.seen = () => Promise.reject(failure("permission"));
  expect(await check({}, { ...given, size: 20 })).toMatchObject({ failures: [] });
  expect(await diff("7", { ...given, sizeNow: 10 }, given)).toMatchObject({ changes: true });
  const told = `warn urn:v would fail: ${failure("permission").message}`;
  expect(warnings(deployment.said).slice(2)).toEqual([told, told]);
});

test.each(["warn", "off"] as const)(
  "with preflight %s what the array would refuse is a warning in a diff",
  async (mode) => {
    const { diff, play, deployment } = volumeHooks();
    play.mode = mode;
    play.refusal = failure("identity");
    expect(await diff("7", given, { ...given, size: 20 })).toMatchObject({ changes: true });
    expect(deployment.said).toContain(`warn urn:v would fail: ${failure("identity").message}`);
  },
);

test.each(["warn", "off"] as const)(
  "with preflight %s what may never be declared is refused all the same",
  async (mode) => {
    const { check, diff, play } = volumeHooks();
    play.mode = mode;
    play.refusal = failure("input");
    expect(await errorOf(diff("7", given, { ...given, size: 20 }))).toBe(play.refusal);
    expect(await check({ ...given, size: 20 }, given)).toMatchObject({ failures: [{ property: "size" }] });
  },
);

test("what a look shows of a new resource is announced instead of what its inputs tell", async () => {
  const { check, play, deployment } = volumeHooks();
  const announced = { plan: "take over a volume of 10", warnings: ["it is in use"] };
  play.foreseen = async () => ({ refusals: [], warnings: [], announced });
  await check({}, given);
  expect(deployment.said).toEqual(["progress urn:v take over a volume of 10", "warn urn:v it is in use", "flush"]);
});

test("what is no failure of the array but a defect of ours is told as one in a preview", async () => {
  const { diff, play } = volumeHooks();
  play.seen = () => Promise.reject(new TypeError("x is undefined"));
  expect((await errorOf(diff("7", given, given))).message).toContain("pulumi-storage-migration has a defect");
});
