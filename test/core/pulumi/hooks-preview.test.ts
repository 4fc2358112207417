import { expect, test } from "vitest";
import { failure } from "../reconcile/scripted-reconciler.ts";
import { noVolume } from "./volume.ts";
import { errorOf, given, recorded, volumeHooks } from "./volume-hooks.ts";

const absent = ["unreachable", "lost", "busy", "failing", "contract", "cancelled"] as const;
const lasting = ["untrusted", "authentication", "permission", "settings", "identity", "refused"] as const;
const warnings = (said: readonly string[]) => said.filter((line) => line.startsWith("warn"));
const larger = { ...given, size: 20 };

test("W11: a diff is decided by what the array shows now, not by what was recorded last", async () => {
  const { diff, play, deployment } = volumeHooks();
  play.observe = async () => ({ id: "7", label: "vol-7", size: 20, isBusy: false });
  expect(await diff("7", recorded, larger)).toMatchObject({ changes: true });
  expect(play.questions).toMatchObject([
    { observed: { size: 20 }, isGone: false, target: { recorded: { state: { sizeNow: 10 } } } },
  ]);
  expect(deployment.said).toEqual(["progress urn:v its size is 20: nothing to send", "flush"]);
});

test("a diff reads the recorded object for the new inputs, as a preview", async () => {
  const { diff, play } = volumeHooks();
  await diff("7", { ...recorded, grace: "5m" }, larger);
  expect(play.reads).toMatchObject([
    {
      target: {
        urn: "urn:v",
        operation: { kind: "update", before: { size: 10, grace: 300_000 } },
        inputs: { size: 20 },
        recorded: { id: "7" },
        isPreview: true,
      },
    },
  ]);
  expect(play.reads[0]).not.toHaveProperty("before");
});

test("a diff of an object that is gone says so, with what was recorded last", async () => {
  const { diff, play, deployment } = volumeHooks();
  play.observe = async () => noVolume;
  expect(await diff("7", recorded, given)).toMatchObject({ changes: true });
  expect(play.questions).toMatchObject([{ target: { recorded: { id: "7", state: { sizeNow: 10 } } }, isGone: true }]);
  expect(deployment.said).toContain("progress urn:v create a volume of 10");
});

test.each(absent)("a diff goes by what was recorded, with a warning, while the array is absent: %s", async (kind) => {
  const { diff, play, deployment } = volumeHooks();
  play.observe = () => Promise.reject(failure(kind));
  expect(await diff("7", recorded, given)).toMatchObject({ changes: false });
  expect(play.questions).toMatchObject([{ observed: { id: "7", size: 10 }, isGone: false }]);
  expect(warnings(deployment.said)).toEqual([
    `warn urn:v decided on the last recorded state: ${failure(kind).message}`,
  ]);
});

test.each(lasting)("a diff fails where the run would too: %s", async (kind) => {
  const { diff, play } = volumeHooks();
  play.observe = () => Promise.reject(failure(kind));
  expect(await errorOf(diff("7", recorded, given))).toMatchObject({ kind });
  expect(play.questions).toEqual([]);
});

test("a preview that is interrupted stops reading", async () => {
  const { check, diff, play, deployment } = volumeHooks();
  await check({}, given);
  await diff("7", recorded, given);
  const signals = [play.preflights[0]?.reading.signal, play.reads[0]?.reading.signal];
  expect(signals.map((signal) => signal?.aborted)).toEqual([false, false]);
  deployment.interrupt.abort();
  expect(signals.map((signal) => signal?.aborted)).toEqual([true, true]);
});

test("a diff of what cannot be done fails with the refusal", async () => {
  const { diff, play, deployment } = volumeHooks();
  const refusal = failure("identity");
  play.diff = () => ({ refusal, warnings: ["it belongs to somebody else"] });
  expect(await errorOf(diff("7", recorded, larger))).toBe(refusal);
  expect(deployment.said).toEqual([
    "progress urn:v grow volume 7 to 20",
    "warn urn:v it belongs to somebody else",
    "flush",
  ]);
});

test("a check knows what it is for, and reads the array only for what is new or changed", async () => {
  const { check, play } = volumeHooks();
  await check({}, given);
  await check(given, larger);
  await check(given, given);
  expect(play.preflights.map(({ target }) => target.operation)).toEqual([
    { kind: "create" },
    { kind: "update", before: { size: 10 } },
  ]);
  expect(play.reads).toEqual([]);
});

test("a check refuses what the array shows to fail, and warns of what is at stake", async () => {
  const { check, play, deployment } = volumeHooks();
  play.preflight = async () => ({
    refusals: [{ property: "size", reason: "is too much" }],
    warnings: ["it is shared"],
  });
  expect(await check({}, given)).toMatchObject({ failures: [{ property: "size", reason: "is too much" }] });
  expect(deployment.said).toEqual(["warn urn:v it is shared", "flush"]);
});

test.each(absent)("a check passes with a warning while the array is absent: %s", async (kind) => {
  const { check, play, deployment } = volumeHooks();
  play.preflight = () => Promise.reject(failure(kind));
  expect(await check({}, given)).toMatchObject({ failures: [] });
  expect(deployment.said).toEqual([
    `warn urn:v could not be checked before the run: ${failure(kind).message}`,
    "progress urn:v create a volume of 10",
    "flush",
  ]);
});

test.each(lasting)("a check is refused where the run would fail too: %s", async (kind) => {
  const { check, play } = volumeHooks();
  play.preflight = () => Promise.reject(failure(kind));
  expect(await check({}, given)).toMatchObject({
    failures: [{ property: "array", reason: failure(kind).message }],
  });
});

test("with preflight off a preview reads nothing, and a diff goes by what was recorded", async () => {
  const { check, diff, play, deployment } = volumeHooks();
  play.settings = { preflight: "off" };
  expect(await check({}, given)).toMatchObject({ failures: [] });
  expect(await diff("7", recorded, given)).toMatchObject({ changes: false });
  expect([play.reads, play.preflights]).toEqual([[], []]);
  expect(play.questions).toMatchObject([{ observed: { id: "7", size: 10 }, isGone: false }]);
  expect(warnings(deployment.said)).toEqual([]);
});

test("with preflight warn what the array shows to fail is a warning, and so is a read that fails for good", async () => {
  const { check, diff, play, deployment } = volumeHooks();
  play.settings = { preflight: "warn" };
  play.preflight = async () => ({
    refusals: [{ property: "size", reason: "is too much" }],
    warnings: ["it is shared"],
  });
  expect(await check({}, given)).toMatchObject({ failures: [] });
  expect(warnings(deployment.said)).toEqual(["warn urn:v would fail: size: is too much", "warn urn:v it is shared"]);
  play.preflight = () => Promise.reject(failure("permission"));
  play.observe = () => Promise.reject(failure("permission"));
  expect(await check({}, larger)).toMatchObject({ failures: [] });
  expect(await diff("7", recorded, given)).toMatchObject({ changes: true });
  const shown = `warn urn:v would fail: ${failure("permission").message}`;
  expect(warnings(deployment.said).slice(2)).toEqual([shown, shown]);
});

test.each(["warn", "off"] as const)(
  "with preflight %s what the array would refuse is a warning in a diff, and a change",
  async (preflight) => {
    const { diff, play, deployment } = volumeHooks();
    play.settings = { preflight };
    play.diff = () => ({ refusal: failure("identity") });
    expect(await diff("7", recorded, given)).toMatchObject({ changes: true });
    expect(deployment.said).toContain(`warn urn:v would fail: ${failure("identity").message}`);
  },
);

test.each(["warn", "off"] as const)(
  "with preflight %s what may never be declared is refused all the same",
  async (preflight) => {
    const { check, diff, play } = volumeHooks();
    play.settings = { preflight };
    const refusal = failure("input");
    play.diff = () => ({ refusal });
    expect(await errorOf(diff("7", recorded, larger))).toBe(refusal);
    expect(await check(larger, given)).toMatchObject({ failures: [{ property: "size" }] });
  },
);

test("what the array shows of a new resource is where its row begins", async () => {
  const { check, play, deployment } = volumeHooks();
  const observed = { id: "9", label: "found", size: 5, isBusy: false };
  play.preflight = async () => ({
    refusals: [],
    warnings: ["it is in use"],
    begins: { observed, intro: "adopt volume 9" },
  });
  await check({}, given);
  expect(deployment.said).toEqual([
    "warn urn:v it is in use",
    "progress urn:v adopt volume 9; grow volume 9 to 10",
    "warn urn:v it cannot shrink again",
    "flush",
  ]);
});

test("a defect of ours is reported as one in a preview", async () => {
  const { check, diff, play } = volumeHooks();
  play.observe = () => Promise.reject(new TypeError("x is undefined"));
  play.preflight = () => Promise.reject(new TypeError("x is undefined"));
  expect((await errorOf(diff("7", recorded, given))).message).toContain("pulumi-storage-migration has a defect");
  expect((await errorOf(check({}, given))).message).toContain("pulumi-storage-migration has a defect");
});
